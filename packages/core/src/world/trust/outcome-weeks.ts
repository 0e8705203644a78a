/**
 * Weeks of outcomes. A week is judged once its 7 days have passed, and not at its review: by then its resolutions are
 * mature, nobody chooses the moment, and it lowers an agent also where nobody signs. It counts whole weeks of the epoch.
 */
import { addCounts, noCounts } from '../../metrics/week/counts.ts';
import {
  countOutcome,
  judgeOutcomes,
  type OutcomeCount,
  type OutcomeTarget,
} from '../../metrics/week/outcome-count.ts';
import type { TargetWindow } from '../../metrics/week/target.ts';
import { formatWeek, weekAt } from '../../terms/week.ts';
import { openIn } from '../week/open-waits.ts';
import type { World } from '../world.ts';
import { planIn, RECORDING, termsIn } from './evidence.ts';
import type { Member } from './member.ts';
import type { TrustBook } from './trust-book.ts';

/** The week that is mature as another begins. */
export const matureAt = (now: number): number => weekAt(now) - 2;

/** The first week that began in the epoch. */
const firstOf = (epochAt: number): number => weekAt(epochAt * 1000 - 1) + 1;

/** Judges the week that became mature at an instant, for every agent that goes on without a person. */
export function judgeWeek(world: World, book: TrustBook, at: number, seq: number): void {
  const week = matureAt(at);
  for (const member of book.members.values()) {
    const trust = book.trustOf(member);
    const terms = termsIn(world, member);
    if (!trust || !terms?.outcomes || terms.outcomes.length === 0 || terms.outcome_weeks === 0) continue;
    if (trust.state !== 'limited' && trust.state !== 'autonomous') continue;
    const first = firstOf(trust.epochAt);
    if (week < first) continue;
    const targets = countOutcomes(world, member, terms.outcomes, { week, first, now: at });
    const { alpha } = planIn(world)(member).limits;
    const verdict = judgeOutcomes(terms.outcomes, targets, week - first + 1, alpha);
    book.tell(member, trust, { week: formatWeek(week), verdict, targets }, seq);
    const heard = { pass: verdict === 'pass', fail: verdict === 'fail' };
    book.step(member, { type: 'outcomeWeek', ...heard }, seq, at, planIn(world));
  }
}

interface Span {
  readonly week: number;
  /** No evidence of before carries over. */
  readonly first: number;
  readonly now: number;
}

/** Over the weeks of each target up to one. */
export function countOutcomes(
  world: World,
  { agent, lane, party }: Pick<Member, 'agent' | 'lane' | 'party'>,
  targets: readonly OutcomeTarget[],
  { week, first, now }: Span,
): OutcomeCount[] {
  const isLive = party !== RECORDING;
  const waits = targets.some(({ within }) => within !== undefined)
    ? openIn(world, { agent, lane, pact: null, isLive }, now)
    : undefined;
  return targets.map((target) => {
    const from = Math.max(first, week - target.weeks + 1);
    const weeks = Array.from({ length: week - from + 1 }, (_, i) => ({ week: from + i, counts: noCounts() }));
    const all = noCounts();
    for (const one of weeks) {
      for (const { recorded, counts } of world.weeks.allOf(agent, one.week, lane))
        if (!(recorded && isLive)) addCounts(one.counts, counts);
      addCounts(all, one.counts);
    }
    const open = weeks.flatMap((one) => waits?.get(one.week)?.[1] ?? []);
    const window: TargetWindow = { weeks, clock: all.clocks[1], open, now };
    return countOutcome(target, window);
  });
}
