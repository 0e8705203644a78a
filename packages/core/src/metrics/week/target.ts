/** A weekly target of the pact: met, not met, or too little evidence. Missed means that the interval's better end misses. */
import { wilson95 } from '../../chance/intervals.ts';
import type { Severity } from '../../terms/decision.ts';
import { addCounts, type ClockCount, noCounts, type WeekCounts } from './counts.ts';
import type { WeeklyFigure, WeeklyMetric } from './figure.ts';
import { ratingTallies } from './rating.ts';
import { isAloneConfirmed, matureTallies, type WeekOf } from './resolution.ts';
import { between, many, percent, span } from './say.ts';
import { sumOf, type Tally } from './share.ts';
import { breachTallies, escapedOf } from './violations.ts';
import { type OpenWaits, quantileIn, waitedOf } from './waiting.ts';

export interface TargetTerms {
  readonly id: string;
  readonly metric:
    | 'first_contact_resolution'
    | 'csat'
    | 'escalation_latency_p50'
    | 'escalation_latency_p90'
    | 'policy_violation_rate';
  readonly of_severity?: Severity | undefined;
  /** A share of 1, or milliseconds. */
  readonly at_least: number | null;
  readonly at_most: number | null;
  readonly weeks: number;
  readonly min_sample: number;
}

/** The weeks of its window, the reviewed one last, as of now. */
export interface TargetWindow {
  readonly weeks: readonly WeekOf[];
  readonly clock: ClockCount;
  readonly open: readonly number[];
  readonly now: number;
}

/** What a window is read from: the counts of any week, and how long those have waited that began in it and are open. */
export interface WeeksTo {
  readonly week: number;
  readonly now: number;
  counts(week: number): WeekCounts | undefined;
  open(week: number): OpenWaits;
}

export function windowOf({ weeks: n }: Pick<TargetTerms, 'weeks'>, { week, now, counts, open }: WeeksTo): TargetWindow {
  const weeks = Array.from({ length: n }, (_, i) => week - n + 1 + i);
  const shown = weeks.map((one) => ({ week: one, counts: counts(one) ?? noCounts() }));
  const all = noCounts();
  for (const one of shown) addCounts(all, one.counts);
  return { weeks: shown, clock: all.clocks[1], open: weeks.flatMap((one) => open(one)[1]), now };
}

type Target = WeeklyFigure['targets'][number];
interface Found {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number;
}

const SEVERE = {
  critical: 'violations_escaped_critical',
  major: 'violations_escaped_major',
  minor: 'violations_escaped_minor',
} as const;

/** The figure that a target is about. */
export function metricOf({ metric, of_severity }: TargetTerms): WeeklyMetric {
  if (metric === 'first_contact_resolution') return 'fcr_agent_alone';
  if (metric === 'csat') return 'csat';
  if (metric === 'escalation_latency_p50') return 'escalated_to_acknowledged_p50';
  if (metric === 'escalation_latency_p90') return 'escalated_to_acknowledged_p90';
  return of_severity === undefined ? 'violations_escaped' : SEVERE[of_severity];
}

function foundIn({ metric, of_severity }: TargetTerms, { weeks, clock, open, now }: TargetWindow): Found {
  if (metric === 'escalation_latency_p50' || metric === 'escalation_latency_p90') {
    const waited = waitedOf(clock, open);
    return { ...quantileIn(waited, metric === 'escalation_latency_p50' ? 0.5 : 0.9), n: waited.n };
  }
  const tallies: readonly Tally[] =
    metric === 'first_contact_resolution'
      ? matureTallies(weeks, now, isAloneConfirmed)
      : metric === 'csat'
        ? ratingTallies(weeks)
        : breachTallies(weeks, escapedOf(of_severity));
  const { x, n } = sumOf(tallies);
  return { value: n === 0 ? null : x / n, ...(n === 0 ? { lower: null, upper: null } : wilson95(x, n)), n };
}

/** What the window comes to, and what that says of the target. */
export interface Weighed {
  readonly status: Target['status'];
  readonly isProven: boolean;
  readonly found: Found;
}

export function weighTarget(target: TargetTerms, window: TargetWindow): Weighed {
  const { at_least, at_most, min_sample } = target;
  const found = foundIn(target, window);
  if (found.n < min_sample) return { status: 'too_little_evidence', isProven: false, found };
  const { lower, upper } = found;
  // Where too many still wait no end is known, and only a lower one can speak against it.
  const isMissed = at_least === null ? lower !== null && lower > (at_most ?? 0) : upper !== null && upper < at_least;
  const isProven = at_least === null ? upper !== null && upper <= (at_most ?? 0) : lower !== null && lower >= at_least;
  return { status: isMissed ? 'not_met' : 'met', isProven, found };
}

export function judgeTarget(target: TargetTerms, window: TargetWindow): Target {
  const { id, at_least, at_most, weeks, min_sample } = target;
  const { status, isProven, found } = weighTarget(target, window);
  const isSpan = target.metric.startsWith('escalation');
  const show = isSpan ? span : percent;
  const bound = at_least === null ? `at most ${show(at_most ?? 0)}` : `at least ${show(at_least)}`;
  const over = weeks === 1 ? 'this week' : `the ${weeks} weeks to this one`;
  const shown = { id, at_least, at_most, window_weeks: weeks, n: found.n, min_sample };
  if (status === 'too_little_evidence') {
    const says = `${id}: too little evidence over ${over}: ${found.n} of the ${min_sample} it is judged from.`;
    return { ...shown, status, says };
  }
  const { value, lower, upper } = found;
  const range = lower === null ? 'not known' : upper === null ? `${show(lower)} or more` : between(lower, upper, show);
  const what = value === null ? range : `${show(value)} (${range})`;
  const verdict = status === 'not_met' ? 'not met' : isProven ? 'met' : 'not shown to be missed, and not proven';
  const says = `${id}: ${verdict}: ${what} over ${over} in ${many(found.n, 'case')}, where the pact asks for ${bound}.`;
  return { ...shown, status, says };
}
