/** Weeks of ISO 8601, in UTC: they begin on Monday at 00:00 and belong to the year of their Thursday. */
import { DAY, WEEK } from './time.ts';

/** 1970-01-01 was a Thursday: the first Monday counted from lies three days before it. */
const FIRST_MONDAY = -3 * DAY;

/** How many weeks have begun since that Monday: weeks in a row are numbers in a row. */
export const weekAt = (ms: number): number => Math.floor((ms - FIRST_MONDAY) / WEEK);
export const weekStart = (week: number): number => FIRST_MONDAY + week * WEEK;

/** 2938 → `2026-W17`. */
export function formatWeek(week: number): string {
  const thursday = weekStart(week) + 3 * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const number = Math.floor((thursday - Date.UTC(year, 0, 1)) / WEEK) + 1;
  return `${String(year).padStart(4, '0')}-W${String(number).padStart(2, '0')}`;
}

/** `2026-W17` → 2938. `undefined` for anything else, also for a week 53 that its year does not have. */
export function parseWeek(text: string): number | undefined {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  // 4 January lies in the first week of every year.
  const week = weekAt(Date.UTC(Number(year), 0, 4)) + Number(number) - 1;
  return formatWeek(week) === text ? week : undefined;
}
