/** Which agent, lane and week are looked at: by the address, or by what there is. */
import { formatWeek, parseWeek } from '@surety/core/terms';
import type { WeeklyMetrics, WeeklyRow } from '@surety/core/wire';

/** In the address for all lanes together, which a lane of no pact could be called. */
export const ALL_LANES = '*';
/** How many weeks a line shows. */
const SHOWN_WEEKS = 8;

/** All pact versions together: the one that stands for the week. */
export const rowsOfAll = ({ rows }: WeeklyMetrics): readonly WeeklyRow[] => rows.filter(isWhole);
const isWhole = ({ lane, pact }: WeeklyRow, _: number, rows: readonly WeeklyRow[]): boolean =>
  pact === null || rows.filter((row) => row.lane === lane).length === 1;

const workIn = ({ figures }: WeeklyRow): number =>
  figures.find(({ metric }) => metric === 'violations_escaped')?.n ?? 0;

/** The lane of the address, or the one with the most work; null: all together. */
export function laneOf(asked: string | null, rows: readonly WeeklyRow[], lanes: readonly string[]): string | null {
  if (asked === ALL_LANES) return null;
  if (asked !== null) return asked;
  const own = rows.filter((row) => row.lane !== null).toSorted((a, b) => workIn(b) - workIn(a));
  return own[0]?.lane ?? lanes[0] ?? null;
}

/** The week and those before it that a line shows, the oldest first; none before the first with evidence. */
export function weeksTo(week: string, withEvidence: readonly string[]): readonly string[] {
  const last = parseWeek(week);
  const first = Math.min(...withEvidence.flatMap((one) => parseWeek(one) ?? []));
  if (last === undefined) return [];
  return Array.from({ length: SHOWN_WEEKS }, (_, back) => last - SHOWN_WEEKS + 1 + back)
    .filter((one) => one >= Math.min(first, last))
    .map(formatWeek);
}

/** The weeks that can be chosen: those with evidence and the shown one, the newest first. */
export const choices = (week: string, withEvidence: readonly string[]): readonly string[] =>
  [...new Set([week, ...withEvidence])].toSorted().reverse();
