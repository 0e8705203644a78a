/** Figures without any chance: exact dynamic programming over the number of violations. */
import { betsOf, factor, wilson95 } from '@surety/core/chance';

const MOST = 1e300;

/**
 * Whether a process alarms after n observations with S violations among them depends on (S, n) alone, and more violations
 * never lower it: `boundaryAt(n)` is the least S that alarms. Gives the share that has alarmed within each of `checkpoints`
 * and the mean of the first alarm.
 */
function firstAlarms(rate, boundaryAt, checkpoints) {
  const last = checkpoints.at(-1) ?? Number.POSITIVE_INFINITY;
  const within = [];
  // quiet[S]: the chance of S violations and no alarm so far.
  let quiet = [1];
  let left = 1;
  let mean = 0;
  for (let n = 1; n <= last && left > 1e-12; n++) {
    mean += left;
    const boundary = boundaryAt(n);
    const next = new Array(Math.min(quiet.length + 1, boundary)).fill(0);
    for (let S = 0; S < next.length; S++) next[S] = (quiet[S] ?? 0) * (1 - rate) + (S > 0 ? quiet[S - 1] * rate : 0);
    quiet = next;
    left = quiet.reduce((sum, chance) => sum + chance, 0);
    if (checkpoints.includes(n)) within.push(1 - left);
  }
  return { within, mean };
}

/** The least number of violations with which the betting process against p0 has reached 1/alpha after n observations. */
function bettingBoundary(p0, alpha) {
  const { lambdas, weights } = betsOf('demote', p0);
  const clean = lambdas.map((lambda) => [1, factor(lambda, 0, p0)]);
  const violated = lambdas.map((lambda) => [1, factor(lambda, 1, p0)]);
  const power = (powers, n) => {
    while (powers.length <= n) powers.push(Math.min(powers.at(-1) * powers[1], MOST));
    return powers[n];
  };
  const wealth = (S, n) => {
    let sum = 0;
    for (let k = 0; k < lambdas.length; k++) sum += weights[k] * power(violated[k], S) * power(clean[k], n - S);
    return sum;
  };
  let least = 1;
  return (n) => {
    while (least <= n && wealth(least, n) < 1 / alpha) least++;
    return least;
  };
}

/** The least number of violations with which the lower end of a 95 % Wilson interval is above p0. */
function wilsonBoundary(p0, from) {
  let least = 1;
  return (n) => {
    if (n < from) return Number.POSITIVE_INFINITY;
    while (least <= n && wilson95(least, n).lower <= p0) least++;
    return least;
  };
}

export const bettingFalseAlarms = (p0, alpha, checkpoints) =>
  firstAlarms(p0, bettingBoundary(p0, alpha), checkpoints).within;

export const bettingDelay = (p0, alpha, rate) => firstAlarms(rate, bettingBoundary(p0, alpha), []).mean;

export const wilsonFalseAlarms = (p0, from, checkpoints) =>
  firstAlarms(p0, wilsonBoundary(p0, from), checkpoints).within;
