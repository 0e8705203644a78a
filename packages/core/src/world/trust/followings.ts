/** What a pact lets follow from a violation that escaped and is confirmed, or from a missed target, as the entries that say it. */
import type { Following, LaneTerms } from '../../evidence/kinds/agent.ts';
import type { DataOf, Draft } from '../../evidence/kinds.ts';
import { type Severity, TRUST_STATES, type TrustState } from '../../terms/decision.ts';
import { openOf } from '../conversations.ts';
import type { World } from '../world.ts';
import type { DueMove } from './due-move.ts';

type Applied = DataOf<'consequence.applied'>;
type TermsIn = (agent: string, lane: string) => LaneTerms | undefined;

/** A lane on trial stops nobody: who serves its customers is left alone there. */
export const heededIn = (terms: LaneTerms | undefined, followings: readonly Following[] = []): readonly Following[] =>
  followings.filter(({ stop_agent, route_to }) => terms?.enforced !== false || !(stop_agent || route_to));

export const followingsIn = (terms: LaneTerms | undefined, severity: Severity): readonly Following[] =>
  heededIn(terms, terms?.on_violation?.[severity]);

const thenIn = (terms: LaneTerms | undefined, target: string): readonly Following[] =>
  heededIn(terms, terms?.targets?.find((one) => one.target === target)?.then);

/** The lowest state that any of them sets. */
export const loweredTo = (followings: readonly Following[]): TrustState | undefined =>
  TRUST_STATES.find((state) => followings.some(({ set_state }) => set_state === state));

/** What an entry follows from: each names its cause. */
type Cause = Pick<Applied, 'cause' | 'agent' | 'lane' | 'named' | 'entry' | 'missed'>;

interface Applying {
  readonly id: string;
  /** When it is recorded. */
  readonly at: number;
  readonly termsOf: TermsIn;
}

/** A state that is set has its own `state.moved` before these. */
export function followingDrafts(world: World, move: DueMove, { id, at, termsOf }: Applying): readonly Draft[] {
  const { agent, lane, seq, violation, missed } = move;
  const of = violation ?? missed;
  const pact = of && of.pact !== null ? world.pacts.byDigest.get(of.pact) : undefined;
  const terms = pact?.lanes && Object.hasOwn(pact.lanes, lane) ? pact.lanes[lane] : undefined;
  const drafts: Draft[] = [];
  const add = <K extends 'consequence.applied' | 'agent.stopped'>(type: K, data: DataOf<K>): void => {
    drafts.push({ id: drafts.length === 0 ? id : `${id}/${drafts.length}`, type, data } as Draft);
  };
  const apply = (following: Following, cause: Cause, conversations: readonly string[]): void => {
    const named = { ...cause, named: following.named };
    for (const data of appliedOf(following, named, conversations, at)) add('consequence.applied', data);
    if (!following.stop_agent || world.agents.get(agent)?.stopped) return;
    add('agent.stopped', { agent });
    for (const data of handedOver(world, agent, lane, termsOf)) add('consequence.applied', { ...named, ...data });
  };
  if (violation) {
    const { severity, conversation } = violation;
    const cause = { cause: `violation.${severity}`, agent, lane, entry: seq };
    const standing = world.conversations.get(conversation);
    const isOpen = standing !== undefined && !standing.resolved && !standing.handed_over;
    for (const following of followingsIn(terms, severity)) apply(following, cause, isOpen ? [conversation] : []);
  }
  if (missed) {
    const cause = { cause: 'target.missed', agent, lane, missed: missed.what };
    const open = openOf(world.conversations, agent, lane).map(({ name }) => name);
    for (const following of thenIn(terms, missed.what.target)) apply(following, cause, open);
  }
  return drafts;
}

function appliedOf(following: Following, cause: Cause, conversations: readonly string[], at: number): Applied[] {
  const { set_state: to, hold_lane, stop_agent, sample_times: times, for: span = 0, route_to, notify } = following;
  if (to) return [{ ...cause, consequence: 'set_state', to }];
  if (hold_lane) return [{ ...cause, consequence: 'hold_lane', to: 'supervised' }];
  if (stop_agent) return [{ ...cause, consequence: 'stop_agent' }];
  if (times) return [{ ...cause, consequence: 'sample_times', times, until: at + span }];
  if (notify) return [{ ...cause, consequence: 'notify', people: notify }];
  const given = { ...cause, consequence: 'hand_over', ...(route_to === undefined ? {} : { owner: route_to }) };
  if (conversations.length === 0) return [given];
  return [...portions(conversations)].map((some) => ({ ...given, conversations: some }));
}

const CONVERSATIONS_PER_ENTRY = 500;
function* portions(names: readonly string[]): Iterable<string[]> {
  for (let i = 0; i < names.length; i += CONVERSATIONS_PER_ENTRY) yield names.slice(i, i + CONVERSATIONS_PER_ENTRY);
}

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
    for (const conversations of portions(names)) yield { consequence: 'hand_over', conversations, owner };
}
