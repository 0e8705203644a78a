/** The slots of the world: who stands where in which lane, by the evidence; and the moves that are still to be recorded. */
import type { TrustState } from '../../terms/decision.ts';
import { weekAt, weekStart } from '../../terms/week.ts';
import {
  type AgentTrust,
  effectiveState,
  type Slot,
  type SlotEntry,
  step,
  type TrustPlan,
  type TrustRecord,
  unloggedSlot,
} from '../../trust/index.ts';
import type { Conversations, Known } from '../conversations.ts';
import { withOne } from '../few.ts';
import { type Case, endOf, type Found } from './case.ts';
import { count } from './days.ts';
import {
  type DueMove,
  isOf,
  isTold,
  type MissedUnder,
  type OutcomeFound,
  owedTo,
  type Told,
  type Violation,
} from './due-move.ts';
import { DEFAULT_PLAN } from './lane-terms.ts';
import { type Member, newMember } from './member.ts';

/** One slot: a party in a lane. What its agents are measured by is each agent’s own pact. */
export interface SlotStanding {
  readonly party: string;
  readonly lane: string;
  slot: Slot;
}

/** Where in the ledger something happens, in milliseconds. */
export interface At {
  readonly seq: number;
  readonly at: number;
}

/** What a conversation is counted as. */
type Seen = Pick<Found, 'escaped' | 'blocked' | 'confirmed'> & {
  readonly stratum: number | undefined;
  readonly missing: boolean;
};

export type PlanOf = (member: Member) => TrustPlan;
type EntryOf<E> = E extends SlotEntry ? Omit<E, 'seq' | 'at' | 'agent'> : never;
export type MemberEntry = EntryOf<SlotEntry>;

/** Of a lane’s own name nothing is taken for granted: neither holds a line break. */
const keyOf = (agent: string, lane: string): string => `${agent}\n${lane}`;
const NO_CASES: readonly Case[] = [];

function agentIn({ agents }: Slot, name: string): AgentTrust | undefined {
  for (const one of agents) if (one.agent === name) return one;
  return undefined;
}

/** Agents of one slot may stand under different pacts: each entry is measured by the pact of its own. */
const measuredBy = (slot: Slot, plan: TrustPlan): Slot => (slot.plan === plan ? slot : { ...slot, plan });

export class TrustBook {
  readonly members = new Map<string, Member>();
  readonly slots = new Map<string, SlotStanding>();
  /** In the order of their first action, until their conversation leaves the world. */
  readonly cases = new Set<Case>();
  readonly #conversations: Conversations;
  /** Of these, live and recorded ones that are not counted yet. */
  readonly open = new Set<Case>();
  readonly openRecorded = new Set<Case>();
  /** No case is over before this instant, in milliseconds. */
  nextEnd = Number.POSITIVE_INFINITY;
  due: DueMove[] = [];
  /** The earliest end of a lease, in seconds. */
  nextLease = Number.POSITIVE_INFINITY;
  /** When the next week of outcomes becomes mature, in milliseconds. */
  nextWeek = 0;

  constructor(conversations: Conversations) {
    this.#conversations = conversations;
  }

  find(agent: string, lane: string): Member | undefined {
    return this.members.get(keyOf(agent, lane));
  }

  *lanesOf(agent: string): Iterable<Member> {
    for (const member of this.members.values()) if (member.agent === agent) yield member;
  }

  slotOf({ lane, party }: Member): Slot | undefined {
    return this.slots.get(keyOf(party, lane))?.slot;
  }

  trustOf(member: Member): AgentTrust | undefined {
    const slot = this.slotOf(member);
    return slot && agentIn(slot, member.agent);
  }

  /** What the gate goes by, at an instant in milliseconds; `undefined` where the agent is in no slot of the lane. */
  stateOf(agent: string, lane: string, now: number): TrustState | undefined {
    const member = this.find(agent, lane);
    const trust = member && this.trustOf(member);
    return trust && effectiveState(trust, Math.floor(now / 1000));
  }

  /** Of all its agents and lanes. */
  casesIn(conversation: string): readonly Case[] {
    return this.#conversations.find(conversation)?.cases ?? NO_CASES;
  }

  caseOf(conversation: string, agent: string, lane: string): Case | undefined {
    for (const one of this.casesIn(conversation)) if (one.lane === lane && one.agent === agent) return one;
    return undefined;
  }

  keepCase(one: Case): void {
    this.cases.add(one);
    const known = this.#conversations.know(one.conversation);
    known.cases = withOne(known.cases, one);
    if (!one.isCounted) this.#await(one);
  }

  readonly openOf = ({ isRecorded }: Case): Set<Case> => (isRecorded ? this.openRecorded : this.open);

  #await(one: Case): void {
    this.openOf(one).add(one);
    this.nextEnd = Math.min(this.nextEnd, endOf(one));
  }

  /** A conversation leaves the world, and what was found in it with it. */
  forget(conversation: Known): void {
    for (const one of conversation.cases) {
      this.cases.delete(one);
      this.openOf(one).delete(one);
    }
    conversation.cases = [];
  }

  /** The agent comes into the slot of its party; the record tells whether a suspension holds there. */
  enter(given: Pick<Member, 'agent' | 'lane' | 'party' | 'pact'>, seq: number, at: number, planOf: PlanOf): Member {
    const member = newMember(given);
    const key = keyOf(member.party, member.lane);
    if (!this.slots.has(key))
      this.slots.set(key, { party: member.party, lane: member.lane, slot: unloggedSlot(DEFAULT_PLAN) });
    this.members.set(keyOf(member.agent, member.lane), member);
    this.step(member, { type: 'registered' }, seq, at, planOf);
    return member;
  }

  /** One thing that happens to an agent in its lane. */
  step(member: Member, entry: MemberEntry, seq: number, at: number, planOf: PlanOf): void {
    const given = { ...entry, seq, at: Math.floor(at / 1000), agent: member.agent };
    this.#hear(member, given as SlotEntry, at, planOf);
  }

  /** A conversation is counted. Written out: for every one there is, a spread would cost more than all that is done with it. */
  observe(member: Member, seen: Seen, at: At, planOf: PlanOf): void {
    const { escaped, blocked, confirmed, stratum, missing } = seen;
    const { agent } = member;
    const seconds = Math.floor(at.at / 1000);
    this.#hear(
      member,
      { type: 'observed', seq: at.seq, at: seconds, agent, escaped, blocked, confirmed, stratum, missing },
      at.at,
      planOf,
    );
  }

  #hear(member: Member, entry: SlotEntry, at: number, planOf: PlanOf): void {
    const { agent } = member;
    const standing = this.slots.get(keyOf(member.party, member.lane));
    if (!standing) return;
    const plan = planOf(member);
    const before = agentIn(standing.slot, agent);
    const { slot, records } = step(measuredBy(standing.slot, plan), entry);
    standing.slot = slot;
    const after = agentIn(slot, agent);
    if (after && after.leaseUntil !== member.leaseUntil) this.#keepLease(member, after.leaseUntil);
    if (records.length > 0) this.#take(member, records, before, after);
    else if (before && after && after.sampling > before.sampling) this.#sample(member, entry, after);
    if (entry.type === 'observed' && after && before?.state !== 'suspended')
      count(member, entry, at, records.length === 0 || after.n > 0, plan);
  }

  #take(
    member: Member,
    records: readonly TrustRecord[],
    before: AgentTrust | undefined,
    after: AgentTrust | undefined,
  ): void {
    let from = before?.state ?? 'supervised';
    for (const { seq, state, reason, epoch } of records) {
      const sampling = { from: before?.sampling ?? 1, to: after?.sampling ?? 1 };
      const move: DueMove = {
        what: 'move',
        agent: member.agent,
        lane: member.lane,
        from,
        to: state,
        reason,
        epoch,
        seq,
        sampling,
      };
      if (isTold(move)) this.due.push(move);
      from = state;
    }
    member.violations = [];
  }

  #sample({ agent, lane }: Member, { type, seq }: SlotEntry, { state, epoch }: AgentTrust): void {
    const reason = type === 'incident' ? 'incident' : 'blocked.critical';
    const sampling = { from: 1, to: 3 } as const;
    this.due.push({ what: 'sampling', agent, lane, from: state, to: state, reason, epoch, seq, sampling });
  }

  /** Weeks become mature as others begin. */
  awaitWeek(after: number): void {
    this.nextWeek = weekStart(weekAt(after) + 1);
  }

  /** A week of outcomes was judged, and is to be recorded. */
  tell(member: Member, trust: AgentTrust, outcome: OutcomeFound, seq: number): void {
    this.due.push(owedTo(member, trust, { what: 'outcome', reason: `outcome.${outcome.verdict}`, outcome, seq }));
  }

  /** A violation has consequences, which are to be recorded. */
  follow(member: Member, trust: AgentTrust, violation: Violation, seq: number): void {
    this.due.push(
      owedTo(member, trust, { what: 'violation', reason: `violation.${violation.severity}`, violation, seq }),
    );
  }

  /** A week missed a target that has consequences, which are to be recorded. */
  miss(member: Member, trust: AgentTrust, missed: MissedUnder, seq: number): void {
    this.due.push(owedTo(member, trust, { what: 'target', reason: 'target.missed', missed, seq }));
  }

  /** As it stood in a snapshot. */
  admit(member: Member): void {
    this.members.set(keyOf(member.agent, member.lane), member);
    this.#keepLease(member, member.leaseUntil);
  }

  #keepLease(member: Member, until: number | null): void {
    member.leaseUntil = until;
    this.nextLease = Number.POSITIVE_INFINITY;
    for (const { leaseUntil } of this.members.values())
      if (leaseUntil !== null && leaseUntil < this.nextLease) this.nextLease = leaseUntil;
  }

  /** An entry says it: it is due no longer. Whether it was. */
  told(what: DueMove['what'], agent: string, lane: string, told: Told = {}): boolean {
    const at = this.due.findIndex((one) => isOf(one, what, agent, lane, told));
    if (at < 0) return false;
    this.due.splice(at, 1);
    return true;
  }

  /** A copy that may be stepped without touching this one, with the cases that are over by an instant. */
  fork(over: readonly Case[]): TrustBook {
    const copy = new TrustBook(this.#conversations);
    for (const [key, member] of this.members) copy.members.set(key, { ...member, violations: [], days: [] });
    for (const [key, standing] of this.slots) copy.slots.set(key, { ...standing });
    for (const one of over) copy.#await({ ...one });
    copy.nextLease = this.nextLease;
    copy.nextWeek = this.nextWeek;
    return copy;
  }
}
