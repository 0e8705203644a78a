/** Decisions that no rule made: nothing binds the agent, or its action could not be judged. */
import { type Evaluation, HAND_OVER } from '@surety/core/pact';
import type { Decision, Json, Reason } from '@surety/core/terms';
import { gateState, type World } from '@surety/core/world';
import type { PreparedProposal } from './proposal.ts';

/** An agent that nobody registered or no pact binds may do nothing, but give the conversation to a person. */
export function unbound(world: World, command: PreparedProposal): Evaluation {
  const { agent, proposal } = command;
  const says = world.agents.has(agent)
    ? `No pact in force binds ${agent}`
    : `${agent} is not registered; register it with surety agent add ${agent}`;
  const reason = defaultReason(says, 'deny');
  // A drill of the stop has to see that it was the stop that denied.
  const stop: Reason = { ...reason, id: 'stopped', says: 'This agent is stopped', kind: 'stopped', why: 'stopped' };
  const isHandOver = proposal.tool === HAND_OVER;
  return {
    ...blank(world, command, isHandOver ? 'allow' : 'deny'),
    reasons: isHandOver ? [] : world.agents.get(agent)?.stopped ? [stop, reason] : [reason],
    tell_the_agent: isHandOver ? '' : `This is not allowed: ${says}.`,
    tell_the_human: says,
    routed_to: isHandOver ? '' : undefined,
  };
}

/** What fails to be judged waits for its owner; a hand-over still reaches a person. */
export function unjudged(world: World, command: PreparedProposal): Evaluation {
  const { pact, proposal } = command;
  const tool = pact?.tools.get(proposal.tool);
  const owner = tool?.lane?.owner ?? [...(pact?.lanes.values() ?? [])][0]?.owner;
  const isHandOver = proposal.tool === HAND_OVER || tool?.is === 'hand_over';
  const says = 'This action could not be judged';
  return {
    ...blank(world, command, isHandOver ? 'allow' : owner === undefined ? 'deny' : 'hold'),
    lane: tool?.lane?.name ?? null,
    reasons: isHandOver ? [] : [defaultReason(says, owner === undefined ? 'deny' : 'hold')],
    tell_the_agent: isHandOver ? '' : `${says}, so a person decides.`,
    tell_the_human: says,
    owner: isHandOver ? undefined : owner,
    routed_to: isHandOver ? (owner ?? '') : undefined,
  };
}

const defaultReason = (says: string, decision: Decision): Reason => ({
  id: 'default',
  says,
  kind: 'default',
  severity: 'major',
  why: 'default',
  decision,
  enforced: true,
  values: {},
});

const blank = (world: World, { agent, argsText }: PreparedProposal, decision: Decision): Evaluation => ({
  decision,
  enforced: true,
  effect: decision,
  lane: null,
  state: gateState(world, agent, undefined, 0),
  stratum: undefined,
  reasons: [],
  tell_the_agent: '',
  tell_the_human: '',
  owner: undefined,
  duties: [],
  routed_to: undefined,
  args: JSON.parse(argsText) as Json,
  charges: [],
  money: undefined,
});
