/** Waiting times of which some are still running: Kaplan–Meier. */
import { type Interval, logLogInterval, zOf } from '../chance/intervals.ts';

/** The share S that waits longer than `time`, with its log–log interval. */
export interface SurvivalRow extends Interval {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly survival: number;
}

export interface Survival {
  /** One row for each time at which something ended, ascending. */
  readonly rows: readonly SurvivalRow[];
  /** The first time by which half have ended. */
  readonly median: number | null;
}

/**
 * S(t) = Π (1 − d/n) over the times until t, n at risk and d ended; one who is censored at a time was at risk at it.
 *
 *   Greenwood’s g = Σ d/(n(n−d)) gives the interval        Kaplan & Meier (1958), JASA 53: 457–481
 */
export function kaplanMeier(times: readonly number[], events: readonly (0 | 1)[], conf: number): Survival {
  const z = zOf(conf);
  const order = times.map((time, i) => ({ time, hasEnded: events[i] === 1 })).sort((a, b) => a.time - b.time);
  const rows: SurvivalRow[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let from = 0; from < order.length; ) {
    const time = (order[from] as { readonly time: number }).time;
    let next = from;
    let ended = 0;
    for (; order[next]?.time === time; next++) if (order[next]?.hasEnded) ended++;
    const atRisk = order.length - from;
    if (ended > 0) {
      survival *= 1 - ended / atRisk;
      greenwood += ended / (atRisk * (atRisk - ended));
      rows.push({ time, atRisk, events: ended, survival, ...logLogInterval(survival, greenwood, z) });
    }
    from = next;
  }
  return { rows, median: quantileOf(rows, 0.5) };
}

/** The first time with S ≤ 1 − q, a rounding error forgiven; null where too many still wait. */
export const quantileOf = (rows: readonly SurvivalRow[], q: number): number | null =>
  rows.find(({ survival }) => survival <= 1 - q + 1e-12)?.time ?? null;

/** The last row at or before a time; before the first all survive, for certain. */
export function survivalAt(rows: readonly SurvivalRow[], time: number): Interval & { readonly survival: number } {
  return rows.findLast((row) => row.time <= time) ?? { survival: 1, lower: 1, upper: 1 };
}
