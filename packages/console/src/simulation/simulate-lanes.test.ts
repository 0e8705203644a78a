/** The starter's lanes, forecast in the worker's own code. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { daysText, mistakeSentence } from '../places/pacts/forecasted.tsx';
import { simulateLanes } from './simulate-lanes.ts';

const starter = fileURLToPath(new URL('../../../cli/starters/support', import.meta.url));
const files = Object.fromEntries(
  (readdirSync(starter, { recursive: true }) as string[])
    .filter((path) => statSync(`${starter}/${path}`).isFile())
    .map((path) => [path, readFileSync(`${starter}/${path}`, 'utf8')]),
);
const pact = { path: 'pact.yaml', files };

describe('what allowed rates mean', () => {
  it('is a sentence for each lane, at the number that is asked for', () => {
    const [message] = simulateLanes({ kind: 'prospects', pact, perDay: { refund_checks: 10 } });
    if (message?.kind !== 'prospects') throw new Error('no prospects');
    expect(message.lanes.length).toBeGreaterThan(1);
    expect(message.lanes.find(({ lane }) => lane === 'refund_checks')).toMatchObject({
      perDay: 10,
      says: expect.stringContaining('About 10 conversations a day. Four clean weeks can prove at most 1 in 60.'),
    });
  });

  it('is what became of the imagined agents, told as it goes', () => {
    const asked = { kind: 'simulate', pact, lane: 'refund_checks', perDay: 10, runs: 5 } as const;
    const messages = [...simulateLanes(asked)];
    const last = messages.at(-1);
    expect(messages.slice(0, -1)).toEqual([1, 2, 3, 4, 5].map((done) => ({ kind: 'progress', done, of: 5 })));
    if (last?.kind !== 'simulated') throw new Error('not simulated');
    expect(last.report).toMatchObject({ runs: 5, per_day: 10, noticed: { share: expect.any(Number) } });
    expect(mistakeSentence(last.report)).toMatch(/by mistake/);
    expect([...simulateLanes(asked)]).toEqual(messages);
  });

  it('refuses what is no pact or no lane in one sentence', () => {
    const broken = { path: 'pact.yaml', files: { 'pact.yaml': 'lanes: [' } };
    expect([...simulateLanes({ kind: 'prospects', pact: broken, perDay: {} })]).toMatchObject([{ kind: 'refused' }]);
    expect([...simulateLanes({ kind: 'simulate', pact, lane: 'constructor', perDay: 1, runs: 1 })]).toEqual([
      { kind: 'refused', says: expect.stringContaining('has no lane constructor') },
    ]);
  });
});

it.each([
  [null, 'never'],
  [1, '1 day'],
  [8.01, '8.1 days'],
  [16.2, '17 days'],
])('rounds %d up to %s', (days, text) => {
  expect(daysText(days)).toBe(text);
});
