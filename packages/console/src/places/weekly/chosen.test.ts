/** The address leads, then the work. */
import type { WeeklyRow } from '@surety/core/wire';
import { expect, it } from 'vitest';
import { ALL_LANES, choices, laneOf, weeksTo } from './chosen.ts';

const row = (lane: string | null, n: number): WeeklyRow =>
  ({ lane, pact: null, figures: [{ metric: 'violations_escaped', n }] }) as unknown as WeeklyRow;

it('takes the lane of the address, else the one with the most work, else the first of the pact', () => {
  const rows = [row(null, 90), row('talk', 10), row('refunds', 30)];
  expect(laneOf('talk', rows, [])).toBe('talk');
  expect(laneOf(ALL_LANES, rows, [])).toBeNull();
  expect(laneOf(null, rows, [])).toBe('refunds');
  expect(laneOf(null, [], ['triage'])).toBe('triage');
  expect(laneOf(null, [], [])).toBeNull();
});

it('shows weeks in a row, also empty ones, over the end of a year', () => {
  expect(weeksTo('2026-W02', ['2025-W52', '2026-W02'])).toEqual(['2025-W52', '2026-W01', '2026-W02']);
  expect(weeksTo('2026-W20', ['2026-W01'])).toHaveLength(8);
  expect(weeksTo('2026-W20', [])).toEqual(['2026-W20']);
  expect(choices('2026-W03', ['2026-W02', '2026-W04'])).toEqual(['2026-W04', '2026-W03', '2026-W02']);
});
