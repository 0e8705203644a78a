/** The weekly figures as CSV (RFC 4180), one figure a row. What has no number stays empty: an absent figure is no nought. */
import type { WeeklyMetrics, WeeklyRow } from '@surety/core/wire';

type Figure = WeeklyRow['figures'][number];
type Cell = string | number | null;

/** Each column with what stands in it. Shares go from 0 to 1, waits are in milliseconds, money in minor units. */
const COLUMNS: Readonly<Record<string, (week: string, row: WeeklyRow, figure: Figure) => Cell>> = {
  week: (week) => week,
  agent: (_, { agent }) => agent,
  lane: (_, { lane }) => lane,
  pact: (_, { pact }) => pact?.name ?? null,
  pact_version: (_, { pact }) => pact?.version ?? null,
  metric: (_, __, { metric }) => metric,
  unit: (_, __, { unit }) => unit,
  currency: (_, __, { currency }) => currency,
  value: (_, __, { value }) => value,
  lower: (_, __, { lower }) => lower,
  upper: (_, __, { upper }) => upper,
  met: (_, __, { met }) => met,
  n: (_, __, { n }) => n,
  targets: (_, __, { targets }) => targets.map(({ id, status }) => `${id}: ${status}`).join('; '),
  review: (_, { review }) => review?.decision ?? null,
};

export function csvOf({ week, rows }: WeeklyMetrics): readonly string[] {
  const cells = Object.values(COLUMNS);
  const lines = rows.flatMap((row) =>
    row.figures.map((figure) => cells.map((cell) => written(cell(week, row, figure)))),
  );
  return [Object.keys(COLUMNS), ...lines].map((line) => line.join(','));
}

const written = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
