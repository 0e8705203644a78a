/** What happens on the record makes the right things old. */
import { KINDS } from '@surety/core/evidence';
import { expect, it } from 'vitest';
import { NOUNS, nounsOf } from './nouns.ts';

it('knows nouns alone, for every kind of entry', () => {
  for (const kind of Object.keys(KINDS)) for (const noun of nounsOf(kind)) expect(NOUNS).toContain(noun);
  expect(nounsOf('hold.answered')).toContain('holds');
  expect(nounsOf('agent.stopped')).toContain('agents');
  expect(nounsOf('ledger.opened')).toEqual([]);
});
