/** The weekly figures, the reviews that were signed, and the weeks before the shown one. */
import type { QueryOf, WeeklyRow } from '@surety/core/wire';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

export const useWeekly = (query: QueryOf<'metrics.weekly'>) =>
  useQuery({
    queryKey: ['weekly', query],
    queryFn: ({ signal }) => call('metrics.weekly', { query, signal }),
    placeholderData: keepPreviousData,
  });

export const useReviews = (query: QueryOf<'week.reviews'>) =>
  useQuery({
    queryKey: ['weekly', 'reviews', query],
    queryFn: ({ signal }) => call('week.reviews', { query, signal }),
  });

export interface WeekBefore {
  readonly week: string;
  readonly from: string;
  readonly to: string;
  /** Undefined where nothing was counted in it. */
  readonly row: WeeklyRow | undefined;
}

/** One lane in several weeks, as they were asked for. Not of the noun `weekly`: what is new hardly moves them. */
export const useWeeksBefore = ({
  agent,
  lane,
  weeks,
}: {
  readonly agent: string;
  readonly lane: string | null;
  readonly weeks: readonly string[];
}) =>
  useQuery({
    queryKey: ['weeks before', agent, lane, weeks],
    queryFn: ({ signal }) =>
      Promise.all(
        weeks.map(async (week): Promise<WeekBefore> => {
          const query = { agent, week, ...(lane === null ? {} : { lane }) };
          const { from, to, rows } = await call('metrics.weekly', { query, signal });
          return { week, from, to, row: rows.find((row) => row.lane === lane && row.pact === null) ?? rows[0] };
        }),
      ),
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
