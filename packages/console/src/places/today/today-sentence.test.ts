/** “What needs me now?” is answered in one sentence, whatever there is. */
import type { Today } from '@surety/core/wire';
import { expect, it } from 'vitest';
import { todaySentence } from './today-sentence.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const quiet: Today = {
  at: '2026-11-24T12:00:00Z',
  holds: { open: 0, late: 0, mine: 0, conversations: 0, oldest_at: null, next_due: null, by_lane: [] },
  stopped: [],
  decisions: { since: '2026-11-23T12:00:00Z', allow: 0, hold: 0, deny: 0 },
  hand_overs: 0,
  agents: 2,
  pacts_waiting: [],
  ledger: { size: 1, at: '2026-11-24T12:00:00Z', counted: 1 },
};
const holds = (more: Partial<Today['holds']>): Today => ({ ...quiet, holds: { ...quiet.holds, ...more } });
const three = {
  open: 4,
  conversations: 3,
  oldest_at: '2026-11-24T11:48:00Z',
  next_due: '2026-11-24T12:18:30Z',
};

it.each([
  [quiet, 'Nothing waits for a person right now.'],
  [holds(three), '3 conversations wait for a person; the oldest has waited 12 minutes, the next is due in 18 minutes.'],
  [
    holds({ ...three, conversations: 1, late: 1 }),
    '1 conversation waits for a person; the oldest has waited 12 minutes, 1 is late.',
  ],
  [
    { ...quiet, stopped: [{ agent: 'bot', lane: null, since: null, by: null, reason: null }] },
    'Nothing waits for a person right now. 1 stop in force.',
  ],
])('%#', (today, says) => {
  expect(todaySentence(today, NOW)).toBe(says);
});
