/** The one way an action is decided, live and in a rehearsal: the pact's judgement, and the reservation that an allow makes. */
import { type Evaluation, evaluate, type Pact, type Situation } from '../pact/index.ts';
import type { LimitBook } from './limit-book.ts';

/** A situation without what the world itself knows. */
export type Asked = Omit<Situation, 'used'> & {
  readonly action_id: string;
  /** When limits count it, where that is not `now`: a recording whose times go back. */
  readonly counted_at?: number | undefined;
};

/** Decides, and reserves every limit of an action that takes effect as `allow`. */
export function decide(pact: Pact, limits: LimitBook, asked: Asked): Evaluation {
  // Without a clock nothing leaves a window: limits then count all that was recorded.
  const now = asked.counted_at ?? asked.now ?? 0;
  const evaluation = evaluate(pact, { ...asked, used: (limit, key) => limits.used(limit.id, key, limit.window, now) });
  if (evaluation.effect === 'allow' && evaluation.charges.length > 0)
    limits.reserve(asked.action_id, evaluation.charges, now);
  return evaluation;
}
