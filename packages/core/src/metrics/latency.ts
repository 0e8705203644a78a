/** How fast an escalation is acknowledged, with those that still wait. */
import { type Estimate, wilson } from '../chance/intervals.ts';
import { orderStatisticRanks, type Ranks } from '../chance/ranks.ts';
import { kaplanMeier, quantileOf, survivalAt } from './survival.ts';

export interface EscalationLatency {
  readonly n: number;
  readonly open: number;
  /** The share acknowledged within the limit; null where nothing can be said yet. */
  readonly attainment: Omit<Estimate, 'estimate'> & { readonly estimate: number | null };
  readonly method: 'wilson' | 'kaplanMeier';
  readonly p50: number | null;
  readonly p90: number | null;
  /** Which acknowledged ones, ranked from 1, enclose the percentiles; only where none is open. */
  readonly ranks?: { readonly p50: Ranks; readonly p90: Ranks };
}

/** One clock. Open and older than the limit is a failure; open and younger is censored: it may still be in time. */
export function escalationLatency(
  acknowledged: readonly number[],
  openAges: readonly number[],
  limit: number,
  conf: number,
): EscalationLatency {
  const n = acknowledged.length + openAges.length;
  const censored = openAges.filter((age) => age < limit).length;
  const { rows } = kaplanMeier(
    [...acknowledged, ...openAges],
    [...acknowledged.map((): 1 => 1), ...openAges.map((): 0 => 0)],
    conf,
  );
  const { survival, lower, upper } = survivalAt(rows, limit);
  const isPlain = censored === 0 || survival <= 0 || survival >= 1;
  const inTime = acknowledged.filter((latency) => latency <= limit).length;
  const decided = n - censored;
  const plain = { estimate: decided === 0 ? null : inTime / decided, ...wilson(inTime, decided, conf) };
  return {
    n,
    open: openAges.length,
    attainment: isPlain ? plain : { estimate: 1 - survival, lower: 1 - upper, upper: 1 - lower },
    method: isPlain ? 'wilson' : 'kaplanMeier',
    p50: quantileOf(rows, 0.5),
    p90: quantileOf(rows, 0.9),
    ...(openAges.length === 0 && {
      ranks: { p50: orderStatisticRanks(n, 0.5, conf), p90: orderStatisticRanks(n, 0.9, conf) },
    }),
  };
}
