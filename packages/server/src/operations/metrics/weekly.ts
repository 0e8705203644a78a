/** The weekly figures of every agent and lane, as the world has them now. */
import type { Pact } from '@surety/core/pact';
import { DAY, formatTime, formatWeek, parseWeek, weekAt, weekStart } from '@surety/core/terms';
import type { WeeklyMetrics, WeeklyQuery, WeeklyRow } from '@surety/core/wire';
import { pactsOf, reviewsOf, type WeekRow, weekRows, weekSays, weeksIn, weekTerms } from '@surety/core/world';
import { getAgent } from '../agent/standing.ts';
import type { Context } from '../context.ts';
import { InvalidError } from '../errors.ts';
import { shownReview } from '../week/reviews.ts';

/** An agent nobody knows has no figures, and an empty answer would not say so. */
export async function weeklyMetrics(context: Context, query: WeeklyQuery): Promise<WeeklyMetrics> {
  const now = context.clock();
  const { world } = context.writer;
  const { agent, lane, minute_minor } = query;
  if (agent !== undefined) getAgent(world, agent);
  const week = weekOf(query.week, now);
  const pacts = await pactsIn(context, week, agent);
  const rows = weekRows(world, {
    week,
    now,
    agent,
    lane,
    minute_minor,
    termsOf(digest, of) {
      const pact = pacts.get(digest);
      return pact && weekTerms(pact, of);
    },
  });
  const to = weekStart(week + 1);
  return {
    week: formatWeek(week),
    from: formatTime(weekStart(week)),
    to: formatTime(to),
    over: to <= now,
    final_at: formatTime(to + 7 * DAY),
    at: formatTime(now),
    weeks: weeksIn(world, { agent, lane }).map(formatWeek),
    says: weekSays(week, now, rows),
    rows: await Promise.all(rows.map((row) => shownRow(context, week, pacts, row))),
  };
}

function weekOf(asked: string | undefined, now: number): number {
  if (asked === undefined) return weekAt(now) - 1;
  const week = parseWeek(asked);
  if (week === undefined)
    throw new InvalidError('request.malformed', `There is no week ${asked}; a week is written such as 2026-W17`);
  if (week > weekAt(now))
    throw new InvalidError(
      'request.malformed',
      `The week ${asked} has not begun; ${formatWeek(weekAt(now))} is running`,
    );
  return week;
}

/** Those that acted in the week, and those in force now. */
async function pactsIn(context: Context, week: number, agent: string | undefined): Promise<Map<string, Pact>> {
  const { world } = context.writer;
  const digests = new Set(
    world.weeks.cells
      .filter((cell) => cell.week === week && (agent === undefined || cell.agent === agent))
      .flatMap((cell) => [cell.pact, ...pactsOf(world.pacts, cell.agent)]),
  );
  const pacts = new Map<string, Pact>();
  for (const digest of digests) {
    const standing = world.pacts.byDigest.get(digest);
    if (standing) pacts.set(digest, await context.shelf.get(standing));
  }
  return pacts;
}

async function shownRow(
  context: Context,
  week: number,
  pacts: ReadonlyMap<string, Pact>,
  { agent, lane, pact: digest, says, figures }: WeekRow,
): Promise<WeeklyRow> {
  const pact = digest === null ? undefined : pacts.get(digest);
  const filter = { agent, lane: lane ?? undefined, week: formatWeek(week) };
  const [latest] = lane === null ? [] : reviewsOf(context.writer.world.reviews, filter);
  return {
    agent,
    lane,
    pact: pact ? { digest: pact.digest, name: pact.name, version: pact.version } : null,
    says,
    figures,
    review: latest ? await shownReview(context, latest) : null,
  };
}
