/**
 * Weekly targets that have consequences. A week is judged once, 7 days after its end, over the window of each target, as
 * the weekly figures judge it, by the pact in force as the week ended; what is told later changes nothing any more.
 */
import type { FollowedTarget, LaneTerms } from '../../evidence/kinds/agent.ts';
import { addCounts, noCounts, type WeekCounts } from '../../metrics/week/counts.ts';
import { PPM } from '../../metrics/week/outcome-count.ts';
import { type TargetTerms, type WeeksTo, weighTarget, windowOf } from '../../metrics/week/target.ts';
import { NONE_OPEN } from '../../metrics/week/waiting.ts';
import { formatWeek } from '../../terms/week.ts';
import { openIn } from '../week/open-waits.ts';
import type { World } from '../world.ts';
import { lower, termsIn } from './evidence.ts';
import { heededIn } from './followings.ts';
import type { Member, Missed } from './member.ts';
import { matureAt } from './outcome-weeks.ts';
import type { TrustBook } from './trust-book.ts';

/** Judges the week that became mature at an instant, for every agent and lane, in whatever state it is. */
export function judgeTargets(world: World, book: TrustBook, at: number, seq: number): void {
  for (const member of book.members.values()) {
    if (member.weekPact !== null) judge(world, book, member, member.weekPact, { seq, at });
    // At this instant another week ended.
    member.weekPact = inForce(world, member);
  }
}

function inForce({ pacts }: World, { agent, lane }: Member): string | null {
  const lanes = pacts.inForce.get(agent);
  return (lanes && Object.hasOwn(lanes, lane) ? lanes[lane] : undefined) ?? null;
}

function judge(world: World, book: TrustBook, member: Member, pact: string, at: { seq: number; at: number }): void {
  const terms = termsIn(world, { pact, lane: member.lane });
  if (!terms?.targets) return;
  const weeks = weeksOf(world, member, terms.targets, at.at);
  for (const target of terms.targets) {
    const followings = heededIn(terms, target.then);
    const what = followings.length === 0 ? undefined : missedIn(target, weeks);
    const trust = book.trustOf(member);
    if (!what || !trust) continue;
    lower(world, member, followings, at, book);
    book.miss(member, trust, { what, pact }, at.seq);
  }
}

/** What the agent did itself there: recordings move nobody. */
function weeksOf(
  world: World,
  { agent, lane }: Member,
  targets: NonNullable<LaneTerms['targets']>,
  now: number,
): WeeksTo {
  const waits = targets.some(({ metric }) => metric.startsWith('escalation'))
    ? openIn(world, { agent, lane, pact: null, isLive: true }, now)
    : undefined;
  const countsIn = (week: number): WeekCounts => {
    const all = noCounts();
    for (const { recorded, counts } of world.weeks.allOf(agent, week, lane)) if (!recorded) addCounts(all, counts);
    return all;
  };
  return { week: matureAt(now), now, counts: countsIn, open: (week) => waits?.get(week) ?? NONE_OPEN };
}

/** `undefined` where it is not missed, or there is too little evidence. */
function missedIn(target: FollowedTarget, weeks: WeeksTo): Missed | undefined {
  const terms = termsFrom(target);
  const { status, found } = weighTarget(terms, windowOf(terms, weeks));
  const [best, bound] = terms.at_least === null ? [found.lower, terms.at_most] : [found.upper, terms.at_least];
  if (status !== 'not_met' || best === null || bound === null) return undefined;
  const unit = isSpan(target) ? 1 : PPM;
  return {
    target: target.target,
    metric: target.metric,
    week: formatWeek(weeks.week),
    weeks: target.weeks,
    n: found.n,
    // Never rounded onto the bound.
    best: terms.at_least === null ? Math.ceil(best * unit) : Math.floor(best * unit),
    bound: Math.round(bound * unit),
  };
}

const isSpan = ({ metric }: Pick<FollowedTarget, 'metric'>): boolean => metric.startsWith('escalation');

/** As the weekly figures take it: a share of one, or milliseconds. */
function termsFrom(target: FollowedTarget): TargetTerms {
  const { target: id, metric, of_severity, at_least, at_most, weeks, min_sample } = target;
  const measure = (bound: number | undefined): number | null =>
    bound === undefined ? null : isSpan(target) ? bound : bound / PPM;
  return { id, metric, of_severity, at_least: measure(at_least), at_most: measure(at_most), weeks, min_sample };
}
