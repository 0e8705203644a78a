/** What a pact says about the weeks of a lane: its targets, and its fee. */
import type { TargetTerms } from '../../metrics/week/target.ts';
import type { Pact } from '../../pact/index.ts';
import type { Money } from '../../terms/money.ts';
import { WEEK } from '../../terms/time.ts';

export interface WeekTerms {
  readonly targets: readonly TargetTerms[];
  readonly fee: Money | null;
  readonly currency: string;
}

/** Shares in parts per million as shares of one; a span stays in milliseconds. */
const measure = (bound: { readonly kind: 'share' | 'span'; readonly value: number } | undefined): number | null =>
  bound === undefined ? null : bound.kind === 'share' ? bound.value / 1_000_000 : bound.value;

/** Without a lane there are no targets: a pact sets them lane by lane. */
export function weekTerms({ file, currency }: Pact, lane: string | null): WeekTerms {
  const written = lane !== null && Object.hasOwn(file.lanes, lane) ? file.lanes[lane] : undefined;
  const targets = (written?.weekly_targets ?? []).map((target) => ({
    id: target.id,
    metric: target.metric,
    of_severity: target.of_severity,
    at_least: measure(target.at_least),
    at_most: measure(target.at_most),
    weeks: Math.max(1, Math.round(target.window / WEEK)),
    min_sample: target.min_sample,
  }));
  return { targets, fee: file.terms?.fee ?? null, currency };
}
