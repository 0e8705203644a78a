/** Customer satisfaction on a scale of five, with what silence may hide. */
import { type Interval, wilson } from '../chance/intervals.ts';

/** A value with its interval; null where nobody answered. */
interface Measured extends Interval {
  readonly estimate: number | null;
}

export interface Csat {
  readonly n: number;
  readonly responseRate: number;
  /** The share of fours and fives. */
  readonly topBox: Measured;
  readonly mean: Measured;
  /** The mean, had everyone who kept silent given a one, or a five. */
  readonly worstCase: Interval;
}

type Counts = readonly [ones: number, twos: number, threes: number, fours: number, fives: number];

/**
 * The mean’s interval treats (x−1)/4 as a share: 1 + 4·Wilson(Σ(x−1)/4, n). It is wide enough at every n, where Student’s
 * t is not.
 */
export function csat(counts: Counts, asked: number, conf: number): Csat {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const top = counts[3] + counts[4];
  const excess = counts.reduce((sum, count, i) => sum + count * i, 0);
  const silent = Math.max(0, asked - n);
  const share = wilson(excess / 4, n, conf);
  const all = n + silent;
  return {
    n,
    responseRate: asked === 0 ? 0 : n / asked,
    topBox: { estimate: n === 0 ? null : top / n, ...wilson(top, n, conf) },
    mean: { estimate: n === 0 ? null : 1 + excess / n, lower: 1 + 4 * share.lower, upper: 1 + 4 * share.upper },
    worstCase: all === 0 ? { lower: 1, upper: 5 } : { lower: 1 + excess / all, upper: 1 + (excess + 4 * silent) / all },
  };
}

/** A response rate that fell by more than a third says that the answers are from other people than before. */
export const hasFallenSilent = (before: number, now: number): boolean => now < before * (2 / 3);
