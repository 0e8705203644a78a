/** The table of a week: one figure a row, quoted where it must be, empty where there is no number. */
import type { WeeklyMetrics } from '@surety/core/wire';
import { expect, it } from 'vitest';
import { csvOf } from './weekly-csv.ts';

const figure = (more: object) => ({
  metric: 'csat',
  unit: 'share',
  currency: null,
  value: 0.8,
  lower: 0.7,
  upper: 0.875,
  met: 80,
  n: 100,
  targets: [],
  ...more,
});
const row = (more: object) => ({ agent: 'bot', lane: null, pact: null, review: null, figures: [], ...more });
const table = (...rows: object[]) => csvOf({ week: '2026-W17', rows } as unknown as WeeklyMetrics);

it('has a row for each figure, with its interval, n, targets and the review', () => {
  const targets = [
    { id: 'P-1', status: 'met' },
    { id: 'P-2', status: 'too_little_evidence' },
  ];
  const pact = { digest: 'x', name: 'shop', version: 3 };
  const figures = [
    figure({ targets }),
    figure({ metric: 'cost_per_verified_resolution', unit: 'minor', currency: 'USD' }),
  ];
  expect(table(row({ lane: 'refunds', pact, review: { decision: 'keep' }, figures }))).toEqual([
    'week,agent,lane,pact,pact_version,metric,unit,currency,value,lower,upper,met,n,targets,review',
    '2026-W17,bot,refunds,shop,3,csat,share,,0.8,0.7,0.875,80,100,P-1: met; P-2: too_little_evidence,keep',
    '2026-W17,bot,refunds,shop,3,cost_per_verified_resolution,minor,USD,0.8,0.7,0.875,80,100,,keep',
  ]);
});

it('leaves empty what has no number, and never writes a nought for it', () => {
  const figures = [figure({ value: null, lower: null, upper: null, met: null, n: 0 })];
  expect(table(row({ figures }))[1]).toBe('2026-W17,bot,,,,csat,share,,,,,,0,,');
});

it('quotes what holds a comma, a quote or a line break', () => {
  const pact = { digest: 'x', name: 'a "good", pact\n', version: 1 };
  expect(table(row({ pact, figures: [figure({})] }))[1]).toContain(',"a ""good"", pact\n",1,');
});
