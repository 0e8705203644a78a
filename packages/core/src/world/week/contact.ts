/**
 * One conversation of an agent as the weekly figures see it: its times, who had a part in it, how it was rated. What it
 * adds to the counts follows from these alone, so that a later word takes the former out and puts itself in its place.
 */
import {
  actionCount,
  contactCount,
  count,
  countedWait,
  rankOf,
  ratingCount,
  type WeekCounts,
} from '../../metrics/week/counts.ts';
import { DAY, WEEK } from '../../terms/time.ts';
import { weekAt, weekStart } from '../../terms/week.ts';
import { type Act, breachOf, isUnasked } from './acts.ts';

/** A customer who is back within this has not been helped the first time. */
export const RETURN_MS = WEEK;
/** A conversation without an entry for this long is let go: what comes later counts as nothing. */
export const CONTACT_MS = 35 * DAY;

export type Rated = 1 | 2 | 3 | 4 | 5 | 'good' | 'bad';
type Time = number | null;

export interface Contact {
  readonly agent: string;
  readonly conversation: string;
  customer: string | null;
  readonly channel: string | null;
  /** In the order they were entered, each with the pact under which the agent last acted there. */
  readonly lanes: { readonly lane: string; pact: string }[];
  pact: string;
  imported: boolean;
  readonly opened_at: number;
  last_at: number;
  ordered_at: number;
  asked_at: Time;
  escalated_at: Time;
  acknowledged_at: Time;
  replied_at: Time;
  /** A person had to decide: a rule held something, or a draft was edited or refused. */
  helped_at: Time;
  resolved_at: Time;
  closed_by: 'agent' | 'person' | 'silence' | null;
  again_at: Time;
  surveyed_at: Time;
  rated: Rated | null;
  rated_at: Time;
  merged: boolean;
  /** Let go while still open. */
  ended_at: Time;
  acts: Act[];
}

type Whose = Pick<Contact, 'agent' | 'conversation' | 'customer' | 'channel'>;

export const newContact = (
  { agent, conversation, customer, channel }: Whose,
  lane: string | null,
  pact: string,
  opened_at: number,
  at: number,
  imported: boolean,
): Contact => ({
  agent,
  conversation,
  customer,
  channel,
  lanes: lane === null ? [] : [{ lane, pact }],
  pact,
  imported,
  opened_at,
  last_at: at,
  ordered_at: at,
  asked_at: null,
  escalated_at: null,
  acknowledged_at: null,
  replied_at: null,
  helped_at: null,
  resolved_at: null,
  closed_by: null,
  again_at: null,
  surveyed_at: null,
  rated: null,
  rated_at: null,
  merged: false,
  ended_at: null,
  acts: [],
});

const isBy = (time: Time, end: number): boolean => time !== null && time <= end;

/** Whether it was resolved without a person: given to nobody, nothing decided by one, and not closed by one. */
export const isAlone = (contact: Contact): boolean => {
  const { resolved_at: end, closed_by, escalated_at, helped_at, replied_at } = contact;
  if (end === null || closed_by === 'person') return false;
  return !isBy(escalated_at, end) && !isBy(helped_at, end) && !isBy(replied_at, end);
};

/** The rates of a lane stand by channel, those of an agent by lane and channel: nothing the agent chooses within one. */
export const stratumOf = ({ channel, lanes }: Contact, lane: string | null): string =>
  lane === null ? `${lanes[0]?.lane ?? 'none'}/${channel ?? 'unknown'}` : (channel ?? 'unknown');

/** Where counts are found: of an agent in a week, in a lane (null: in all), under a pact, at work or recorded. */
export interface Places {
  countsOf(agent: string, week: number, lane: string | null, pact: string, recorded: boolean): WeekCounts | undefined;
}
interface Place {
  readonly places: Places;
  readonly agent: string;
  readonly lane: string | null;
  readonly pact: string;
  readonly recorded: boolean;
}
const countsAt = ({ places, agent, lane, pact, recorded }: Place, time: number): WeekCounts | undefined =>
  places.countsOf(agent, weekAt(time), lane, pact, recorded);

/** Adds (sign 1) or takes out (−1) all that a conversation comes to. */
export function addContact(contact: Contact, places: Places, sign: 1 | -1): void {
  const { agent, imported: recorded } = contact;
  addPlace(contact, { places, agent, lane: null, pact: contact.pact, recorded }, sign);
  for (const { lane, pact } of contact.lanes) addPlace(contact, { places, agent, lane, pact, recorded }, sign);
}

function addPlace(contact: Contact, place: Place, sign: 1 | -1): void {
  addOpening(contact, place, sign);
  if (contact.merged) return;
  if (contact.resolved_at !== null) addResolution(contact, place, sign);
  if (contact.rated !== null || contact.surveyed_at !== null) addRating(contact, place, sign);
  if (hasClocks(contact)) addClocks(contact, place, sign);
}

/** Somebody waits, or waited. */
export const hasClocks = ({ asked_at, escalated_at }: Contact): boolean => asked_at !== null || escalated_at !== null;

function addOpening({ opened_at, resolved_at, merged }: Contact, place: Place, sign: number): void {
  const counts = countsAt(place, opened_at);
  if (!counts) return;
  counts.opened += sign;
  if (resolved_at !== null || merged) counts.known += sign;
}

function addResolution(contact: Contact, place: Place, sign: number): void {
  const { resolved_at, closed_by, again_at, asked_at, acts } = contact;
  const counts = resolved_at === null ? undefined : countsAt(place, resolved_at);
  if (resolved_at === null || !counts) return;
  const alone = isAlone(contact);
  const presumed = closed_by === null || closed_by === 'silence';
  const day = Math.floor((resolved_at - weekStart(weekAt(resolved_at))) / DAY);
  const here = contactCount(counts, { day, alone, presumed, stratum: stratumOf(contact, place.lane) });
  here.n += sign;
  counts.resolved += sign;
  if (again_at !== null && again_at - resolved_at <= RETURN_MS) {
    const after = Math.min(6, Math.floor((again_at - resolved_at) / DAY));
    here.again[after] = (here.again[after] as number) + sign;
  }
  if (alone && (asked_at !== null || acts.some(isUnasked))) counts.missed += sign;
}

/** A rating stands beside the resolution it is about, so that answers and those who were asked are the same people. */
function addRating(contact: Contact, place: Place, sign: number): void {
  const { resolved_at, surveyed_at, rated, rated_at } = contact;
  const time = resolved_at ?? surveyed_at ?? rated_at;
  const counts = time === null ? undefined : countsAt(place, time);
  if (!counts) return;
  if (surveyed_at !== null) counts.surveyed += sign;
  if (rated === null) return;
  const here = ratingCount(counts, stratumOf(contact, place.lane));
  if (rated === 'good' || rated === 'bad') here[rated] += sign;
  else here.five[rated - 1] = (here.five[rated - 1] as number) + sign;
}

/** One clock of a conversation: since when it runs, and when it ended, or was cut off. */
export interface Wait {
  readonly clock: 0 | 1 | 2;
  readonly from: number;
  readonly done: Time;
  readonly lapsed: Time;
}

const notBefore = (time: Time, from: number): Time => (time !== null && time >= from ? time : null);

/** A person who closed it has acknowledged and answered it; one who answered has acknowledged. */
export function waitsOf(contact: Contact): Wait[] {
  const { asked_at: asked, escalated_at: escalated, closed_by, resolved_at, ended_at } = contact;
  const byPerson = closed_by === 'person' ? resolved_at : null;
  const replied = contact.replied_at ?? byPerson;
  const acknowledged = contact.acknowledged_at ?? replied;
  const cut = resolved_at ?? ended_at;
  const wait = (clock: Wait['clock'], from: number, end: Time): Wait => {
    const done = notBefore(end, from);
    return { clock, from, done, lapsed: done === null ? notBefore(cut, from) : null };
  };
  const waits: Wait[] = [];
  if (asked !== null) waits.push(wait(0, asked, escalated));
  if (escalated !== null) waits.push(wait(1, escalated, acknowledged));
  const taken = escalated === null ? null : notBefore(acknowledged, escalated);
  if (taken !== null && contact.acknowledged_at !== null) waits.push(wait(2, taken, replied));
  return waits;
}

function addClocks(contact: Contact, place: Place, sign: number): void {
  for (const { clock, from, done, lapsed } of waitsOf(contact)) {
    const counts = countsAt(place, from)?.clocks[clock];
    if (!counts) continue;
    if (done !== null) count(counts.done, countedWait(done - from), sign);
    else if (lapsed !== null) count(counts.lapsed, countedWait(lapsed - from), sign);
  }
}

/** Adds or takes out what an act comes to: in its lane, and in all. */
export function addAct(contact: Contact, act: Act, places: Places, sign: 1 | -1): void {
  const breach = breachOf(act);
  if (!breach && !act.judged) return;
  for (const lane of act.lane === null ? [null] : [null, act.lane]) {
    const counts = places.countsOf(contact.agent, act.week, lane, act.pact, contact.imported);
    if (!counts) continue;
    if (act.judged) counts.judged += sign;
    if (act.verdict !== null && act.executed && act.money) count(counts.loss, act.money[0], sign * act.money[1]);
    if (!breach) continue;
    const here = actionCount(counts, actStratum(contact, act.lane, lane))[breach.escaped ? 'escaped' : 'blocked'];
    const rank = rankOf(breach.severity);
    here[rank] = (here[rank] as number) + sign;
  }
}

/** An action is of its own lane, not of the conversation’s first. */
export const actStratum = ({ channel }: Contact, own: string | null, lane: string | null): string =>
  lane === null ? `${own ?? 'none'}/${channel ?? 'unknown'}` : (channel ?? 'unknown');
