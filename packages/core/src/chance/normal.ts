/** Quantiles of the standard normal distribution. */
import { exp, ln } from './logarithm.ts';

const HALF_LN_TWO_PI = 0.9189385332046728;
const ROOT_HALF_PI = 1.2533141373155003;

/**
 * Mills’ ratio R(z) = Q(z)/φ(z), z ≥ 0: the upper tail over the density. It never underflows.
 *
 *   z < 2: √(π/2)·e^(z²/2) − (z + z³/3 + z⁵/15 + …)              Abramowitz & Stegun 26.2.11
 *   else:  1/(z + 1/(z + 2/(z + 3/(z + …))))                     Abramowitz & Stegun 26.2.14
 */
function mills(z: number): number {
  if (z < 2) {
    let term = z;
    let sum = z;
    for (let n = 3; n <= 81; n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return ROOT_HALF_PI * exp((z * z) / 2) - sum;
  }
  let fraction = z;
  for (let n = 64; n >= 1; n--) fraction = z + n / fraction;
  return 1 / fraction;
}

/**
 * z with Φ(z) = p, 0 < p < 1, by Newton’s method on ln Q. That function is concave: the first step lands beyond the
 * root, all further ones come back to it from that side, and the first that would not is the end.
 *
 *   z ← z + (ln Q(z) − ln q)·R(z),  ln Q(z) = −z²/2 − ½ ln 2π + ln R(z)
 */
export function normalQuantile(p: number): number {
  // The literal of the trust statistics, so that an interval at 95 % needs no series.
  if (p === 0.975) return 1.959963984540054;
  if (p === 0.5) return 0;
  const lnTail = ln(p < 0.5 ? p : 1 - p);
  const step = (z: number): number => {
    const ratio = mills(z);
    return z + (ln(ratio) - (z * z) / 2 - HALF_LN_TWO_PI - lnTail) * ratio;
  };
  let z = step(0);
  for (let next = step(z); next < z; next = step(z)) z = next;
  return p < 0.5 ? -z : z;
}
