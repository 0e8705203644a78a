/** The weekly figures, as the world has them now. */
import { DAY, formatTime, formatWeek, parseWeek, weekAt, weekStart } from '@surety/core/terms';
import type { WeeklyMetrics, WeeklyQuery } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { InvalidError } from '../errors.ts';

export async function weeklyMetrics(context: Context, query: WeeklyQuery): Promise<WeeklyMetrics> {
  const now = context.clock();
  const week = query.week === undefined ? weekAt(now) - 1 : parseWeek(query.week);
  if (week === undefined)
    throw new InvalidError('request.malformed', `There is no week ${query.week}; a week is written such as 2026-W17`);
  const to = weekStart(week + 1);
  return {
    week: formatWeek(week),
    from: formatTime(weekStart(week)),
    to: formatTime(to),
    over: to <= now,
    final_at: formatTime(to + 7 * DAY),
    at: formatTime(now),
    weeks: [],
    says: 'No evidence in this week.',
    rows: [],
  };
}
