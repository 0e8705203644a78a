/** Shares put together from strata: by a frozen reference mix, or by what was drawn from each. */
import { clipped, type Estimate, mover, wilsonEstimate } from './intervals.ts';

/** Σ W_h p̂_h by MOVER over Wilson: the rate this work would have shown in the reference mix. An empty stratum is ½, [0, 1]. */
export const standardisedRate = (
  x: readonly number[],
  n: readonly number[],
  weights: readonly number[],
  conf: number,
): Estimate => clipped(mover(weights.map((weight, h) => [weight, wilsonEstimate(x[h] ?? 0, n[h] ?? 0, conf)])));

/** The difference of two standardised rates, again by MOVER. */
export const standardisedDiff = (
  x1: readonly number[],
  n1: readonly number[],
  x2: readonly number[],
  n2: readonly number[],
  weights: readonly number[],
  conf: number,
): Estimate =>
  mover([
    [1, standardisedRate(x1, n1, weights, conf)],
    [-1, standardisedRate(x2, n2, weights, conf)],
  ]);

/** Of N items in a stratum n have a person’s verdict, x of them violations. */
export interface VerdictStratum {
  readonly N: number;
  readonly n: number;
  readonly x: number;
}

/** Σ (N_h/N) p̂_h by MOVER over Wilson; a stratum in which every item has a verdict is known exactly. */
export function moverRate(strata: readonly VerdictStratum[], conf: number): Estimate {
  const all = strata.reduce((sum, { N }) => sum + N, 0);
  if (all === 0) return { estimate: 0.5, lower: 0, upper: 1 };
  const parts = strata.map(({ N, n, x }): readonly [number, Estimate] => {
    const isKnown = n > 0 && n === N;
    return [N / all, isKnown ? { estimate: x / n, lower: x / n, upper: x / n } : wilsonEstimate(x, n, conf)];
  });
  return clipped(mover(parts));
}
