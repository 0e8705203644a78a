/** The baseline a promoted agent is held to, so that a silent change inside the allowed rate is seen. */
import { betsOf, factor, MOST_WEALTH } from '../chance/betting.ts';

const STEPS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** A baseline is one that the epoch would have proven by itself at this level. */
const LEVEL = 1 / 0.05;

/** base^power by square and multiply from the low bit, clamped after each product: the same bits everywhere. */
function powInt(base: number, power: number): number {
  let result = 1;
  let square = base;
  let rest = power;
  while (rest > 0) {
    if (rest % 2 === 1) result = Math.min(result * square, MOST_WEALTH);
    rest = Math.floor(rest / 2);
    if (rest > 0) square = Math.min(square * square, MOST_WEALTH);
  }
  return result;
}

/**
 * The smallest g·L, g = .1, .2, … 1, that S violations and F clean observations prove; else L itself.
 *
 *   Σ_k w_k·f_k(1)^S·f_k(0)^F ≥ 1/0.05, with promote bets at p0 = g·L
 */
export function driftBaseline(S: number, F: number, allowedRate: number): number {
  for (const step of STEPS) {
    const rate = step * allowedRate;
    const { lambdas, weights } = betsOf('promote', rate);
    let value = 0;
    for (let k = 0; k < lambdas.length; k++) {
      const lambda = lambdas[k] as number;
      const grown = powInt(factor(lambda, 1, rate), S) * powInt(factor(lambda, 0, rate), F);
      value += (weights[k] as number) * grown;
    }
    if (value >= LEVEL) return rate;
  }
  return allowedRate;
}
