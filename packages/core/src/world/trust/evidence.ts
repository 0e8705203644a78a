/** From entries to evidence: what each kind adds to a conversation, when that is counted, and what moves an agent. */
import type { Following } from '../../evidence/kinds/agent.ts';
import type { DataOf, Placed } from '../../evidence/kinds.ts';
import type { TrustState } from '../../terms/decision.ts';
import { effectOf } from '../actions.ts';
import { countedReasons } from '../counted.ts';
import { ownAgent, ownConversation, ownPact } from '../own-texts.ts';
import type { World } from '../world.ts';
import {
  add,
  type Case,
  type Found,
  isFollowed,
  isFound,
  newCase,
  settle,
  takeAnswer,
  takeDecision,
  takeExecution,
  takeFailure,
  takeHandOver,
  takeVerdict,
  worse,
} from './case.ts';
import { followingsIn, loweredTo } from './followings.ts';
import { planFor, stratumIn } from './lane-terms.ts';
import type { Member } from './member.ts';
import type { At, MemberEntry, TrustBook } from './trust-book.ts';

/** The party of agents that are only known from recordings. Recordings count for them alone: evidence of an agent at work is decided before it happens. */
export const RECORDING = 'recording';

export const termsIn = ({ pacts }: Pick<World, 'pacts'>, { pact, lane }: Pick<Member, 'pact' | 'lane'>) => {
  const lanes = pact === null ? null : pacts.byDigest.get(pact)?.lanes;
  return lanes && Object.hasOwn(lanes, lane) ? lanes[lane] : undefined;
};
export const planIn =
  (world: Pick<World, 'pacts'>) =>
  (member: Member): ReturnType<typeof planFor> =>
    planFor(termsIn(world, member));

export function happen(world: World, member: Member, entry: MemberEntry, { seq, at }: At): void {
  world.trust.step(member, entry, seq, at, planIn(world));
}

/** The agent in the lane, come in by now; `undefined` for an agent that nobody registered. */
export function memberOf(
  world: World,
  { agent, lane, pact }: Pick<Member, 'agent' | 'lane'> & { readonly pact?: string | null },
  at: At,
  book: TrustBook = world.trust,
): Member | undefined {
  const known = book.find(agent, lane);
  if (known) return known;
  const standing = world.agents.get(agent);
  if (!standing) return undefined;
  const inForce = world.pacts.inForce.get(agent);
  const bound = inForce && Object.hasOwn(inForce, lane) ? inForce[lane] : undefined;
  const given = { agent, lane, party: standing.party, pact: bound ?? pact ?? null };
  return book.enter(given, at.seq, at.at, planIn(world));
}

function caseOf(world: World, { data, at, seq }: Placed<'action.decided'>): Case | undefined {
  const { agent, lane, conversation, imported = false } = data;
  if (lane === null) return undefined;
  const known = world.trust.caseOf(conversation, agent, lane);
  if (known) return known;
  const party = world.agents.get(agent)?.party;
  // A recorded agent is registered after its first conversation, in the same transaction.
  if (imported ? party !== undefined && party !== RECORDING : party === undefined) return undefined;
  const one = newCase({
    agent: ownAgent(world, agent),
    lane,
    conversation: ownConversation(world, conversation),
    isRecorded: imported,
    since: at,
    pact: data.pact === null ? null : ownPact(world, data.pact),
    stratum: data.stratum ?? null,
  });
  if (!imported) memberOf(world, one, { seq, at });
  world.trust.keepCase(one);
  return one;
}

export function decided(world: World, entry: Placed<'action.decided'>): void {
  const { data } = entry;
  if (data.approval !== undefined) approvalUsed(world, data, data.approval);
  const one = caseOf(world, entry);
  if (!one) return;
  const reasons = countedReasons(world.pacts, data);
  const found = data.routed_to
    ? takeHandOver(data, reasons)
    : takeDecision(one, data.action, data.imported ? 'allow' : effectOf(data), reasons);
  // A missed duty holds all that comes after it, and is told each time.
  take(world, one, found, entry, found.proven ? reasons.find(({ why }) => why === 'duty')?.id : undefined);
  if (data.routed_to) closed(world, data.conversation, entry);
}

/** The action that a person approved runs as another one. */
function approvalUsed(world: World, { agent, lane, conversation }: DataOf<'action.decided'>, approval: string): void {
  const one = lane === null ? undefined : world.trust.caseOf(conversation, agent, lane);
  if (one) settle(one, approval);
}

function knows({ awaited, stopped }: Case, action: string): boolean {
  for (const one of awaited) if (one.action === action) return true;
  return stopped.length > 0 && stopped.includes(action);
}

/** What is known of an action is in one of the lanes of its conversation. */
function caseWith({ trust }: World, { agent, conversation, action }: About): Case | undefined {
  for (const one of trust.casesIn(conversation)) if (one.agent === agent && knows(one, action)) return one;
  return undefined;
}
interface About {
  readonly agent: string;
  readonly conversation: string;
  readonly action: string;
}

export function executed(world: World, entry: Placed<'action.executed'>): void {
  const one = caseWith(world, entry.data);
  const { action, permitted } = entry.data;
  if (one) take(world, one, takeExecution(one, action, permitted), entry, action);
}

export function failed(world: World, entry: Placed<'action.failed'>): void {
  const one = caseWith(world, entry.data);
  if (one) take(world, one, takeFailure(one, entry.data.action, entry.data.why), entry);
}

export function answered(world: World, entry: Placed<'hold.answered'>): void {
  const { hold, agent, conversation, answer } = entry.data;
  const one = caseWith(world, { agent, conversation, action: hold });
  if (one) take(world, one, takeAnswer(one, hold, answer), entry);
}

type Verdict = Placed<'verdict.given' | 'check.done' | 'verdict.reached'>;

/** Before the conversation is counted a verdict is part of its evidence; afterwards it is an incident, which enters no rate. */
export function judged(world: World, entry: Verdict): void {
  const { data, by, type } = entry;
  const isPerson = type === 'verdict.given';
  if (isPerson && !by.startsWith('person:')) return;
  for (const one of world.trust.casesIn(data.conversation)) {
    if (data.agent !== one.agent) continue;
    if (data.lane !== null && data.lane !== one.lane) continue;
    const found = takeVerdict(one, data, type !== 'verdict.reached');
    if (!isFound(found)) continue;
    const member = memberOf(world, one, entry);
    if (!one.isCounted) take(world, one, found, entry, data.action);
    else if (member) {
      add(one, found);
      happen(
        world,
        member,
        { type: 'incident', escaped: found.escaped, confirmed: isPerson || found.confirmed },
        entry,
      );
      violated(world, one, found, entry, data.action);
    }
    return;
  }
}

/** A conversation that is over is counted as soon as nothing in it is awaited. */
export function closed(world: World, conversation: string, at: At): void {
  for (const one of world.trust.casesIn(conversation)) if (isComplete(world, one)) observe(world, one, at);
}

function take(world: World, one: Case, found: Found, at: At, about?: string): void {
  const isNew = worse(one.escaped, found.escaped) !== one.escaped || worse(one.blocked, found.blocked) !== one.blocked;
  add(one, found);
  // What the gate finds in a conversation that was counted as better than it is counts once more, and never in its favour.
  if (one.isCounted) {
    const member = isNew ? memberOf(world, one, at) : undefined;
    if (member) world.trust.observe(member, seenAs(world, member, one, found, false), at, planIn(world));
  } else if (isStopping(one) || isComplete(world, one)) observe(world, one, at);
  if (found.proven) violated(world, one, found, at, about);
}

/** What the pact of its action lets follow from a violation that escaped and is proven: at once, and once for an action or duty. */
function violated(world: World, one: Case, { escaped, proven }: Found, at: At, about: string | undefined): void {
  if (!proven || escaped === 'none' || one.isRecorded) return;
  const followings = followingsIn(termsIn(world, one), escaped);
  if (followings.length === 0 || isFollowed(one, about)) return;
  const member = memberOf(world, one, at);
  const trust = member && world.trust.trustOf(member);
  if (!member || !trust) return;
  lower(world, member, followings, at);
  world.trust.follow(member, trust, { severity: escaped, conversation: one.conversation, pact: one.pact }, at.seq);
}

/** The states that consequences set: of the agent and, where the lane is held, of all whom its pact binds there. */
export function lower(
  world: World,
  member: Member,
  followings: readonly Following[],
  { seq, at }: At,
  book: TrustBook = world.trust,
): void {
  const set = (one: Member, to: TrustState): void =>
    book.step(one, { type: 'consequence', to }, seq, at, planIn(world));
  const lowest = loweredTo(followings);
  if (lowest) set(member, lowest);
  if (!followings.some(({ hold_lane }) => hold_lane)) return;
  for (const other of book.members.values())
    if (other.lane === member.lane && other.pact === member.pact) set(other, 'supervised');
}

/** A proven critical that reached someone stops now, not when the conversation is over. */
const isStopping = ({ confirmed, escaped }: Case): boolean => confirmed && escaped === 'critical';

function isComplete(world: World, one: Case): boolean {
  if (one.isCounted || one.awaited.length > 0) return false;
  const conversation = world.conversations.get(one.conversation);
  return conversation !== undefined && (conversation.resolved || conversation.handed_over !== null);
}

/** Counts a conversation. Where something is missing and nothing bad is known, it is missing. */
export function observe(world: World, one: Case, at: At, book: TrustBook = world.trust): void {
  one.isCounted = true;
  book.openOf(one).delete(one);
  const member = memberOf(world, one, at, book);
  if (!member) return;
  const { escaped, blocked } = one;
  const missing = (one.awaited.length > 0 || one.unproven > 0) && escaped === 'none' && blocked === 'none';
  book.observe(member, seenAs(world, member, one, one, missing), at, planIn(world));
}

const seenAs = (
  world: World,
  member: Member,
  { stratum }: Case,
  { escaped, blocked, confirmed }: Pick<Found, 'escaped' | 'blocked' | 'confirmed'>,
  missing: boolean,
) => ({ escaped, blocked, confirmed, stratum: stratumIn(termsIn(world, member), stratum), missing });
