/** The weekly figures of every agent and lane, read from the counts as of a moment. */

import { addCounts, noCounts, type WeekCounts } from '../../metrics/week/counts.ts';
import type { WeeklyFigure } from '../../metrics/week/figure.ts';
import { weeklyFigures, weekSentence } from '../../metrics/week/figures.ts';
import { NONE_OPEN } from '../../metrics/week/waiting.ts';
import { DAY, formatTime, WEEK } from '../../terms/time.ts';
import { formatWeek, weekStart } from '../../terms/week.ts';
import type { World } from '../world.ts';
import { openIn } from './open-waits.ts';
import type { WeekTerms } from './terms.ts';
import type { WeekCell } from './weeks.ts';

export interface WeekAsked {
  readonly week: number;
  readonly now: number;
  readonly agent?: string | undefined;
  readonly lane?: string | undefined;
  /** What a minute of a reviewer costs, in minor units. */
  readonly minute_minor?: number | undefined;
  /** Of a pact by its digest. */
  termsOf(digest: string, lane: string | null): WeekTerms | undefined;
}

export interface WeekRow {
  readonly agent: string;
  readonly lane: string | null;
  /** Null: under all versions there were. */
  readonly pact: string | null;
  readonly says: string;
  readonly figures: WeeklyFigure[];
}

type Cells = readonly WeekCell[];

const isAsked = ({ agent, lane }: WeekCell, asked: Pick<WeekAsked, 'agent' | 'lane'>): boolean =>
  (asked.agent === undefined || agent === asked.agent) && (asked.lane === undefined || lane === asked.lane);

/** Weeks with evidence, the latest first. */
export function weeksIn({ weeks }: World, asked: Pick<WeekAsked, 'agent' | 'lane'>): number[] {
  const found = new Set(weeks.cells.filter((cell) => isAsked(cell, asked)).map(({ week }) => week));
  return [...found].sort((a, b) => b - a);
}

/** By agent and lane, all lanes together first; under all pact versions, then under each where there were several. */
export function weekRows(world: World, asked: WeekAsked): WeekRow[] {
  const groups = new Map<string, WeekCell[]>();
  for (const cell of world.weeks.cells) {
    if (!isAsked(cell, asked)) continue;
    const key = `${cell.agent} ${cell.lane ?? ''}`;
    const group = groups.get(key) ?? [];
    group.push(cell);
    groups.set(key, group);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, cells]) => cells)
    .filter((cells) => cells.some(({ week }) => week === asked.week))
    .flatMap((cells) => rowsOf(world, cells, asked));
}

function rowsOf(world: World, cells: Cells, asked: WeekAsked): WeekRow[] {
  const here = cells.filter(({ week }) => week === asked.week);
  const pacts = [...new Set(here.map(({ pact }) => pact))].filter((pact) => pact !== '').sort();
  const all = rowOf(world, cells, null, pacts, asked);
  if (pacts.length < 2) return [all];
  return [
    all,
    ...pacts.map((pact) =>
      rowOf(
        world,
        cells.filter((cell) => cell.pact === pact),
        pact,
        [pact],
        asked,
      ),
    ),
  ];
}

function rowOf(world: World, cells: Cells, pact: string | null, pacts: readonly string[], asked: WeekAsked): WeekRow {
  const [{ agent, lane }] = cells as [WeekCell];
  const { week, now, minute_minor } = asked;
  const byWeek = new Map<number, WeekCounts>();
  for (const cell of cells) {
    const counts = byWeek.get(cell.week) ?? noCounts();
    addCounts(counts, cell.counts);
    byWeek.set(cell.week, counts);
  }
  const open = openIn(world, { agent, lane, pact }, now);
  const bound = pact ?? pactOf(world, agent, lane, pacts);
  const terms = bound === undefined ? undefined : asked.termsOf(bound, lane);
  const currency = terms?.currency ?? 'USD';
  const minute = minute_minor === undefined ? null : { minor: minute_minor, currency };
  const figures = weeklyFigures({
    week,
    now,
    counts: (one) => byWeek.get(one),
    open: (one) => open.get(one) ?? NONE_OPEN,
    targets: terms?.targets ?? [],
    prices: { fee: terms?.fee ?? null, minute, currency },
  });
  return { agent, lane, pact, says: weekSentence(figures), figures };
}

/** The pact in force, or the one there was in that week. */
function pactOf({ pacts }: World, agent: string, lane: string | null, there: readonly string[]): string | undefined {
  const inForce = pacts.inForce.get(agent) ?? {};
  const now = lane === null ? Object.values(inForce)[0] : Object.hasOwn(inForce, lane) ? inForce[lane] : undefined;
  return now ?? there.at(-1);
}

const day = (ms: number): string => formatTime(ms).slice(0, 10);

/** What stands above the rows: which days, how final, of how many. */
export function weekSays(week: number, now: number, rows: readonly WeekRow[]): string {
  const [from, to] = [weekStart(week), weekStart(week + 1)];
  const days = `Week ${formatWeek(week)}, ${day(from)} to ${day(to - DAY)} (UTC)`;
  const agents = new Set(rows.map(({ agent }) => agent)).size;
  if (agents === 0) return `${days}: no evidence.`;
  const final =
    now < to
      ? `still running until ${day(to)}`
      : now < to + WEEK
        ? `over; all resolutions are mature on ${day(to + WEEK)}`
        : 'over, and every resolution has had its 7 days';
  return `${days}: ${final}. ${agents} ${agents === 1 ? 'agent' : 'agents'}.`;
}
