/** The write-ahead log comes home beside the writers, and an error on the way is the end. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headAfter, listed, rowsAfter } from '../../../../../tools/test-batches.ts';
import type { Store } from '../port.ts';
import { CheckpointThread } from './checkpoints.ts';
import { openSqlite } from './open.ts';

describe('The thread for checkpoints', () => {
  let folder = '';
  let db: Sqlite.Database;
  let thread: CheckpointThread;
  const path = () => join(folder, 'ledger.sqlite');
  const walBytes = () => statSync(`${path()}-wal`).size;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'surety-checkpoints-'));
    db = new Sqlite(path());
    db.pragma('journal_mode = wal');
    db.pragma('wal_autocheckpoint = 0');
    db.exec('CREATE TABLE entry (idx INTEGER PRIMARY KEY, body BLOB)');
    thread = new CheckpointThread(path());
  });
  afterEach(async () => {
    await thread.end();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const write = () => db.exec('INSERT INTO entry (body) VALUES (randomblob(100000))');

  it('brings all of the log home, and gives its space back when asked to', async () => {
    write();
    expect(await thread.run('PASSIVE')).toBe(0);
    expect(statSync(path()).size).toBeGreaterThan(100_000);
    expect(walBytes()).toBeGreaterThan(100_000);
    expect(await thread.run('TRUNCATE')).toBe(0);
    expect(walBytes()).toBe(0);
  });

  it('leaves what a reader still needs, and neither waits for the other', async () => {
    write();
    const reader = new Sqlite(path(), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM entry').get();
    write();
    expect(await thread.run('PASSIVE')).toBeGreaterThan(0);
    reader.close();
    expect(await thread.run('PASSIVE')).toBe(0);
  });

  it('says what SQLite says, and ends more than once', async () => {
    await thread.end();
    const nowhere = new CheckpointThread(join(folder, 'absent.sqlite'));
    await expect(nowhere.run('PASSIVE')).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_IOERR/) });
    await nowhere.end();
    await thread.run('PASSIVE');
    await thread.end();
    await thread.end();
  });
});

describe('The ledger of a folder whose log comes home often', () => {
  let folder = '';
  let store: Store;
  const file = () => join(folder, 'ledger.sqlite');
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'surety-checkpoints-'));
    store = await openSqlite({ folder, checkpointBytes: 200_000 });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let n = 0;
  const append = () =>
    store.append((tx) => {
      const rows = rowsAfter(tx.head, [`a/${n++}`]).map((row) => ({ ...row, body: new Uint8Array(60_000).fill(n) }));
      return tx.write(rows, [], headAfter(tx.head, rows), {});
    });

  it('keeps the log short however much is written, and every entry', async () => {
    for (let i = 0; i < 400; i++) await append();
    expect(statSync(`${file()}-wal`).size).toBeLessThan(9_000_000);
    expect(statSync(file()).size).toBeGreaterThan(3_000_000);
    await store.close();
    expect(statSync(file()).size).toBeGreaterThan(24_000_000);
    store = await openSqlite({ folder });
    expect((await listed(store.entries(0, 999))).map(({ body }) => body.length)).toEqual(Array(400).fill(60_000));
  });

  const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;
  it.skipIf(!canLimit)(
    'ends when a checkpoint fails: nothing acknowledged is lost, nothing more is taken',
    async () => {
      const limitFiles = (bytes: number | 'unlimited') =>
        expect(spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]).status).toBe(0);
      // The log begins anew and again fits; the database grows past what a file may have.
      limitFiles(3_500_000);
      let taken = 0;
      try {
        const until = async () => {
          for (; taken < 200; taken++) await append();
        };
        const said = expect.objectContaining({ code: 'durability' });
        await expect(until()).rejects.toEqual(said);
        limitFiles('unlimited');
        await expect(append()).rejects.toEqual(said);
        await expect(store.head()).rejects.toEqual(said);
      } finally {
        limitFiles('unlimited');
      }
      expect(taken).toBeGreaterThan(20);
      await store.close();
      store = await openSqlite({ folder });
      expect(await listed(store.entries(0, 200))).toHaveLength(taken);
    },
  );
});
