/** A forecast before signing: what the rates mean without a violation, and what becomes of an imagined agent over many runs. */
import { TRUST_STATES, type TrustState } from '../../terms/decision.ts';
import { type Prospect, prospectOf } from './prospect.ts';
import { seeded } from './seeded.ts';
import { type Imagined, isFalselyDemoted, type Run, runOnce } from './simulation.ts';

/** The share of runs in which something happened, and after how many days where it did. */
export interface Reached {
  readonly share: number;
  readonly median: number | null;
  readonly p90: number | null;
}

export interface ForecastReport {
  readonly seed: number;
  readonly runs: number;
  readonly per_day: number;
  readonly days: number;
  /** Without a violation. */
  readonly clean: {
    readonly four_weeks_one_in: number | null;
    readonly limited: { readonly days: number; readonly one_in: number } | null;
    readonly autonomous: { readonly days: number; readonly one_in: number } | null;
  };
  readonly limited: Reached;
  readonly autonomous: Reached;
  /** Share of the time in each state. */
  readonly in_state: Readonly<Record<TrustState, number>>;
  /** Share of runs lowered by an alarm or by drift before any break. */
  readonly lowered: number;
  /** In a run, on average. */
  readonly stops: number;
  readonly leases: { readonly renewed: number; readonly lapsed: number };
  /** Of an agent exactly at every rate it is held to, within a year; null where no state above supervised is offered. */
  readonly false_demotion_a_year: { readonly share: number; readonly bound: number } | null;
  /** Days from the last break to the first alarm, drift or stop; null where nothing breaks. */
  readonly noticed: Reached | null;
}

/** The k-th of n for a share of them, where those that never came stand last. */
function quantile(sorted: readonly number[], of: number, q: number): number | null {
  return sorted[Math.ceil(q * of) - 1] ?? null;
}

/** Its median and 90th percentile count the runs in which it never happened as the latest. */
export function reachedOf(days: readonly (number | null)[]): Reached {
  const reached = days.filter((day) => day !== null).toSorted((a, b) => a - b);
  return {
    share: days.length === 0 ? 0 : reached.length / days.length,
    median: quantile(reached, days.length, 0.5),
    p90: quantile(reached, days.length, 0.9),
  };
}

/** Runs one after another, so that whoever drives it can show how far it is, or stop. */
export class Forecast {
  readonly prospect: Prospect;
  readonly #imagined: Imagined;
  readonly #seed: number;
  readonly #runs: Run[] = [];
  #falselyDemoted = 0;

  constructor(imagined: Imagined, seed: number) {
    this.#imagined = imagined;
    this.#seed = seed;
    this.prospect = prospectOf(imagined.limits, imagined.perDay);
  }

  /** The next run of the imagined agent, and a year of one that is exactly at every rate. */
  addRun(): void {
    const { limits, perDay } = this.#imagined;
    const run = this.#runs.length;
    this.#runs.push(runOnce(this.#imagined, this.#seed, run));
    if (isFalselyDemoted(limits, perDay, seeded(~this.#seed, run))) this.#falselyDemoted++;
  }

  report(): ForecastReport {
    const { limits, perDay, days, breaks = [] } = this.#imagined;
    const runs = this.#runs;
    const mean = (of: (run: Run) => number): number => runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
    const { fourWeeksOneIn, limited, autonomous } = this.prospect;
    const inState = Object.fromEntries(TRUST_STATES.map((state) => [state, mean((run) => run.inState[state]) / days]));
    const isOffered = limits.ceiling === 'limited' || limits.ceiling === 'autonomous';
    return {
      seed: this.#seed,
      runs: runs.length,
      per_day: perDay,
      days,
      clean: {
        four_weeks_one_in: fourWeeksOneIn,
        limited: limited ? { days: limited.days, one_in: limited.oneIn } : null,
        autonomous: autonomous ? { days: autonomous.days, one_in: autonomous.oneIn } : null,
      },
      limited: reachedOf(runs.map((run) => run.limited)),
      autonomous: reachedOf(runs.map((run) => run.autonomous)),
      in_state: inState as Record<TrustState, number>,
      lowered: mean(({ alarms }) => (alarms > 0 ? 1 : 0)),
      stops: mean(({ stops }) => stops),
      leases: { renewed: mean(({ renewed }) => renewed), lapsed: mean(({ lapsed }) => lapsed) },
      false_demotion_a_year: isOffered ? { share: this.#falselyDemoted / runs.length, bound: limits.alphaYear } : null,
      noticed: breaks.some(({ day }) => day < days) ? reachedOf(runs.map(({ noticed }) => noticed)) : null,
    };
  }
}
