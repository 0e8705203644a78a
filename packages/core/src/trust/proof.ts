/** What it takes to prove a rate: thresholds that pay for every further attempt, and the clean observations they cost. */
import { betsOf, freshWealth, grow } from '../chance/betting.ts';
import { invariant } from '../result.ts';

/**
 * A stream is proven once E ≥ k(k+1)/α on attempt k: α_k = α/(k(k+1)) add up to α, so that over any number of attempts
 * a slot is ever wrongly promoted with a probability of at most α.
 */
export const promotionThreshold = (alpha: number, attempt: number): number => (attempt * (attempt + 1)) / alpha;

/** The number of clean observations, up to `most`, that prove the rate from a fresh epoch; `undefined` where it takes more. */
function cleanWithin(most: number, rate: number, alpha: number, attempt: number): number | undefined {
  const bets = betsOf('promote', rate);
  const threshold = promotionThreshold(alpha, attempt);
  let wealth = freshWealth(bets);
  for (let n = 1; n <= most; n++) {
    wealth = grow(bets, wealth, 0);
    if (wealth.value >= threshold) return n;
  }
  return undefined;
}

/** How many clean observations promotion takes from a fresh epoch. */
export function cleanNeeded(allowedRate: number, alpha: number, attempt: number): number {
  invariant(
    allowedRate > 0 && allowedRate < 1 && alpha > 0,
    `no number of observations proves the rate ${allowedRate}`,
  );
  return cleanWithin(Number.POSITIVE_INFINITY, allowedRate, alpha, attempt) as number;
}

/** What n clean observations prove at most: one in N, the largest whole N; null where even one in two takes more. */
export function provableOneIn(n: number, alpha: number, attempt: number): number | null {
  const isProvable = (oneIn: number): boolean => cleanWithin(n, 1 / oneIn, alpha, attempt) !== undefined;
  if (!isProvable(2)) return null;
  let proven = 2;
  let unproven = 4;
  for (; isProvable(unproven); unproven *= 2) proven = unproven;
  while (unproven - proven > 1) {
    const middle = Math.floor((proven + unproven) / 2);
    if (isProvable(middle)) proven = middle;
    else unproven = middle;
  }
  return proven;
}
