/** What a pact lets follow from one violation that escaped and is confirmed, as the entries that say it. */
import type { Following, LaneTerms } from '../../evidence/kinds/agent.ts';
import type { DataOf, Draft } from '../../evidence/kinds.ts';
import { type Severity, TRUST_STATES, type TrustState } from '../../terms/decision.ts';
import { openOf } from '../conversations.ts';
import type { World } from '../world.ts';
import type { DueMove } from './trust-book.ts';

type Applied = DataOf<'consequence.applied'>;
type TermsIn = (agent: string, lane: string) => LaneTerms | undefined;

/** A lane on trial stops nobody: who serves its customers is left alone there. */
export const followingsIn = (terms: LaneTerms | undefined, severity: Severity): readonly Following[] =>
  (terms?.on_violation?.[severity] ?? []).filter(
    ({ stop_agent, route_to }) => terms?.enforced !== false || !(stop_agent || route_to),
  );

/** The lowest state that any of them sets. */
export const loweredTo = (followings: readonly Following[]): TrustState | undefined =>
  TRUST_STATES.find((state) => followings.some(({ set_state }) => set_state === state));

/** Each names its cause: the entry, and how grave it was. A state that is set has its own `state.moved` before it. */
export function followingDrafts(world: World, move: DueMove, id: string, termsOf: TermsIn): readonly Draft[] {
  const { agent, lane, seq, violation } = move;
  if (!violation) return [];
  const pact = violation.pact === null ? undefined : world.pacts.byDigest.get(violation.pact);
  const terms = pact?.lanes && Object.hasOwn(pact.lanes, lane) ? pact.lanes[lane] : undefined;
  const cause = { cause: `violation.${violation.severity}`, agent, lane, entry: seq };
  const drafts: Draft[] = [];
  const apply = (data: Applied): void => {
    drafts.push({ id: `${id}/${drafts.length + 1}`, type: 'consequence.applied', data });
  };
  for (const following of followingsIn(terms, violation.severity)) {
    apply(appliedOf(world, following, { ...cause, named: following.named }, violation.conversation));
    if (!following.stop_agent || world.agents.get(agent)?.stopped) continue;
    drafts.push({ id: `${id}/${drafts.length + 1}`, type: 'agent.stopped', data: { agent } });
    for (const data of handedOver(world, agent, lane, termsOf)) apply({ ...cause, named: following.named, ...data });
  }
  return drafts;
}

function appliedOf(
  world: World,
  following: Following,
  cause: Omit<Applied, 'consequence'>,
  conversation: string,
): Applied {
  const { set_state: to, hold_lane, stop_agent, sample_times: times, for: span = 0, route_to, notify } = following;
  if (to) return { ...cause, consequence: 'set_state', to };
  if (hold_lane) return { ...cause, consequence: 'hold_lane', to: 'supervised' };
  if (stop_agent) return { ...cause, consequence: 'stop_agent' };
  if (times) return { ...cause, consequence: 'sample_times', times, until: world.at + span };
  if (notify) return { ...cause, consequence: 'notify', people: notify };
  const standing = world.conversations.get(conversation);
  const isOpen = standing !== undefined && !standing.resolved && !standing.handed_over;
  return {
    ...cause,
    consequence: 'hand_over',
    ...(route_to === undefined ? {} : { owner: route_to }),
    ...(isOpen ? { conversations: [conversation] } : {}),
  };
}

const CONVERSATIONS_PER_ENTRY = 500;

/** The open conversations of an agent that is stopped everywhere, to the owners of the lanes they were last in. */
function* handedOver(
  world: World,
  agent: string,
  fallback: string,
  termsOf: TermsIn,
): Iterable<Pick<Applied, 'consequence' | 'conversations' | 'owner'>> {
  const byOwner = new Map<string, string[]>();
  for (const { name, lanes } of openOf(world.conversations, agent, undefined)) {
    const owner = termsOf(agent, lanes.at(-1) ?? fallback)?.owner ?? termsOf(agent, fallback)?.owner ?? 'unassigned';
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), name]);
  }
  for (const [owner, names] of byOwner)
    for (let i = 0; i < names.length; i += CONVERSATIONS_PER_ENTRY)
      yield { consequence: 'hand_over', conversations: names.slice(i, i + CONVERSATIONS_PER_ENTRY), owner };
}
