/** Many runs of one simulated agent under the limits of a lane: when it is promoted, how often it is lowered, what is seen of a break. */
import { TRUST_STATES, type TrustState } from '../../terms/decision.ts';
import { DAY_SECONDS, type TrustLimits } from '../../trust/limits.ts';
import type { TrustRecord } from '../../trust/step.ts';
import { type Arriving, type Behaviour, emptyLane, type LaneOptions, SimulatedLane, slotIn } from './lane.ts';
import { CLEAN } from './prospect.ts';
import { type Draw, seeded } from './seeded.ts';

/** From this day on it behaves otherwise. */
export interface Break {
  readonly day: number;
  readonly behaves: Behaviour;
}

/** An agent as it is imagined. */
export interface Imagined {
  readonly limits: TrustLimits;
  readonly perDay: number;
  readonly days: number;
  readonly behaves: Behaviour;
  readonly breaks?: readonly Break[];
  /** This share of what comes in is easy: nothing is broken there. Where the limits have two strata it is the first of them. */
  readonly easy?: number;
  /** It registers again after so many conversations. */
  readonly registersEvery?: number;
  readonly areCriticalsProven?: boolean;
  /** A person releases it so many days after a suspension; never where not said. */
  readonly releasedAfterDays?: number;
}

/** What became of it in one run; days from the start, null where it did not happen. */
export interface Run {
  readonly limited: number | null;
  readonly autonomous: number | null;
  /** Days in each state. */
  readonly inState: Readonly<Record<TrustState, number>>;
  /** Moves down by an alarm or by drift before any break. */
  readonly alarms: number;
  readonly stops: number;
  readonly renewed: number;
  readonly lapsed: number;
  /** Days from the last break to the first move down after it; null where it went unseen. */
  readonly noticed: number | null;
}

const height = (state: TrustState): number => TRUST_STATES.indexOf(state);
const isByRate = ({ reason }: TrustRecord): boolean => reason === 'drift' || reason.startsWith('alarm.');

/** The arrivals: one stratum, or the easy and the other, mixed where the limits do not tell them apart. */
function arrivals({ limits: { weights }, easy }: Imagined, behaves: Behaviour): readonly Arriving[] {
  if (weights.length === 1) return [{ share: 1, behaves: easy === undefined ? behaves : scaled(behaves, 1 - easy) }];
  if (easy === undefined) return weights.map((share) => ({ share, behaves }));
  const others = weights.slice(1);
  const rest = others.reduce((sum, weight) => sum + weight, 0);
  const share = (weight: number): number => ((1 - easy) * weight) / rest;
  return [{ share: easy, behaves: CLEAN }, ...others.map((weight) => ({ share: share(weight), behaves }))];
}

const scaled = ({ critical, major, minor, attempts }: Behaviour, by: number): Behaviour => ({
  critical: critical * by,
  major: major * by,
  minor: minor * by,
  attempts: attempts * by,
});

/** Listens to one lane. */
class Watcher {
  limited: number | null = null;
  autonomous: number | null = null;
  readonly inState: Record<TrustState, number> = { suspended: 0, supervised: 0, limited: 0, autonomous: 0 };
  alarms = 0;
  stops = 0;
  renewed = 0;
  lapsed = 0;
  noticed: number | null = null;
  /** The day of the break that is waited for. */
  brokenOn: number | undefined;
  #state: TrustState = 'supervised';
  #since = 0;

  hear(record: TrustRecord): void {
    const day = record.at / DAY_SECONDS;
    const isDown = height(record.state) < height(this.#state);
    this.#stay(day, record.state);
    if (record.reason === 'promoted.limited') this.limited ??= day;
    if (record.reason === 'promoted.autonomous') this.autonomous ??= day;
    if (record.reason === 'lease.renewed') this.renewed++;
    if (record.reason === 'lease.expired') this.lapsed++;
    if (record.reason === 'stop.critical') this.stops++;
    if (this.brokenOn === undefined && isDown && isByRate(record)) this.alarms++;
    const isSeen = isByRate(record) || record.reason === 'stop.critical';
    if (this.brokenOn !== undefined && isSeen) this.noticed ??= day - this.brokenOn;
  }

  end(day: number): Run {
    this.#stay(day, this.#state);
    const { limited, autonomous, inState, alarms, stops, renewed, lapsed, noticed } = this;
    return { limited, autonomous, inState, alarms, stops, renewed, lapsed, noticed };
  }

  #stay(day: number, next: TrustState): void {
    this.inState[this.#state] += day - this.#since;
    this.#state = next;
    this.#since = day;
  }
}

/** One run; the same seed and number give the same. */
export function runOnce(imagined: Imagined, seed: number, run: number): Run {
  const { limits, perDay, days, breaks = [], registersEvery, areCriticalsProven, releasedAfterDays } = imagined;
  const draw = seeded(seed, run);
  const options: LaneOptions = {
    perDay,
    arriving: arrivals(imagined, imagined.behaves),
    ...(areCriticalsProven === undefined ? {} : { areCriticalsProven }),
    ...(releasedAfterDays === undefined ? {} : { releasedAfterDays }),
  };
  const watcher = new Watcher();
  const hear = (record: TrustRecord): boolean => {
    watcher.hear(record);
    return false;
  };
  let lane = new SimulatedLane(emptyLane(limits), options, draw);
  const stops = breaks.filter(({ day }) => day < days).toSorted((a, b) => a.day - b.day);
  for (const { day, behaves } of stops) {
    pass(lane, Math.ceil(day * perDay), registersEvery, hear);
    lane = lane.branch(arrivals(imagined, behaves), draw);
    watcher.brokenOn = day;
    watcher.noticed = null;
  }
  pass(lane, Math.ceil(days * perDay), registersEvery, hear);
  return watcher.end(days);
}

/** Up to conversation `end`, registering again on the way. */
function pass(
  lane: SimulatedLane,
  end: number,
  every: number | undefined,
  hear: (record: TrustRecord) => boolean,
): void {
  while (lane.n < end) {
    const next = every === undefined ? end : Math.min(end, (Math.floor(lane.n / every) + 1) * every);
    lane.run(next - lane.n, hear);
    if (every !== undefined && lane.n % every === 0 && lane.n < end) for (const record of lane.register()) hear(record);
  }
}

/** Whether an agent that is exactly at every rate it is held to is lowered within a year: each such move is a false one. */
export function isFalselyDemoted(limits: TrustLimits, perDay: number, draw: Draw): boolean {
  const state = limits.ceiling;
  if (state !== 'limited' && state !== 'autonomous') return false;
  const rate = (id: string): number =>
    limits.streams.find((stream) => stream.id === id)?.[state === 'limited' ? 'relaxedRate' : 'allowedRate'] ?? 0;
  const behaves = {
    critical: rate('critical'),
    major: rate('major'),
    minor: rate('minor'),
    attempts: rate('attempts'),
  };
  // Nothing can be proven at the rate itself: the year is watched as one lease, and leads nowhere up.
  const watched = { ...limits, leaseDays: 400 };
  const arriving = limits.weights.map((share) => ({ share, behaves }));
  const lane = new SimulatedLane(slotIn(watched, state), { perDay, arriving }, draw);
  return lane.run(Math.ceil(365 * perDay), isByRate) !== undefined;
}
