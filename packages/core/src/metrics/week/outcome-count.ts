/** What an outcome target of the pact comes to over some weeks: how many failed it, of how many. */
import type { Severity } from '../../terms/decision.ts';
import { LEAST_OUTCOMES, outcomeWeek } from '../weekly.ts';
import { ratingTallies } from './rating.ts';
import { isAloneConfirmed, matureTallies } from './resolution.ts';
import { sumOf } from './share.ts';
import type { TargetTerms, TargetWindow } from './target.ts';
import { breachTallies, escapedOf } from './violations.ts';

/** A weekly target as a rate of failure, in parts per million. */
export interface OutcomeTarget {
  readonly target: string;
  readonly metric: TargetTerms['metric'];
  readonly of_severity?: Severity | undefined;
  readonly failing: number;
  /** Of a wait: acknowledged later than this is a failure. */
  readonly within?: number | undefined;
  readonly weeks: number;
  readonly min_sample: number;
}

export interface OutcomeCount {
  readonly target: string;
  readonly failures: number;
  readonly n: number;
}

export const PPM = 1_000_000;

/** A half, or nine in ten, are to be acknowledged in time. */
const LATE = { escalation_latency_p50: 500_000, escalation_latency_p90: 100_000 } as const;

/** `undefined` where the target bounds the side on which nothing fails. */
export function outcomeTarget(terms: TargetTerms): OutcomeTarget | undefined {
  const { id, metric, of_severity, at_least, at_most, weeks, min_sample } = terms;
  const same = { target: id, metric, weeks, min_sample, ...(of_severity === undefined ? {} : { of_severity }) };
  if (metric === 'escalation_latency_p50' || metric === 'escalation_latency_p90')
    return at_most === null ? undefined : { ...same, failing: LATE[metric], within: at_most };
  if (metric === 'policy_violation_rate')
    return at_most === null ? undefined : { ...same, failing: Math.max(1, Math.round(at_most * PPM)) };
  return at_least === null ? undefined : { ...same, failing: Math.max(1, PPM - Math.round(at_least * PPM)) };
}

/** Of what is mature; who was cut off before the limit says nothing. */
export function countOutcome(target: OutcomeTarget, window: TargetWindow): OutcomeCount {
  const { metric, of_severity, within } = target;
  if (within !== undefined) return { target: target.target, ...late(window, within) };
  if (metric === 'policy_violation_rate') {
    const { x: failures, n } = sumOf(breachTallies(window.weeks, escapedOf(of_severity)));
    return { target: target.target, failures, n };
  }
  const tallies =
    metric === 'csat' ? ratingTallies(window.weeks) : matureTallies(window.weeks, window.now, isAloneConfirmed);
  const { x, n } = sumOf(tallies);
  return { target: target.target, failures: n - x, n };
}

function late({ clock, open }: TargetWindow, within: number): Pick<OutcomeCount, 'failures' | 'n'> {
  const sum = (waits: Readonly<Record<string, number>>, counts: (ms: number) => boolean): number =>
    Object.entries(waits).reduce((all, [ms, n]) => (counts(Number(ms)) ? all + n : all), 0);
  const isLate = (ms: number): boolean => ms > within;
  const still = sum(clock.lapsed, isLate) + open.filter(isLate).length;
  return { failures: sum(clock.done, isLate) + still, n: sum(clock.done, () => true) + still };
}

export type OutcomeWord = 'pass' | 'fail' | 'insufficient';

/**
 * Of all targets together: it fails where one does and passes where all do. The level is shared among them, so that a
 * good agent fails by chance no more often than under one.
 */
export function judgeOutcomes(
  targets: readonly OutcomeTarget[],
  counts: readonly OutcomeCount[],
  week: number,
  alpha: number,
): OutcomeWord {
  const verdicts = targets.map(({ failing, min_sample }, i) => {
    const { failures, n } = counts[i] ?? { failures: 0, n: 0 };
    const isEnough = n >= Math.max(min_sample, LEAST_OUTCOMES);
    return isEnough ? outcomeWeek(failures, n, failing / PPM, week, alpha / targets.length) : undefined;
  });
  if (verdicts.some((verdict) => verdict?.fail)) return 'fail';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict?.pass) ? 'pass' : 'insufficient';
}
