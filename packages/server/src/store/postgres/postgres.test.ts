/** How PostgreSQL fails: two nodes, lost connections, and a COMMIT that nobody answers. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { appendIds, gate, headAfter, listed, rowsAfter, writeIds } from '../../../../../tools/test-batches.ts';
import { findPostgres, makeDatabase, type TestDatabase } from '../../../../../tools/test-database.ts';
import type { Store } from '../port.ts';
import { openPostgres } from './open.ts';

const found = await findPostgres();
const server = 'url' in found ? found.url : '';
const failure = (code: string, sentence = /./) =>
  expect.objectContaining({ name: 'StoreError', code, message: expect.stringMatching(sentence) });

describe.skipIf('absent' in found)('The ledger of a schema', () => {
  let database: TestDatabase;
  let schema = '';
  let schemas = 0;
  const stores: Store[] = [];
  const opened = async (url = database.url): Promise<Store> => {
    const store = await openPostgres({ url, schema });
    stores.push(store);
    return store;
  };
  const fresh = (): Promise<Store> => {
    schema = `s${schemas++}`;
    return opened();
  };
  const ids = async (store: Store) => (await listed(store.entries(0, 99))).map((row) => row.id);

  beforeAll(async () => {
    database = await makeDatabase(server);
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });
  afterAll(() => database.drop());

  it('is fit: the settings are read back, and what is doubtful is told', async () => {
    const { settings, warnings } = await (await fresh()).facts();
    expect(settings).toMatchObject({ fsync: 'on', full_page_writes: 'on', server_encoding: 'UTF8' });
    expect(warnings.join(' ')).toMatch(/may UPDATE or DELETE entries.*no synchronous standby/);
  });

  it('is made once by nodes that start together', async () => {
    schema = `s${schemas++}`;
    const nodes = await Promise.all(Array.from({ length: 4 }, () => opened()));
    expect((await Promise.all(nodes.map((node) => node.head()))).map((head) => head.size)).toEqual([0, 0, 0, 0]);
  });

  it('shows the second node what the first committed while it waited for the lock', async () => {
    const first = await fresh();
    const second = await opened();
    const isLocked = gate();
    const mayEnd = gate();
    const one = first.append(async (tx) => {
      isLocked.open();
      await mayEnd.opened;
      await writeIds(tx, ['one', 'two']);
    });
    await isLocked.opened;
    const two = second.append(async (tx) => {
      const seen = (await tx.entries(0)).map((row) => row.id);
      await writeIds(tx, ['three']);
      return { seen, size: tx.head.size };
    });
    mayEnd.open();
    await one;
    expect(await two).toEqual({ seen: ['one', 'two'], size: 2 });
    expect(await ids(first)).toEqual(['one', 'two', 'three']);
  });

  it('leaves no gap when two nodes append at once', async () => {
    const nodes = [await fresh(), await opened()];
    await Promise.all(
      nodes.flatMap((node, k) => Array.from({ length: 20 }, (_, i) => appendIds(node, [`n${k}/${i}`, `m${k}/${i}`]))),
    );
    const rows = await listed((nodes[0] as Store).entries(0, 99));
    expect(rows.map((row) => row.idx)).toEqual(Array.from({ length: 80 }, (_, k) => k));
  });

  it('is busy when the lock is not had in time', async () => {
    const first = await fresh();
    const second = await opened();
    await first.append(async (tx) => {
      await expect(appendIds(second, ['late'])).rejects.toEqual(failure('busy', /ask again/));
      await writeIds(tx, ['one']);
    });
    await appendIds(second, ['late']);
    expect(await ids(first)).toEqual(['one', 'late']);
  });

  it('loses nothing with a connection that breaks off in the middle, and takes another', async () => {
    const store = await fresh();
    await appendIds(store, ['one']);
    const broken = store.append(async (tx) => {
      await writeIds(tx, ['two']);
      await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()",
      );
      await tx.find(['one']);
    });
    await expect(broken).rejects.toEqual(failure('unavailable', /start it or correct its URL/));
    expect(await ids(store)).toEqual(['one']);
    await appendIds(store, ['two']);
    expect(await ids(store)).toEqual(['one', 'two']);
  });

  it('says that the outcome is unknown when COMMIT is not answered, whether it happened or not', async () => {
    const direct = await fresh();
    for (const [cut, outcome] of [
      ['before', ['one']],
      ['after', ['one', 'cut after']],
    ] as const) {
      const wire = await cutAtCommit(database.url, cut);
      const store = await opened(wire.url);
      if (cut === 'before') await appendIds(direct, ['one']);
      wire.arm();
      await expect(appendIds(store, [`cut ${cut}`])).rejects.toEqual(failure('unknown_outcome', /look under the head/));
      // Under the head's lock the answer is final: the lost transaction has ended, one way or the other.
      const seen = await store.append(async (tx) => (await tx.entries(0)).map((row) => row.id));
      expect(seen).toEqual(outcome);
      wire.close();
    }
  });

  it('does not take a rolled back COMMIT for one', async () => {
    const store = await fresh();
    const careless = store.append(async (tx) => {
      await tx
        .write(
          rowsAfter(tx.head, ['one']),
          [{ level: 0, n: 0, hashes: new Uint8Array(1) }],
          {
            ...headAfter(tx.head, rowsAfter(tx.head, ['one'])),
          },
          {
            requests: [
              { idx: 0, tag: new Uint8Array(1) },
              { idx: 0, tag: new Uint8Array(1) },
            ],
          },
        )
        .catch(() => undefined);
    });
    await expect(careless).rejects.toEqual(failure('refused', /rolled back/));
    expect((await store.head()).size).toBe(0);
  });

  it('is forked when someone wrote past the lock', async () => {
    const store = await fresh();
    await appendIds(store, ['one']);
    await database.query(`INSERT INTO ${schema}.entry VALUES (1, 'stranger', 'trace.observed', '')`);
    await expect(appendIds(store, ['two'])).rejects.toEqual(failure('forked', /stop and verify/));
  });

  it('needs no right to change entries, and says which right is missing', async () => {
    await fresh();
    await database.query(`DROP ROLE IF EXISTS surety_node; CREATE ROLE surety_node LOGIN PASSWORD 'x';
      GRANT USAGE ON SCHEMA ${schema} TO surety_node;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO surety_node;
      REVOKE UPDATE, DELETE ON ${schema}.entry FROM surety_node`);
    const url = new URL(database.url);
    url.username = 'surety_node';
    url.password = 'x';
    const node = await opened(url.href);
    await appendIds(node, ['one']);
    expect((await node.facts()).warnings.join()).not.toMatch(/may UPDATE/);
    await database.query(`REVOKE INSERT ON ${schema}.entry FROM surety_node`);
    await expect(appendIds(node, ['two'])).rejects.toEqual(failure('unfit', /look at the URL, its rights/));
    await database.query(`DROP OWNED BY surety_node; DROP ROLE surety_node`).catch(() => undefined);
  });

  it('refuses a server that would lose what it committed, a replica’s read-only session, and a wrong address', async () => {
    const withOption = (option: string) => `${database.url}?options=${encodeURIComponent(`-c ${option}`)}`;
    await expect(openPostgres({ url: withOption('synchronous_commit=off') })).rejects.toEqual(
      failure('unfit', /synchronous_commit is off/),
    );
    await expect(openPostgres({ url: withOption('default_transaction_read_only=on') })).rejects.toEqual(
      failure('unfit', /read_only is on/),
    );
    await expect(openPostgres({ url: 'postgres://127.0.0.1:1/none' })).rejects.toEqual(
      failure('unavailable', /^PostgreSQL at 127\.0\.0\.1:1\/none cannot be reached/),
    );
    const wrong = new URL(database.url);
    wrong.password = 'hunter2';
    const refused = await openPostgres({ url: wrong.href }).catch((error: Error) => error.message);
    expect(refused).toMatch(/look at the URL/);
    expect(refused).not.toMatch(/hunter2/);
  });
});

/** A wire to the server that breaks at the next COMMIT: before it is sent on, or after it was answered. */
async function cutAtCommit(url: string, cut: 'before' | 'after') {
  const target = new URL(url);
  const { port, hostname } = target;
  const sockets = new Set<Socket>();
  let isArmed = false;
  const listening: Server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => [near, far].forEach((end) => void end.destroy()));
    }
    let isCut = false;
    near.on('data', (chunk) => {
      isCut ||= isArmed && chunk.includes('COMMIT\0');
      if (isCut) isArmed = false;
      if (isCut && cut === 'before') near.destroy();
      else far.write(chunk);
    });
    far.on('data', (chunk) => (isCut ? near.destroy() : near.write(chunk)));
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  target.port = String((listening.address() as AddressInfo).port);
  target.hostname = '127.0.0.1';
  return {
    url: target.href,
    arm: () => {
      isArmed = true;
    },
    close: () => {
      listening.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
