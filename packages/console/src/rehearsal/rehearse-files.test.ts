import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RehearseMessage, RehearseRequest } from './messages.ts';
import { rehearseFiles } from './rehearse-files.ts';
import { zoneOffset } from './zone-offset.ts';

const cli = fileURLToPath(new URL('../../../cli', import.meta.url));
const starter = `${cli}/starters/support`;
const files = Object.fromEntries(
  (readdirSync(starter, { recursive: true }) as string[])
    .filter((path) => statSync(`${starter}/${path}`).isFile())
    .map((path) => [path, readFileSync(`${starter}/${path}`, 'utf8')]),
);
const sample = readFileSync(`${cli}/sample/conversations.jsonl`);

async function rehearse(recordings: File[], pact: RehearseRequest['pact'] = { path: 'pact.yaml', files }) {
  const messages: RehearseMessage[] = [];
  for await (const message of rehearseFiles({ pact, recordings, now: undefined }, zoneOffset)) messages.push(message);
  return messages;
}
const lastOf = (messages: readonly RehearseMessage[]) => messages.at(-1);

describe('a rehearsal of dropped files', () => {
  it('opens every stop beside its sentence and its conversation', async () => {
    const messages = await rehearse([new File([sample], 'sample.jsonl')]);
    const stops = messages.flatMap((message) => (message.kind === 'stops' ? message.stops : []));
    expect(stops.length).toBeGreaterThan(0);
    for (const { conversation, step, tool, reasons } of stops) {
      expect(conversation.steps[step]).toMatchObject({ kind: 'call', tool });
      expect(reasons[0]?.says).toMatch(/\w/);
    }
    const saw = stops.flatMap(({ reasons }) => reasons).filter(({ values }) => 'action.args.amount' in values);
    expect(saw.length).toBeGreaterThan(0);
    for (const { units, currency } of saw)
      expect([units?.['action.args.amount'], currency]).toEqual(['money', expect.stringMatching(/^[A-Z]{3}$/)]);
    const done = lastOf(messages);
    expect(done).toMatchObject({ kind: 'done', stops: stops.length });
    if (done?.kind !== 'done') throw new Error('not done');
    const { hold, deny } = done.report.decisions;
    expect(stops.filter(({ enforced }) => enforced)).toHaveLength(hold.n + deny.n);
  });

  it('reads gzip, and says what it could not read', async () => {
    const packed = gzipSync(sample);
    const whole = lastOf(await rehearse([new File([packed], 'sample.jsonl.gz')]));
    expect(whole).toEqual(lastOf(await rehearse([new File([sample], 'sample.jsonl.gz')])));
    const cut = await rehearse([new File([packed.subarray(0, packed.length - 200)], 'cut.gz')]);
    expect(cut).toContainEqual({
      kind: 'unreadable',
      says: 'cut.gz: the gzip file is broken or cut off; what stood before that was read',
    });
    const wrong = await rehearse([new File([new Uint8Array([0x7b, 0xff, 0x7d])], 'wrong.json')]);
    expect(lastOf(wrong)).toEqual({ kind: 'refused', says: 'No conversation could be read from what you dropped.' });
  });

  it('refuses a pact with an error by its place', async () => {
    const pact = { path: 'pact.yaml', files: { 'pact.yaml': 'format: 1\nfoo: bar\n' } };
    const refused = lastOf(await rehearse([new File([sample], 'sample.jsonl')], pact));
    expect(refused?.kind === 'refused' && refused.says).toMatch(/^pact\.yaml:\d+:\d+ /);
  });
});
