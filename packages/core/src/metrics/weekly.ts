/** Whether a week’s outcome fails, passes, or says too little. */
import { type Interval, wilson95, wilsonAt } from '../chance/intervals.ts';
import { normalQuantile } from '../chance/normal.ts';

/** Below this there is not enough evidence; the interval is still shown. */
export const LEAST_OUTCOMES = 5;

export interface OutcomeVerdict extends Interval {
  readonly fail: boolean;
  readonly pass: boolean;
}

/**
 * Week j of an epoch fails where the lower Wilson bound of its failure rate, at z = normalQuantile(1 − α/(j(j+1))),
 * exceeds the allowed rate: over all weeks a good agent fails with a probability of about α. It passes where the upper
 * bound at 95 % does not.
 */
export function outcomeWeek(
  failures: number,
  n: number,
  allowedRate: number,
  week: number,
  alpha: number,
): OutcomeVerdict {
  const { lower } = wilsonAt(failures, n, normalQuantile(1 - alpha / (week * (week + 1))));
  const { upper } = wilson95(failures, n);
  const isEnough = n >= LEAST_OUTCOMES;
  return { lower, upper, fail: isEnough && lower > allowedRate, pass: isEnough && upper <= allowedRate };
}
