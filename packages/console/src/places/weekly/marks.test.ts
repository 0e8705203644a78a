/** What changed in the weeks that are shown, in the order in which it happened. */
import type { LaneTrust } from '@surety/core/wire';
import { expect, it } from 'vitest';
import { changesIn, marksOf } from './marks.ts';

const missed = (week: string, at: string): LaneTrust['missed'][number] => ({
  week,
  at,
  seq: 7,
  target: 'R-8',
  sentence: `R-8 was missed in ${week}, so the lane is held.`,
});

it('tells of missed targets by the week they are about, and marks in the line what lies in it', () => {
  const changes = changesIn(['2026-W16', '2026-W17'], {
    moves: [
      {
        at: '2026-04-20T09:00:00.000Z',
        seq: 5,
        from: 'limited',
        to: 'supervised',
        reason: 'drift',
        sentence: 'From limited to supervised: worse.',
      },
    ],
    missed: [
      missed('2026-W17', '2026-05-04T00:00:00.000Z'),
      missed('2026-W15', '2026-04-20T00:00:00.000Z'),
      missed('2026-W14', '2026-04-12T00:00:00.000Z'),
    ],
    pacts: [],
  });
  expect(changes.map(({ kind, says }) => `${kind}: ${says}`)).toEqual([
    'target: R-8 was missed in 2026-W15, so the lane is held.',
    'state: From limited to supervised: worse.',
    'target: R-8 was missed in 2026-W17, so the lane is held.',
  ]);
  expect(marksOf(changes).map(({ kind, at }) => [kind, at.toFixed(2)])).toEqual([
    ['target', '0.50'],
    ['state', '0.53'],
  ]);
});
