/** The conduct score with its bounds, now and day by day: it describes, and no state reads it. */
import { betaBinomialBounds } from '../../chance/mixture.ts';
import { type CensusStream, DAILY_DECAY, decayedCounts, type TrustPlan } from '../../trust/index.ts';
import type { Day } from './member.ts';

/** Below this many conversations there is no number. */
export const EVIDENCE_LEAST = 20;

export interface ShownScore {
  readonly score: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number;
}

export const NO_SCORE: ShownScore = { score: null, lower: null, upper: null, n: 0 };

/** As of the end of a day: min over streams of floor(1000/(1 + U/allowedRate)), on counts of which half is left after 45 days. */
export function conductOn({ limits }: TrustPlan, days: readonly Day[], today: number): ShownScore {
  const known = days.filter(({ day }) => day <= today);
  let [lower, upper, n] = [1000, 1000, 0];
  limits.streams.forEach((stream, i) => {
    if (stream.kind !== 'census') return;
    const buckets = known.map((day) => ({ age: today - day.day, x: day.violations[i] ?? 0, n: day.n }));
    const counts = decayedCounts(DAILY_DECAY, buckets);
    const rate = rateOf(stream, limits.ceiling);
    const bounds = betaBinomialBounds(counts.S, Math.max(0, counts.n - counts.S), limits.alpha, 0.5, 1 / (2 * rate));
    n = counts.n;
    lower = Math.min(lower, scoreAt(bounds.upper, rate));
    upper = Math.min(upper, scoreAt(bounds.lower, rate));
  });
  const shown = Math.round(n * 10) / 10;
  return n < EVIDENCE_LEAST ? { ...NO_SCORE, n: shown } : { score: lower, lower, upper, n: shown };
}

const scoreAt = (rate: number, allowed: number): number => Math.floor(1000 / (1 + rate / allowed));

/** Where `autonomous` is not offered, 500 means that the relaxed rate is proven. */
const rateOf = ({ allowedRate, relaxedRate }: CensusStream, ceiling: string): number =>
  ceiling === 'autonomous' ? allowedRate : relaxedRate;
