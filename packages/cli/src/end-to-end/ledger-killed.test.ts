/** kill -9 in the middle of appends: what was acknowledged is in the ledger exactly once, and the world is its fold. */
import { randomInt } from 'node:crypto';
import { readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, makeDatabase, type TestDatabase } from '../../../../tools/test-database.ts';
import { openedTwice } from '../../../../tools/test-worlds.ts';
import { answerOf, makeFolder, run } from './running.ts';

const ROUNDS = 3;
const LEAST = 500;
const LINE = 'a/0123456789abcdef0123456789abcdef\n'.length;

/** Kills it at once when the file of acknowledged ids has grown by so much: where in a commit is a matter of chance. */
function killAfter(file: string, lines: number, kill: () => void): void {
  const enough = statSync(file).size + lines * LINE;
  const watcher = watch(file, () => {
    if (statSync(file).size < enough) return;
    watcher.close();
    kill();
  });
}

async function loadAndKill(data: string, acked: string, url: readonly string[]): Promise<void> {
  const lines = randomInt(LEAST, 2 * LEAST);
  const load = run(['ledger', 'load', '--data', data, ...url, '--callers', '64', '--acked', acked]);
  killAfter(acked, lines, () => load.child.kill('SIGKILL'));
  expect({ ended: await load.ended, err: load.err() }).toEqual({ ended: 'SIGKILL', err: '' });
}

const postgres = await findPostgres();

describe.each(['SQLite', ...('url' in postgres ? ['PostgreSQL'] : [])])('a load killed on %s', (engine) => {
  const data = makeFolder();
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    if (engine === 'PostgreSQL' && 'url' in postgres) database = await makeDatabase(postgres.url);
  });
  afterAll(() => database?.drop());

  it('loses nothing that was acknowledged, has nothing twice, and folds to the same world', async () => {
    const acked = join(data, 'acked');
    writeFileSync(acked, '');
    const url = database ? ['--database-url', database.url] : [];
    for (let round = 1; round <= ROUNDS; round++) {
      await loadAndKill(data, acked, url);
      const { code, out, err } = await answerOf(['ledger', 'ids', '--data', data, ...url]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const ids = out.trimEnd().split('\n');
      const there = new Set(ids);
      expect(there.size, 'an id twice').toBe(ids.length);
      const told = readFileSync(acked, 'utf8').trimEnd().split('\n');
      expect(told.length).toBeGreaterThanOrEqual(round * LEAST);
      expect(told.filter((id) => !there.has(id))).toEqual([]);
      // From the second round on the first of the two begins with a snapshot.
      const { spared, isEqual, size } = await openedTwice(data, database?.url);
      expect({ isEqual, size, hasSnapshot: spared > 0 }).toEqual({
        isEqual: true,
        size: ids.length,
        hasSnapshot: round > 1,
      });
    }
  });
});

it.skipIf('url' in postgres)(
  `a load killed on PostgreSQL: ${'absent' in postgres ? postgres.absent : ''}`,
  () => undefined,
);
