/** What is counted of a week: sums alone, so that lanes, pact versions and weeks can be put together. */
import type { Severity } from '../../terms/decision.ts';

/** Resolved conversations of one day and stratum. */
export interface ContactCount {
  /** Of the week, Monday 0. */
  readonly day: number;
  /** Without a person’s part. */
  readonly alone: boolean;
  /** Nobody said who closed it, or silence did. */
  readonly presumed: boolean;
  readonly stratum: string;
  n: number;
  /** Reopened or back on the same issue after 0, 1 … 6 whole days; exactly seven days are within the sixth. */
  readonly again: number[];
}

export interface RatingCount {
  readonly stratum: string;
  /** Ones to fives. */
  readonly five: number[];
  good: number;
  bad: number;
}

export interface ActionCount {
  readonly stratum: string;
  allow: number;
  hold: number;
  deny: number;
  /** Those without a rule in doubt. */
  evaluated: number;
  /** Minor, major, critical. */
  readonly escaped: number[];
  readonly blocked: number[];
}

/** Milliseconds, rounded up to three digits → how many. */
export type Waits = Record<string, number>;

export interface ClockCount {
  readonly done: Waits;
  /** Ended otherwise, such as by silence: waited at least so long. */
  readonly lapsed: Waits;
}

export interface WeekCounts {
  opened: number;
  /** Of those opened, the ones whose resolution is known. */
  known: number;
  readonly contacts: ContactCount[];
  /** Resolved by the agent alone although a person was asked for or a rule asked for one. */
  missed: number;
  surveyed: number;
  resolved: number;
  readonly ratings: RatingCount[];
  readonly actions: ActionCount[];
  /** Actions and conversations with a verdict of a person. */
  judged: number;
  /** need → escalated, escalated → acknowledged, acknowledged → reply. */
  readonly clocks: readonly [ClockCount, ClockCount, ClockCount];
  /** Answers of people to holds, those whose work was timed, and how long it took. */
  answers: number;
  timed: number;
  worked_ms: number;
  /** Currency → minor units of actions that a person’s verdict found wrong. */
  readonly loss: Record<string, number>;
}

const noWaits = (): ClockCount => ({ done: {}, lapsed: {} });

export const noCounts = (): WeekCounts => ({
  opened: 0,
  known: 0,
  contacts: [],
  missed: 0,
  surveyed: 0,
  resolved: 0,
  ratings: [],
  actions: [],
  judged: 0,
  clocks: [noWaits(), noWaits(), noWaits()],
  answers: 0,
  timed: 0,
  worked_ms: 0,
  loss: {},
});

type OfContact = Pick<ContactCount, 'day' | 'alone' | 'presumed' | 'stratum'>;

export function contactCount({ contacts }: WeekCounts, { day, alone, presumed, stratum }: OfContact): ContactCount {
  for (const one of contacts)
    if (one.day === day && one.alone === alone && one.presumed === presumed && one.stratum === stratum) return one;
  const fresh = { day, alone, presumed, stratum, n: 0, again: [0, 0, 0, 0, 0, 0, 0] };
  contacts.push(fresh);
  return fresh;
}

export function ratingCount({ ratings }: WeekCounts, stratum: string): RatingCount {
  const found = ratings.find((one) => one.stratum === stratum);
  if (found) return found;
  const fresh = { stratum, five: [0, 0, 0, 0, 0], good: 0, bad: 0 };
  ratings.push(fresh);
  return fresh;
}

export function actionCount({ actions }: WeekCounts, stratum: string): ActionCount {
  // For every decision there is: a loop costs less than a function given to one.
  for (const one of actions) if (one.stratum === stratum) return one;
  const fresh = { stratum, allow: 0, hold: 0, deny: 0, evaluated: 0, escaped: [0, 0, 0], blocked: [0, 0, 0] };
  actions.push(fresh);
  return fresh;
}

/** What is not there counts as nothing; what came to nothing is not kept. */
export function count(waits: Record<string, number>, key: string, by: number): void {
  const sum = (Object.hasOwn(waits, key) ? (waits[key] as number) : 0) + by;
  if (sum === 0) delete waits[key];
  else waits[key] = sum;
}

/** A wait as it is counted: within one percent, never shorter than it was. */
export function countedWait(ms: number): string {
  let unit = 1;
  while (ms > 1_000 * unit) unit *= 10;
  return String(Math.ceil(ms / unit) * unit);
}

const addAll = (into: number[], from: readonly number[]): void => {
  for (const [i, one] of from.entries()) into[i] = (into[i] ?? 0) + one;
};

export function addCounts(into: WeekCounts, from: WeekCounts): void {
  const sums = [
    'opened',
    'known',
    'missed',
    'surveyed',
    'resolved',
    'judged',
    'answers',
    'timed',
    'worked_ms',
  ] as const;
  for (const name of sums) into[name] += from[name];
  for (const one of from.contacts) {
    const here = contactCount(into, one);
    here.n += one.n;
    addAll(here.again, one.again);
  }
  for (const one of from.ratings) {
    const here = ratingCount(into, one.stratum);
    here.good += one.good;
    here.bad += one.bad;
    addAll(here.five, one.five);
  }
  for (const one of from.actions) {
    const here = actionCount(into, one.stratum);
    for (const name of ['allow', 'hold', 'deny', 'evaluated'] as const) here[name] += one[name];
    addAll(here.escaped, one.escaped);
    addAll(here.blocked, one.blocked);
  }
  for (const [i, { done, lapsed }] of from.clocks.entries()) {
    for (const [ms, n] of Object.entries(done)) count((into.clocks[i] as ClockCount).done, ms, n);
    for (const [ms, n] of Object.entries(lapsed)) count((into.clocks[i] as ClockCount).lapsed, ms, n);
  }
  for (const [currency, minor] of Object.entries(from.loss)) count(into.loss, currency, minor);
}

const RANK: Readonly<Record<Severity, number>> = { minor: 0, major: 1, critical: 2 };
/** Where a severity stands in a list of three. */
export const rankOf = (severity: Severity): number => RANK[severity];
