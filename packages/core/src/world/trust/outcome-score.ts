/** The outcome score, from the weeks that are mature: it describes, and no state reads it. And where the two scores part. */
import { wilson95 } from '../../chance/intervals.ts';
import { type OutcomeTarget, PPM } from '../../metrics/week/outcome-count.ts';
import { outcomeScore } from '../../trust/index.ts';
import type { World } from '../world.ts';
import type { Member } from './member.ts';
import { countOutcomes, matureAt } from './outcome-weeks.ts';
import { EVIDENCE_LEAST, NO_SCORE, type ShownScore } from './scores.ts';
import { many } from './words.ts';

export interface OutcomeShown extends ShownScore {
  readonly missing_sentence: string | null;
}

/** Over each target’s weeks up to the last mature one, whatever epoch they are of: a score forgets no week for a move. */
export function outcomeNow(world: World, member: Member, targets: readonly OutcomeTarget[], now: number): OutcomeShown {
  if (targets.length === 0)
    return { ...NO_SCORE, missing_sentence: 'The pact sets no outcome target in this lane, so nothing is scored.' };
  const span = { week: matureAt(now), first: Number.NEGATIVE_INFINITY, now };
  const counts = countOutcomes(world, member, targets, span);
  const n = Math.min(...counts.map((count) => count.n));
  if (n < EVIDENCE_LEAST) return { ...NO_SCORE, n, missing_sentence: missing(counts, n) };
  const parts = counts.map(({ failures, n: of }, i) => {
    const target = 1 - (targets[i]?.failing ?? 0) / PPM;
    return { ...wilson95(of - failures, of), target };
  });
  const lower = outcomeScore(parts).score;
  const upper = outcomeScore(parts.map(({ upper, target }) => ({ lower: upper, target }))).score;
  return { score: lower, lower, upper, n, missing_sentence: null };
}

const missing = (counts: readonly { readonly target: string; readonly n: number }[], n: number): string => {
  const least = counts.find((count) => count.n === n)?.target ?? '';
  return `${many(EVIDENCE_LEAST - n, 'more mature outcome')} for ${least} until there is a number.`;
};

/** An alarm where even the best case of one is worse than the worst case of the other. */
export function gapSentence(conduct: ShownScore, outcome: ShownScore): string | null {
  if (conduct.lower === null || conduct.upper === null || outcome.lower === null || outcome.upper === null) return null;
  if (outcome.upper < conduct.lower)
    return 'It keeps the pact better than it serves customers: look at what its rules do not ask for.';
  if (conduct.upper < outcome.lower)
    return 'Customers get what they need while it breaks the pact: look at how it gets there.';
  return null;
}
