/** The displayed interval of a rate: valid however often one looks (a beta-binomial mixture, inverted). */
import { betaln } from './beta.ts';
import type { Interval } from './intervals.ts';
import { ln, ln1p } from './logarithm.ts';

/**
 * ln of the mixture e-value against the rate p after S violations and F clean; both may be fractional.
 *
 *   ln B(a+S, b+F) − ln B(a, b) − S ln p − F ln(1−p)        Howard et al. (2021), Ann. Stat. 49: 1055–1080
 */
export function betaBinomialLogE(S: number, F: number, p: number, a: number, b: number): number {
  return betaln(a + S, b + F) - betaln(a, b) - (S === 0 ? 0 : S * ln(p)) - (F === 0 ? 0 : F * ln1p(-p));
}

/** The rates p whose e-value stays below 1/alpha, each end by bisection until the midpoint is an end. */
export function betaBinomialBounds(S: number, F: number, alpha: number, a: number, b: number): Interval {
  if (S + F === 0) return { lower: 0, upper: 1 };
  const limit = -ln(alpha);
  const middle = S / (S + F);
  const excludes = (p: number): boolean => betaBinomialLogE(S, F, p, a, b) >= limit;
  return {
    lower: S === 0 ? 0 : bisect(middle, 1e-300, excludes),
    upper: F === 0 ? 1 : bisect(Math.max(middle, 1e-300), 1 - 1e-16, excludes),
  };
}

/** Between `inside` and `outside`, the last rate that is not excluded. */
function bisect(inside: number, outside: number, excludes: (p: number) => boolean): number {
  let [kept, refused] = [inside, outside];
  for (let i = 0; i < 200; i++) {
    const lower = Math.min(kept, refused);
    const p = lower + (Math.max(kept, refused) - lower) / 2;
    if (p === kept || p === refused) break;
    if (excludes(p)) refused = p;
    else kept = p;
  }
  return kept;
}
