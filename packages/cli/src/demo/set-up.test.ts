import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as server from '@surety/server';
import { afterAll, expect, it } from 'vitest';
import { Diary } from './diary.ts';
import { People } from './people.ts';
import { samplePact } from './sample-pact.ts';
import { setUp } from './set-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'surety-set-up-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('leaves to its people what they signed after the desk was set up', { timeout: 120_000 }, async () => {
  const config = server.readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent' });
  const running = await server.startServer(config, {
    sample: true,
    onFatal(_code, sentence) {
      throw new Error(sentence);
    },
  });
  try {
    const diary = Diary.begin(folder, { seed: 7, visits: 1, begins: Date.UTC(2026, 0, 5) });
    const people = new People(running.address, running.localKey);
    await setUp(people, diary);
    const { pact, files, tests } = samplePact();
    const second = { ...files, [pact]: (files[pact] ?? '').replace('\nversion: 1\n', '\nversion: 2\n') };
    const proposed = await people.as('a.person').pact.propose({ pact, files: second, tests: { ...tests } });
    const { digest } = proposed.pact;
    await people.as('another.person').pact.sign({ digest }, {});
    await setUp(people, diary);
    // As after a kill before its last key was made.
    diary.pages.keys = {};
    await setUp(people, diary).catch(() => undefined);
    const { pacts } = await people.as('a.person').pact.list();
    expect(pacts.filter(({ in_force }) => in_force).map(({ version }) => version)).toEqual([1]);
  } finally {
    await running.close();
  }
});
