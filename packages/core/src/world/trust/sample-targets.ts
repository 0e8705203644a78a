/** A lane with a weekly target, and weeks that meet or miss it, for tests. */
import type { FollowedTarget, Following, LaneTerms } from '../../evidence/kinds/agent.ts';
import { DAY, MINUTE, WEEK } from '../../terms/time.ts';
import { followingOf, nextFollowing } from './follow.ts';
import { dueByTime } from './pass-time.ts';
import { Desk, TERMS } from './sample-lane.ts';

export const TELL: Following = { named: 'tell_head', notify: ['head.of.support'] };
export const SUPERVISE: Following = { named: 'supervise', set_state: 'supervised' };
export const FCR: FollowedTarget = {
  target: 'R-8',
  metric: 'first_contact_resolution',
  at_least: 700_000,
  weeks: 1,
  min_sample: 20,
  then: [TELL],
};
export const terms = (target: Partial<FollowedTarget> = {}, more: Partial<LaneTerms> = {}): LaneTerms => ({
  ...TERMS,
  ...more,
  targets: [{ ...FCR, ...target }],
});

/** From Monday, the fifth of January: the week 2026-W02. */
export function started(of: LaneTerms = terms()): Desk {
  const desk = new Desk(of);
  desk.setState('limited');
  desk.now += 4 * DAY;
  return desk;
}

/** A week of conversations that the agent closes alone; the customers of some come back. */
export function week(desk: Desk, n: number, back: number, given: object = {}): void {
  const end = desk.now + WEEK;
  for (let i = 0; i < n; i++) {
    desk.executed(desk.decide(given));
    desk.add('outcome.observed', { ...desk.conversation(false), outcome: 'resolved', closed_by: 'agent' });
    if (i < back) desk.add('outcome.observed', { ...desk.conversation(false), outcome: 'reopened' });
    desk.now += MINUTE;
  }
  desk.now = end;
}

/** As the clock of a server does it. */
export function pass(desk: Desk, ms = 0): void {
  desk.now += ms;
  const [due] = dueByTime(desk.world, desk.now);
  if (!due) return;
  desk.follow(followingOf(desk.world, due, desk.now));
  for (let next = nextFollowing(desk.world); next.length > 0; next = nextFollowing(desk.world)) desk.follow(next);
}

export const applied = (desk: Desk) =>
  desk.entries.flatMap((entry) => (entry.type === 'consequence.applied' && entry.data.missed ? [entry.data] : []));
export const told = (desk: Desk): string[] =>
  applied(desk).map(({ named, missed }) => `${missed?.target} ${missed?.week}: ${named}`);
