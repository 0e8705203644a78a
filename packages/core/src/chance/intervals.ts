/** Intervals of a share: what counts can say about a rate. */

/** Both ends of an interval, as fractions. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The 97.5th percentile of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * Wilson's score interval at 95 %: the shares p for which x of n is no surprise. Nothing seen says nothing: [0, 1].
 *
 *   (p̂ + z²/2n ± z √(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)        Wilson (1927), JASA 22: 209–212
 */
export function wilson95(x: number, n: number): Interval {
  if (n === 0) return { lower: 0, upper: 1 };
  const share = x / n;
  const z2 = Z_95 * Z_95;
  const middle = share + z2 / (2 * n);
  const half = Z_95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return { lower: x === 0 ? 0 : (middle - half) / scale, upper: x === n ? 1 : (middle + half) / scale };
}
