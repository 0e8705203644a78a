/** What each kind of entry changes in the weekly counts. Before the world itself changes: open holds are still there. */
import type { Kind, Placed } from '../../evidence/kinds.ts';
import { actionCount, count, countedWait, type WeekCounts } from '../../metrics/week/counts.ts';
import { HOUR } from '../../terms/time.ts';
import { weekAt } from '../../terms/week.ts';
import type { HoldStanding } from '../actions.ts';
import { countedReasons, type Decided, type DecidedReason } from '../counted.ts';
import { ownAgent, ownConversation, ownPact } from '../own-texts.ts';
import type { World } from '../world.ts';
import { type Act, actOf, lateAct } from './acts.ts';
import { actStratum, type Contact, newContact } from './contact.ts';
import { escalate, timeOf } from './escalate.ts';
import { observeOutcome } from './outcome.ts';
import type { Weeks } from './weeks.ts';

type Reducers = { readonly [K in Kind]?: (world: World, entry: Placed<K>) => void };

/** An answer that took longer lay on a desk; more is nobody’s work. */
const WORK_MS = HOUR;

export const WEEK_REDUCERS: Reducers = {
  'action.decided': decided,
  'action.executed': executed,
  'hold.acknowledged': acknowledged,
  'hold.answered': answered,
  'outcome.observed': observeOutcome,
  'verdict.given': (world, { at, by, data }) => {
    if (!by.startsWith('person:')) return;
    judge(world, data, at, (act) => {
      act.judged = true;
      act.verdict = data.verdict === 'violation' ? (data.severity ?? 'major') : null;
    });
  },
  'check.done': (world, { at, data }) => {
    if (data.verdict !== 'violation') return;
    judge(world, data, at, (act) => {
      act.checked = data.severity ?? 'major';
    });
  },
  'consequence.applied': (world, { at, data }) => {
    if (data.consequence !== 'hand_over') return;
    for (const name of data.conversations ?? []) escalate(world, world.weeks.find(data.agent, name), at);
  },
};

function decided(world: World, { data, at }: Placed<'action.decided'>): void {
  const { weeks } = world;
  const time = timeOf(data.as_of, at);
  const contact = contactOf(world, data, time, at);
  if (data.lane !== null && data.pact !== null) {
    const week = weekAt(time);
    countDecision(weeks, contact, data, week);
    const reasons = countedReasons(world.pacts, data);
    const act = actOf(data, week, reasons);
    if (act) weeks.changeAct(contact, act, () => undefined);
    if (act?.held && contact.helped_at === null)
      weeks.change(contact, () => {
        contact.helped_at = time;
      });
    if (reasons.length > 0) missDuties(world, contact, { lane: data.lane, pact: data.pact, reasons }, week);
  }
  if (data.routed_to) escalate(world, contact, time);
}

/** In all lanes, and in its own. */
function countDecision(weeks: Weeks, contact: Contact, data: Decided, week: number): void {
  const { lane, decision } = data;
  const isEvaluated = !hasDoubt(data.reasons);
  for (let place: string | null = null; ; place = lane) {
    // The contact’s own texts have been looked up before, which makes them cheaper to look up again.
    const counts = weeks.countsOf(contact.agent, week, place, contact.pact, contact.imported);
    if (counts) {
      const here = actionCount(counts, actStratum(contact, lane, place));
      here[decision]++;
      if (isEvaluated) here.evaluated++;
    }
    if (place === lane) return;
  }
}

function hasDoubt(reasons: readonly DecidedReason[]): boolean {
  for (const { why } of reasons) if (why === 'doubt') return true;
  return false;
}

/** A duty is missed once, however many actions are held for it. */
function missDuties(
  { weeks }: World,
  contact: Contact,
  { reasons, lane, pact }: Pick<Decided, 'lane' | 'pact'> & { readonly reasons: readonly DecidedReason[] },
  week: number,
): void {
  for (const { id, why, severity } of reasons) {
    if (why !== 'duty') continue;
    const name = `duty/${id}`;
    if (findAct(contact, name)) continue;
    weeks.changeAct(contact, lateAct(name, lane, pact ?? '', week, severity), (act) => {
      act.executed = true;
    });
  }
}

function contactOf(world: World, data: Placed<'action.decided'>['data'], time: number, at: number): Contact {
  const { weeks } = world;
  const { agent, conversation, lane, pact, imported = false } = data;
  const known = weeks.find(agent, conversation);
  const standing = world.conversations.get(conversation);
  const customer = standing?.customer ?? data.customer ?? null;
  if (!known) {
    const whose = {
      agent: ownAgent(world, agent),
      conversation: ownConversation(world, conversation),
      customer,
      channel: standing?.channel ?? null,
    };
    const contact = newContact(whose, lane, ownPact(world, pact ?? ''), time, at, imported);
    weeks.open(contact);
    return contact;
  }
  weeks.touch(known, at);
  if (known.imported && !imported) weeks.goLive(known);
  const inLane = findLane(known, lane);
  const isSame = lane === null || (inLane?.pact === (pact ?? '') && known.pact === inLane.pact);
  if (!isSame)
    weeks.change(known, () => {
      known.pact = pact ?? '';
      if (inLane) inLane.pact = known.pact;
      else known.lanes.push({ lane, pact: known.pact });
    });
  if (!isSame || (known.customer === null && customer !== null)) {
    known.customer ??= customer;
    weeks.relate(known);
  }
  return known;
}

function executed(world: World, { data, at, stream }: Placed<'action.executed'>): void {
  const { weeks } = world;
  const contact = weeks.find(data.agent, data.conversation);
  if (!contact) return;
  weeks.touch(contact, at);
  const isUnpermitted = !data.permitted && !contact.imported;
  const known = findAct(contact, data.action);
  if (!known && !isUnpermitted) return;
  const lane = stream?.slice(data.agent.length + 1) ?? null;
  const act = known ?? lateAct(data.action, lane, pactIn(contact, lane), weekAt(at), null);
  weeks.changeAct(contact, act, () => {
    act.executed = true;
    act.unpermitted = isUnpermitted;
    if (isUnpermitted) act.rule ??= 'major';
  });
}

const pactIn = (contact: Contact, lane: string | null): string => findLane(contact, lane)?.pact ?? contact.pact;

function findLane({ lanes }: Contact, lane: string | null): Contact['lanes'][number] | undefined {
  for (const one of lanes) if (one.lane === lane) return one;
  return undefined;
}

function findAct({ acts }: Contact, id: string): Act | undefined {
  for (const act of acts) if (act.id === id) return act;
  return undefined;
}

function answered(world: World, { data, at, by }: Placed<'hold.answered'>): void {
  const { weeks } = world;
  const hold = world.holds.get(data.hold);
  const contact = hold && weeks.find(hold.agent, hold.conversation);
  if (!hold || !contact) return;
  weeks.touch(contact, at);
  const act = findAct(contact, hold.action);
  const isByPerson = by.startsWith('person:') && data.answer !== 'expired';
  stopClocks(world, hold, isByPerson, at);
  if (act)
    weeks.changeAct(contact, act, () => {
      act.approved = isByPerson && data.answer !== 'refused';
      act.refused = data.answer === 'refused';
    });
  if (isByPerson && (data.answer === 'edited' || data.answer === 'refused') && contact.helped_at === null)
    weeks.change(contact, () => {
      contact.helped_at = at;
    });
  if (data.then === 'route_to_owner') escalate(world, contact, at);
}

type Hold = Pick<HoldStanding, 'agent' | 'lane' | 'pact' | 'at' | 'acknowledged'>;

/** The counts that a clock of a hold changes: of its lane, and of all. */
function* countsFor({ weeks }: World, { agent, lane, pact }: Hold, from: number): Iterable<WeekCounts> {
  for (const one of lane === null ? [null] : [null, lane]) {
    const counts = weeks.countsOf(agent, weekAt(from), one, pact, false);
    if (counts) yield counts;
  }
}

/** Taking it up stops the second clock. */
function acknowledged(world: World, { data, at }: Placed<'hold.acknowledged'>): void {
  const hold = world.holds.get(data.hold);
  if (!hold || hold.acknowledged) return;
  for (const { clocks } of countsFor(world, hold, hold.at)) count(clocks[1].done, countedWait(at - hold.at), 1);
}

/** A hold is escalated as it is decided; its answer is the reply. Silence leaves both clocks cut off. */
function stopClocks(world: World, hold: Hold, isByPerson: boolean, now: number): void {
  const side = isByPerson ? 'done' : 'lapsed';
  const taken = hold.acknowledged?.at ?? null;
  const from = taken ?? hold.at;
  for (const { clocks } of countsFor(world, hold, from))
    count(clocks[taken === null ? 1 : 2][side], countedWait(now - from), 1);
  if (!isByPerson) return;
  for (const counts of countsFor(world, hold, now)) {
    counts.answers++;
    if (taken === null) continue;
    counts.timed++;
    counts.worked_ms += Math.min(WORK_MS, now - taken);
  }
}

type About = Pick<Placed<'verdict.given'>['data'], 'agent' | 'lane' | 'conversation' | 'action'>;

function judge(world: World, about: About, at: number, how: (act: Act) => void): void {
  const { weeks } = world;
  const contact = weeks.find(about.agent, about.conversation);
  if (!contact) return;
  weeks.touch(contact, at);
  const id = about.action ?? 'conversation';
  const known = findAct(contact, id);
  // Of an action that nothing was known against, the week its conversation began stands for its own.
  const week = weekAt(contact.opened_at);
  const act = known ?? { ...lateAct(id, about.lane, pactIn(contact, about.lane), week, null), executed: true };
  weeks.changeAct(contact, act, how);
}
