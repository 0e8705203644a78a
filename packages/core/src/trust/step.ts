/** The fold: a slot and one entry give the next slot and what is to be recorded. Pure; a dispute folds again from the start. */

import { invariant } from '../result.ts';
import { isRenewable, promotionOf } from './conditions.ts';
import { type Amended, append, entriesOf, type LoggedEntry, type Registered, type SlotEntry } from './entry.ts';
import { type Attempted, newcomer, openEpoch, renew } from './epoch.ts';
import { moveOf, type RungName } from './ladder.ts';
import { DAY_SECONDS, type TrustLimits } from './limits.ts';
import { planOf, type TrustPlan } from './plan.ts';
import { read } from './readings.ts';
import { type AgentTrust, emptySlot, type Slot, slotOf } from './slot.ts';

/** One opened epoch or renewed lease: the agent after it, and the reason. */
export interface TrustRecord {
  readonly seq: number;
  readonly at: number;
  readonly agent: string;
  readonly state: AgentTrust['state'];
  readonly epoch: number;
  readonly attempt: number;
  readonly reason: string;
}

/** What a step gives: the slot after it, and its records in order. */
export interface Stepped {
  readonly slot: Slot;
  readonly records: readonly TrustRecord[];
}

/** What an entry changes of a slot. */
type Advanced = Pick<Slot, 'plan' | 'agents' | 'attempts'> & Pick<Stepped, 'records'>;

interface Moved extends Attempted {
  readonly reason: string;
}

const recordOf = (
  { seq, at }: SlotEntry,
  { agent, state, epoch, attempt }: AgentTrust,
  reason: string,
): TrustRecord => ({
  seq,
  at,
  agent,
  state,
  epoch,
  attempt,
  reason,
});

export function step(before: Slot, given: SlotEntry): Stepped {
  // An entry dated before its predecessor takes the predecessor’s time.
  const entry = given.at < before.lastAt ? { ...given, at: before.lastAt } : given;
  if (entry.type === 'amended') return amend(before, entry);
  const told = licensed(before, entry);
  const { plan, agents, attempts, records } =
    entry.type === 'registered' ? register(told, entry) : advance(told, entry);
  const { firstPlan, isLicensed, licenceLostAt } = told;
  const log = told.log && append(told.log, entry);
  return { slot: { plan, firstPlan, agents, attempts, isLicensed, licenceLostAt, lastAt: entry.at, log }, records };
}

/** Folds entries into a slot. */
export function foldSlot(limits: TrustLimits, entries: Iterable<SlotEntry>): Stepped {
  let slot = emptySlot(limits);
  const records: TrustRecord[] = [];
  for (const entry of entries) {
    const stepped = step(slot, entry);
    slot = stepped.slot;
    records.push(...stepped.records);
  }
  return { slot, records };
}

/** A new name does not lift a suspension; who registers again stands last. */
function register({ plan, attempts, agents: known }: Slot, entry: Registered): Advanced {
  const isSuspended = known.some(({ state }) => state === 'suspended');
  const state = isSuspended ? 'suspended' : 'supervised';
  const opened = openEpoch(plan, { agent: newcomer(entry.agent), attempts }, state, entry.at, false);
  const agents = [...known.filter(({ agent }) => agent !== entry.agent), opened.agent];
  const reason = isSuspended ? 'registered.suspended' : 'registered';
  return { plan, agents, attempts: opened.attempts, records: [recordOf(entry, opened.agent, reason)] };
}

/** The licence is one for the lane; its loss sharpens what is drawn from everyone. */
function licensed(slot: Slot, entry: LoggedEntry): Slot {
  if (entry.type !== 'licence') return slot;
  if (entry.valid) return { ...slot, isLicensed: true, licenceLostAt: null };
  if (slot.licenceLostAt !== null) return slot;
  const agents = slot.agents.map((agent): AgentTrust => ({ ...agent, sampling: 3 }));
  return { ...slot, isLicensed: false, licenceLostAt: entry.at, agents };
}

/** Each addressed agent: the clock, the content, and a promotion only where neither moved it. */
function advance(slot: Slot, entry: LoggedEntry): Advanced {
  const plan = entry.type === 'pactChanged' && entry.limits ? planOf(entry.limits) : slot.plan;
  const records: TrustRecord[] = [];
  let attempts = slot.attempts;
  const agents = slot.agents.slice();
  for (let i = 0; i < agents.length; i++) {
    const before = agents[i] as AgentTrust;
    if (entry.agent !== undefined && entry.agent !== before.agent) continue;
    let agent = before;
    const take = (moved: Moved): void => {
      ({ agent, attempts } = moved);
      records.push(recordOf(entry, agent, moved.reason));
    };
    const clocked = clock(slot, { agent, attempts }, entry.at);
    if (clocked) take(clocked);
    const { agent: heard, triggers } = read(plan, agent, entry);
    agent = heard;
    const moved = move(plan, { agent, attempts }, triggers, entry.at);
    if (moved) take(moved);
    const raised = clocked || moved ? undefined : up(plan, { agent, attempts }, slot.isLicensed, entry.at);
    if (raised) take(raised);
    agents[i] = agent;
  }
  return { plan, agents, attempts, records };
}

/** What time alone does to an autonomous agent, the first that applies. */
function clock(slot: Slot, now: Attempted, at: number): Moved | undefined {
  const { plan, licenceLostAt } = slot;
  const { state, leaseUntil } = now.agent;
  if (state !== 'autonomous') return undefined;
  const by = (rung: RungName): Moved | undefined => move(plan, now, [{ rung, reason: rung }], at);
  if (leaseUntil !== null && at >= leaseUntil) return by('lease.expired');
  const graceEnds = (licenceLostAt ?? Number.POSITIVE_INFINITY) + plan.limits.licenceGraceDays * DAY_SECONDS;
  if (plan.limits.needsLicence && at >= graceEnds) return by('licence.lost');
  return isRenewable(plan, now.agent, slot, at) ? { ...renew(plan, now), reason: 'lease.renewed' } : undefined;
}

function move(plan: TrustPlan, now: Attempted, triggers: Parameters<typeof moveOf>[1], at: number): Moved | undefined {
  if (triggers.length === 0) return undefined;
  const best = moveOf(now.agent.state, triggers, plan.limits.minorVersionCap);
  if (!best) return undefined;
  const { agent, attempts } = openEpoch(plan, now, best.to, at, best.reason.startsWith('promoted.'));
  return { agent: { ...agent, sampling: best.sampling ?? agent.sampling }, attempts, reason: best.reason };
}

/** At most one level, and only when every condition holds. */
function up(plan: TrustPlan, now: Attempted, isLicensed: boolean, at: number): Moved | undefined {
  const next = promotionOf(plan, now.agent, isLicensed, at);
  if (!next) return undefined;
  const rung = `promoted.${next}` as const;
  return move(plan, now, [{ rung, reason: rung }], at);
}

/** A dispute: the slot as it would stand had the entry been so. Past consequences stay recorded; reversing them is another’s work. */
function amend(before: Slot, entry: Amended): Stepped {
  if (!before.log) invariant(false, 'a dispute folds all entries again, and this slot keeps none');
  let slot = slotOf(before.firstPlan);
  for (const logged of entriesOf(before.log)) {
    const changed = logged.seq === entry.target ? ({ ...logged, ...entry.set } as LoggedEntry) : logged;
    slot = step(slot, changed).slot;
  }
  const records = slot.agents.flatMap((agent) => {
    const was = before.agents.find((one) => one.agent === agent.agent);
    const isSame = was?.state === agent.state && was.epochAt === agent.epochAt && was.attempt === agent.attempt;
    return isSame ? [] : [recordOf(entry, agent, 'amended')];
  });
  return { slot: { ...slot, lastAt: entry.at }, records };
}
