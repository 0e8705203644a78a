/** The beta function and its regularised incomplete integral. */
import { exp, ln, ln1p } from './logarithm.ts';

const HALF_LN_TWO_PI = 0.9189385332046728;

/**
 * What Stirling's formula leaves of ln Γ(x), x ≥ 10.
 *
 *   1/12x − 1/360x³ + 1/1260x⁵ − 1/1680x⁷ + …        Abramowitz & Stegun 6.1.41; the first term left out is below 3e-17
 */
function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  const series = 1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156)));
  return (1 / 12 - y * (1 / 360 - y * series)) / x;
}

/**
 * ln B(a, b) for a, b > 0, without the cancellation of ln Γ(a) + ln Γ(b) − ln Γ(a+b).
 *
 *   B(a, b) = B(a+1, b)·(a+b)/a until both are at least 10; then with a ≤ b, δ(x) what Stirling leaves of ln Γ(x):
 *   ½ ln 2π − ½ ln b + δ(a) + δ(b) − δ(a+b) + (a−½) ln(a/(a+b)) + b ln(1 − a/(a+b))
 *                                  Didonato & Morris (1992), ACM TOMS 708: BETALN
 */
export function betaln(first: number, second: number): number {
  let [a, b] = first < second ? [first, second] : [second, first];
  let lift = 1;
  for (; a < 10; a++) lift *= (a + b) / a;
  for (; b < 10; b++) lift *= (a + b) / b;
  if (a > b) [a, b] = [b, a];
  const rest = stirlingRest(a) + stirlingRest(b) - stirlingRest(a + b);
  const lifted = (a - 0.5) * ln(a / (a + b)) + b * ln1p(-a / (a + b));
  return lifted + (HALF_LN_TWO_PI - 0.5 * ln(b) + rest + ln(lift));
}

/**
 * The regularised incomplete beta integral I_x(a, b).
 *
 *   x^a (1−x)^b / (a B(a,b)) · 1/(1 + d₁/(1 + d₂/(1 + …))), for x below (a+1)/(a+b+2); above, 1 − I_{1−x}(b, a)
 *   d₂ₘ = m(b−m)x/((a+2m−1)(a+2m)),  d₂ₘ₊₁ = −(a+m)(a+b+m)x/((a+2m)(a+2m+1))        DLMF 8.17.22, by Lentz’s method
 */
export function betaInc(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const lnFront = a * ln(x) + b * ln1p(-x) - betaln(a, b);
  return x < (a + 1) / (a + b + 2)
    ? exp(lnFront) / a / betaFraction(a, b, x)
    : 1 - exp(lnFront) / b / betaFraction(b, a, 1 - x);
}

function betaFraction(a: number, b: number, x: number): number {
  let fraction = 1;
  let over = 1;
  let under = 0;
  for (let j = 1; j <= 10_000; j++) {
    const m = Math.floor(j / 2);
    const d =
      j % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    under = 1 / (1 + d * under);
    over = 1 + d / over;
    const ratio = over * under;
    fraction *= ratio;
    if (Math.abs(ratio - 1) < 1e-16) break;
  }
  return fraction;
}
