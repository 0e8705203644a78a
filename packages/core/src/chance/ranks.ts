/** Which ranks of a sorted sample enclose a quantile, whatever the distribution. */

/** Ranks count from 1; null where the sample is too small for an end. */
export interface Ranks {
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Equal-tailed ranks of the quantile q: the largest r with P(Bin(n,q) ≤ r−1), and the smallest with P(Bin(n,q) ≥ r),
 * at most (1−conf)/2.                                              Hahn & Meeker (1991), Statistical Intervals, 5.2
 *
 * The binomial is built outwards from its mode by the ratios of its neighbours: nothing can underflow where it counts.
 */
export function orderStatisticRanks(n: number, q: number, conf: number): Ranks {
  if (n === 0) return { lower: null, upper: null };
  const mode = Math.min(n, Math.floor((n + 1) * q));
  const weights = new Array<number>(n + 1).fill(0);
  weights[mode] = 1;
  for (let k = mode; k > 0; k--) weights[k - 1] = ((weights[k] ?? 0) * k * (1 - q)) / ((n - k + 1) * q);
  for (let k = mode; k < n; k++) weights[k + 1] = ((weights[k] ?? 0) * (n - k) * q) / ((k + 1) * (1 - q));
  const most = ((1 - conf) / 2) * weights.reduce((sum, weight) => sum + weight, 0);
  const countWithin = (tail: readonly number[]): number => {
    let sum = 0;
    const end = tail.findIndex((weight) => {
      sum += weight;
      return sum > most;
    });
    return end < 0 ? tail.length : end;
  };
  const lower = Math.min(n, countWithin(weights));
  const upper = n + 1 - Math.min(n, countWithin(weights.toReversed()));
  return { lower: lower >= 1 ? lower : null, upper: upper <= n ? upper : null };
}
