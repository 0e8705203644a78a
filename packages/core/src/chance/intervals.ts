/** Intervals of shares: what counts can say about a rate. The one file that takes roots. */
import { exp, ln } from './logarithm.ts';
import { normalQuantile } from './normal.ts';

/** Both ends of an interval, as fractions. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** An interval with the value it stands around. */
export interface Estimate extends Interval {
  readonly estimate: number;
}

const clip = (value: number): number => Math.min(1, Math.max(0, value));

/** The z of a two-sided confidence. */
export const zOf = (conf: number): number => normalQuantile(0.5 + conf / 2);

/**
 * Wilson’s score interval: the shares p for which x of n is no surprise. Nothing seen says nothing: [0, 1].
 *
 *   (p̂ + z²/2n ± z √(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)        Wilson (1927), JASA 22: 209–212
 */
export function wilsonAt(x: number, n: number, z: number): Interval {
  if (n === 0) return { lower: 0, upper: 1 };
  const share = x / n;
  const z2 = z * z;
  const middle = share + z2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return { lower: x === 0 ? 0 : clip((middle - half) / scale), upper: x === n ? 1 : clip((middle + half) / scale) };
}

export const wilson = (x: number, n: number, conf: number): Interval => wilsonAt(x, n, zOf(conf));
export const wilson95 = (x: number, n: number): Interval => wilson(x, n, 0.95);

/** A share with Wilson’s interval; of nothing seen ½ and [0, 1]. */
export const wilsonEstimate = (x: number, n: number, conf: number): Estimate => ({
  estimate: n === 0 ? 0.5 : x / n,
  ...wilson(x, n, conf),
});

/**
 * MOVER, the method of variance estimates recovery: the interval of Σ cᵢθᵢ from intervals of the θᵢ.
 *
 *   e = Σ cᵢθᵢ;  e − √Σ(cᵢ(θᵢ−lᵢ))²,  e + √Σ(cᵢ(uᵢ−θᵢ))²; for cᵢ < 0 lᵢ and uᵢ change places
 *                                          Zou & Donner (2008), Statistics in Medicine 27: 1693–1702
 */
export function mover(parts: readonly (readonly [c: number, part: Estimate])[]): Estimate {
  let estimate = 0;
  let below = 0;
  let above = 0;
  for (const [c, { estimate: middle, lower, upper }] of parts) {
    estimate += c * middle;
    const down = c < 0 ? c * (upper - middle) : c * (middle - lower);
    const up = c < 0 ? c * (middle - lower) : c * (upper - middle);
    below += down * down;
    above += up * up;
  }
  return { estimate, lower: estimate - Math.sqrt(below), upper: estimate + Math.sqrt(above) };
}

/** The difference p₁ − p₂ of two plain shares: MOVER over Wilson. Newcombe (1998), Stat. Med. 17: 873–890, method 10. */
export const newcombeDiff = (x1: number, n1: number, x2: number, n2: number, conf: number): Estimate =>
  mover([
    [1, wilsonEstimate(x1, n1, conf)],
    [-1, wilsonEstimate(x2, n2, conf)],
  ]);

/** A share is never outside [0, 1]. */
export const clipped = ({ estimate, lower, upper }: Estimate): Estimate => ({
  estimate,
  lower: clip(lower),
  upper: clip(upper),
});

/** The interval of a value that is nearly normal: value ± z·√variance, unclipped. */
export function normalInterval(estimate: number, variance: number, z: number): Estimate {
  const half = z * Math.sqrt(variance);
  return { estimate, lower: estimate - half, upper: estimate + half };
}

/**
 * The log–log interval of a surviving share S with Greenwood’s sum g = Σ d/(n(n−d)); at 0 and 1 it is S itself.
 *
 *   S^exp(±z√g/|ln S|), the lower end with +        Kalbfleisch & Prentice (1980), section 1.3
 */
export function logLogInterval(survival: number, greenwood: number, z: number): Interval {
  if (survival <= 0 || survival >= 1) return { lower: survival, upper: survival };
  const lnS = ln(survival);
  const spread = (z * Math.sqrt(greenwood)) / -lnS;
  return { lower: exp(lnS * exp(spread)), upper: exp(lnS * exp(-spread)) };
}
