/** Logarithm and exponential from + − × ÷ alone: engines may differ in the last bit of their own, and a bound is published. */

/** ln 2 in two parts: the first has 32 bits, so that its product with a small whole number is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TWO_32 = 4294967296;

/**
 * ln((1+s)/(1−s)) for |s| ≤ 0.18, to the last bit or two.
 *
 *   2·(s + s³/3 + s⁵/5 + …)        Abramowitz & Stegun 4.1.27; the term after s²³/23 is below 2⁻⁶⁰
 */
function twiceArtanh(s: number): number {
  const s2 = s * s;
  let sum = 0;
  for (let n = 23; n >= 3; n -= 2) sum = (sum + 1 / n) * s2;
  return 2 * s + 2 * s * sum;
}

/** The natural logarithm: x = m·2^k with m near 1, ln x = k·ln 2 + ln m. Dividing by two loses nothing. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let m = x;
  let k = 0;
  for (; m >= TWO_32; k += 32) m /= TWO_32;
  for (; m < 1 / TWO_32; k -= 32) m *= TWO_32;
  for (; m > 1.42; k++) m /= 2;
  for (; m < 0.71; k--) m *= 2;
  return k * LN2_HIGH + (k * LN2_LOW + twiceArtanh((m - 1) / (m + 1)));
}

/** ln(1 + u), exact where u is small: 1 + u itself would have lost it. */
export const ln1p = (u: number): number => (u > -0.25 && u < 0.4 ? twiceArtanh(u / (2 + u)) : ln(1 + u));

/**
 * e to the x: x = k·ln 2 + r with |r| ≤ ½ ln 2, and the series of e^r.
 *
 *   1 + r + r²/2! + …        Abramowitz & Stegun 4.2.1; the term after r¹⁴/14! is below 2⁻⁶⁰
 */
export function exp(x: number): number {
  if (!(x < 709.8)) return x >= 709.8 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < -745.2) return 0;
  let k = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (sum * r) / n;
  for (; k >= 32; k -= 32) sum *= TWO_32;
  for (; k <= -32; k += 32) sum /= TWO_32;
  for (; k > 0; k--) sum *= 2;
  for (; k < 0; k++) sum /= 2;
  return sum;
}
