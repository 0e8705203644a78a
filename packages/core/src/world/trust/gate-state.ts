/** What the gate goes by: the state the evidence gives, and how much more than usual is drawn for people. */
import type { TrustState } from '../../terms/decision.ts';
import { stateIn } from '../agents.ts';
import type { World } from '../world.ts';

/** At an instant in milliseconds: time alone lowers. Without a slot of its own an agent stands where the entries put it. */
export function gateState(world: World, agent: string, lane: string | undefined, now: number): TrustState {
  const byEvidence = lane === undefined ? undefined : world.trust.stateOf(agent, lane, now);
  return byEvidence ?? stateIn(world.agents, agent, lane);
}

/** How many times the pact’s share of allowed actions is held for a person. */
export function samplingOf(world: World, agent: string, lane: string, now: number): number {
  const member = world.trust.find(agent, lane);
  const byEvidence = (member && world.trust.trustOf(member)?.sampling) ?? 1;
  const byPact = member?.sampled && member.sampled.until > now ? member.sampled.times : 1;
  return byPact > byEvidence ? byPact : byEvidence;
}
