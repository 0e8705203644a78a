/** Escalation latency of a week: three clocks, median and 90th percentile, with those that still run. */
import { kaplanMeier, quantileOf, type SurvivalRow } from '../survival.ts';
import { figure, tooFew } from './blank.ts';
import type { ClockCount, Waits, WeekCounts } from './counts.ts';
import { LEAST } from './definitions.ts';
import type { WeeklyFigure, WeeklyMetric } from './figure.ts';
import { between, many, span, whole } from './say.ts';

/** Of each clock, how long those that are open have waited by now. */
export type OpenWaits = readonly [readonly number[], readonly number[], readonly number[]];
export const NONE_OPEN: OpenWaits = [[], [], []];

const CLOCKS = ['need_to_escalated', 'escalated_to_acknowledged', 'acknowledged_to_reply'] as const;
const QUANTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
] as const;

const spread = (waits: Waits): number[] =>
  Object.entries(waits).flatMap(([ms, n]) => Array.from({ length: n }, () => Number(ms)));

export interface Waited {
  readonly rows: readonly SurvivalRow[];
  readonly n: number;
  readonly open: number;
  readonly lapsed: number;
}

/** The open and those that ended otherwise waited at least as long as they did. */
export function waitedOf({ done, lapsed }: ClockCount, open: readonly number[]): Waited {
  const [ended, cut] = [spread(done), spread(lapsed)];
  const times = [...ended, ...cut, ...open.map((age) => Math.max(0, age))];
  const events = times.map((_, i): 0 | 1 => (i < ended.length ? 1 : 0));
  const { rows } = kaplanMeier(times, events, 0.95);
  return { rows, n: times.length, open: open.length, lapsed: cut.length };
}

/** A quantile with the interval that the band around the curve gives it; null where too many still wait. */
export function quantileIn({ rows }: Waited, q: number) {
  const first = (end: 'lower' | 'upper'): number | null => rows.find((row) => row[end] <= 1 - q + 1e-12)?.time ?? null;
  return { value: quantileOf(rows, q), lower: first('lower'), upper: first('upper') };
}

export const waitingFigures = ({ clocks }: WeekCounts, open: OpenWaits): WeeklyFigure[] =>
  CLOCKS.flatMap((clock, i) => {
    const waited = waitedOf(clocks[i] as ClockCount, open[i] ?? []);
    return QUANTILES.map(([name, q]) => waitingFigure(`${clock}_${name}`, waited, q));
  });

function waitingFigure(metric: WeeklyMetric, waited: Waited, q: number): WeeklyFigure {
  const { n, open, lapsed } = waited;
  const { value, lower, upper } = quantileIn(waited, q);
  const missing =
    n < LEAST
      ? tooFew(n, LEAST, 'such waits')
      : value === null
        ? `Too many still wait, or were never taken up, to say when ${q === 0.5 ? 'half' : 'nine in ten'} are done.`
        : null;
  const most = q === 0.5 ? 'Half' : 'Nine in ten';
  const range =
    lower === null ? '' : upper === null ? ` (${span(lower)} or more)` : ` (${between(lower, upper, span)})`;
  return figure(metric, {
    unit: 'ms',
    value: missing === null ? value : null,
    lower,
    upper,
    n,
    least: LEAST,
    missing,
    says: missing ?? `${most} within ${span(value ?? 0)}${range}, of ${whole(n)}.`,
    coverage: {
      known: n - open - lapsed,
      of: n,
      says: `${many(open, 'wait is', 'waits are')} still open and ${whole(lapsed)} ended otherwise; both are counted.`,
    },
  });
}
