/** Reasons as an entry holds them: all that speak against an action, where that is no multitude. */
import type { DataOf } from '@surety/core/evidence';
import type { Reason } from '@surety/core/terms';

/** So many fit into an entry, however long their names are. */
export const REASONS_MAX = 250;

/** Limits always, since an approval is of them; then what had an effect, the strictest first. In the order they came. */
export function mostTelling(reasons: readonly Reason[]): readonly Reason[] {
  if (reasons.length <= REASONS_MAX) return reasons;
  const rank = ({ why, enforced }: Reason): number => (why === 'limit' ? 0 : enforced ? 1 : 2);
  const kept = new Set([...reasons].sort((a, b) => rank(a) - rank(b)).slice(0, REASONS_MAX));
  return reasons.filter((reason) => kept.has(reason));
}

export const recordedReasons = (reasons: readonly Reason[]): DataOf<'action.decided'>['reasons'] =>
  mostTelling(reasons).map(({ id, why, decision, severity, enforced, cause, fact }) => ({
    id,
    why,
    decision,
    severity,
    enforced,
    ...(cause === undefined ? {} : { cause }),
    ...(fact === undefined ? {} : { fact }),
  }));
