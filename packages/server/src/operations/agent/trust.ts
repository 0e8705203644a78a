/** Where agents stand: state, stop and exposure in each lane that a pact in force gives them. */
import { authoritySentence } from '@surety/core/pact';
import type { AgentTrust, LaneTrust } from '@surety/core/wire';
import { type AgentStanding, gateState, laneView } from '@surety/core/world';
import type { Context } from '../context.ts';
import { exposureIn } from './exposure.ts';
import { boundPacts, getAgent } from './standing.ts';

export const showTrust = (context: Context, name: string): Promise<AgentTrust> =>
  trustOf(context, getAgent(context.writer.world, name), true);

export const listAgents = async (context: Context): Promise<{ agents: AgentTrust[] }> => ({
  agents: await Promise.all([...context.writer.world.agents.values()].map((agent) => trustOf(context, agent, false))),
});

async function trustOf(context: Context, agent: AgentStanding, isWhole: boolean): Promise<AgentTrust> {
  const now = context.clock();
  const pacts = await boundPacts(context, agent.name);
  const { world } = context.writer;
  const holds = [...world.holds.values()].filter((hold) => hold.agent === agent.name);
  const { name, party, purpose, version, model, stopped } = agent;
  const inForce = world.pacts.inForce.get(name) ?? {};
  return {
    agent: name,
    party,
    purpose,
    version,
    model,
    stopped,
    lanes: pacts.flatMap((pact) =>
      [...pact.lanes.values()]
        .filter((lane) => inForce[lane.name] === pact.digest)
        .map((lane) => {
          const state = gateState(world, name, lane.name, now);
          const trust = laneView(world, name, lane.name, now, isWhole) ?? NOT_THERE;
          return {
            lane: lane.name,
            state,
            stopped: agent.lanes[lane.name]?.stopped ?? false,
            pact: pact.digest,
            owner: lane.owner,
            mode: lane.enforced ? ('enforce' as const) : ('shadow' as const),
            may: authoritySentence(pact, lane.name, state, trust.sampling),
            exposure: { currency: pact.currency, minor: exposureIn(pact, lane.name, state) },
            open_holds: holds.filter((hold) => hold.lane === lane.name).length,
            ...trust,
          };
        }),
    ),
  };
}

/** An agent that a pact binds is in the lane since both are known; this stands for a ledger of before that. */
const UNKNOWN = {
  score: null,
  lower: null,
  upper: null,
  n: 0,
  missing_sentence: 'No conversation has been counted yet.',
};
const NOT_THERE: LaneTrust = {
  effective_state: 'supervised',
  since: null,
  by_hand: false,
  sentence: 'No conversation has been counted yet.',
  needs: [],
  next_state: null,
  scores: { conduct: UNKNOWN, outcome: UNKNOWN },
  gap: null,
  streams: [],
  history: [],
  missed: [],
  series: [],
  lease_until: null,
  sampling: 1,
};
