/** Two servers on one PostgreSQL, one of them killed under load, and a database that goes away and comes back. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, makeDatabase, type TestDatabase } from '../../../../tools/test-database.ts';
import { openedTwice } from '../../../../tools/test-worlds.ts';
import { ask, type Call, Calls, callsOf, each, preparePact, propose } from './callers.ts';
import { type Line, openLine } from './line.ts';
import { makeFolder, type ServerProcess, startServer } from './running.ts';

const CALLERS = 64;
const MOST = 1_000;
const MORE = 200;

const postgres = await findPostgres();

describe.skipIf('absent' in postgres)(`servers on PostgreSQL ${'absent' in postgres ? postgres.absent : ''}`, () => {
  let database: TestDatabase;
  beforeAll(async () => {
    if ('url' in postgres) database = await makeDatabase(postgres.url);
  });
  afterAll(() => database?.drop());

  it('reach a limit exactly between them, also when one of the two is killed', async () => {
    const [here, there] = [makeFolder(), makeFolder()];
    const databaseUrl = database.url;
    const env = { SURETY_KEYS: join(here, 'keys') };
    const killed = await startServer(here, { databaseUrl });
    await preparePact(killed, MOST);
    const other = await startServer(there, { databaseUrl, env });
    const calls = new Calls();
    const next = some(callsOf('limit'), MOST + MORE);
    const working = Array.from({ length: CALLERS }, (_, i) => calls.work([killed, other], next, i));
    await calls.more(MOST / 2);
    await killed.end('SIGKILL');
    await Promise.all(working);
    const decisions = [...calls.answered.values()].map(({ decision }) => decision);
    expect(decisions.filter((decision) => decision === 'allow')).toHaveLength(MOST);
    expect(decisions.filter((decision) => decision === 'deny')).toHaveLength(MORE);

    const back = await startServer(here, { databaseUrl });
    await expectSame([back, other], calls);
    const roots = await Promise.all([back, other].map((server) => checkpointOf(server)));
    expect(roots[0]).toBe(roots[1]);
    // An orderly end leaves the world of the process as a snapshot: the next opening begins with it.
    for (const server of [back, other]) {
      expect(await server.end('SIGTERM')).toBe(0);
      expect(server.err()).toBe('');
      const opened = await openedTwice(here, databaseUrl);
      expect(opened).toMatchObject({ isEqual: true, spared: opened.size, streams: 1 });
    }
  });

  it('wait for a database that is away, and lose nothing that they answered', async () => {
    const data = makeFolder();
    const apart = await makeDatabase('url' in postgres ? postgres.url : '');
    const line = await openLine(apart.url);
    try {
      const server = await startServer(data, { databaseUrl: line.url });
      await preparePact(server, 1_000_000);
      const calls = new Calls();
      const working = Array.from({ length: CALLERS }, (_, i) => calls.work([server], callsOf(`away-${i}`), 0));
      await calls.more(300);
      await expectThrough(line, apart, calls);
      calls.isOver = true;
      await Promise.all(working);
      expect(calls.refused.filter(({ status, body }) => status !== 503 || body.code !== 'unavailable')).toEqual([]);
      await expectSame([server], calls);
      expect(await server.end('SIGTERM')).toBe(0);
      expect(await openedTwice(data, apart.url)).toMatchObject({ isEqual: true });
    } finally {
      await line.close();
      await apart.drop();
    }
  });
});

it.skipIf('url' in postgres)(
  `two servers did not run: ${'absent' in postgres ? postgres.absent : ''}`,
  () => undefined,
);

/** What a network and a database may do to a server; after each it goes on by itself. */
async function expectThrough(line: Line, database: TestDatabase, calls: Calls): Promise<void> {
  for (let n = 0; n < 3; n++) {
    await line.cutAtCommit();
    await calls.more(200);
  }
  await database.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await calls.more(200);
  line.cut();
  const before = calls.refused.length;
  await calls.until(() => calls.refused.length > before + 2 * CALLERS);
  line.mend();
  await calls.more(300);
}

async function expectSame(servers: readonly ServerProcess[], { answered }: Calls): Promise<void> {
  for (const server of servers)
    await each(answered, async ([call, answer]) => {
      expect(await propose(server, call)).toEqual({ status: 200, body: answer });
    });
}

async function checkpointOf({ address, key }: ServerProcess): Promise<string> {
  // Any look at an action takes in what the other appended.
  await ask({ address, key }, 'GET', '/v1/holds');
  const response = await fetch(`${address}/v1/ledger/checkpoint`, { headers: { authorization: `Bearer ${key}` } });
  return response.text();
}

function some(next: () => Call, count: number): () => Call | undefined {
  let left = count;
  return () => (left-- > 0 ? next() : undefined);
}
