/** Scores for people: they describe, and no trust state reads one. */
import { betaBinomialBounds } from '../chance/mixture.ts';

/** The least of the parts decides; the parts are always shown. */
export interface Score {
  readonly score: number;
  readonly parts: readonly number[];
}

const leastOf = (parts: readonly number[]): Score => ({ score: parts.length === 0 ? 0 : Math.min(...parts), parts });

/** Decayed counts of one severity, and the rate it may have. */
export interface SeverityCounts {
  readonly S: number;
  readonly F: number;
  readonly allowedRate: number;
}

/**
 * min over severities of floor(1000/(1 + U/allowedRate)), U the upper end of the displayed interval with a = ½ and
 * b = 1/(2·allowedRate): 500 means that the allowed rate is proven; 1000 is never reached.
 */
export const conductScore = (severities: readonly SeverityCounts[], alpha: number): Score =>
  leastOf(
    severities.map(({ S, F, allowedRate }) => {
      const { upper } = betaBinomialBounds(S, F, alpha, 0.5, 1 / (2 * allowedRate));
      return Math.floor(1000 / (1 + upper / allowedRate));
    }),
  );

/** min over metrics of floor(1000/(1 + (1−L)/(1−target))), L the lower end of its interval; 500 means: target proven. */
export const outcomeScore = (metrics: readonly { readonly lower: number; readonly target: number }[]): Score =>
  leastOf(metrics.map(({ lower, target }) => Math.floor(1000 / (1 + (1 - lower) / (1 - target)))));

/** What is left of a day’s evidence after so many days: r^age by repeated multiplication; half of it after 45. */
export const DAILY_DECAY = 0.9847147529344312;

export function decayWeights(ratio: number, days: readonly number[]): readonly number[] {
  const powers = [1];
  const oldest = Math.max(0, ...days);
  for (let age = 1; age <= oldest; age++) powers.push((powers[age - 1] as number) * ratio);
  return days.map((age) => powers[age] as number);
}

/** A day’s violations x among n observations, `age` days ago. */
export interface DayCounts {
  readonly age: number;
  readonly x: number;
  readonly n: number;
}

/** Σ w·x and Σ w·n, oldest first. Silence lowers what is known, and with it a score. */
export function decayedCounts(
  ratio: number,
  buckets: readonly DayCounts[],
): { readonly S: number; readonly n: number } {
  const oldestFirst = buckets.toSorted((a, b) => b.age - a.age);
  const weights = decayWeights(
    ratio,
    oldestFirst.map(({ age }) => age),
  );
  let S = 0;
  let n = 0;
  oldestFirst.forEach((day, i) => {
    S += (weights[i] as number) * day.x;
    n += (weights[i] as number) * day.n;
  });
  return { S, n };
}
