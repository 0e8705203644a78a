/** How SQLite fails: always with one sentence, never with half an entry. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendIds, listed } from '../../../../../tools/test-batches.ts';
import type { Store } from '../port.ts';
import { SCHEMA } from '../portable/schema.ts';
import { openSqlite } from './open.ts';
import { isFitVersion } from './settings.ts';

const failure = (code: string, sentence: RegExp) =>
  expect.objectContaining({ name: 'StoreError', code, message: expect.stringMatching(sentence) });

describe('The ledger of a folder', () => {
  let root = '';
  let folder = '';
  const open: Store[] = [];
  const opened = async (): Promise<Store> => {
    const store = await openSqlite({ folder });
    open.push(store);
    return store;
  };
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => `a/${from + k}`);
  const file = () => join(folder, 'ledger.sqlite');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'surety-sqlite-'));
    folder = join(root, 'data');
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('is durable by its settings, and its own user alone may read it', async () => {
    const { settings, version, warnings } = await (await opened()).facts();
    expect(settings).toMatchObject({ journal_mode: 'wal', synchronous: '2', secure_delete: '1', trusted_schema: '0' });
    expect([isFitVersion(version), warnings]).toEqual([true, []]);
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('refuses versions that lose what they committed', () => {
    const fit = ['3.44.6', '3.44.9', '3.50.7', '3.51.3', '3.52.0', '3.53.2', '4.0.0'];
    const unfit = ['3.44.5', '3.45.9', '3.49.2', '3.50.6', '3.51.2', '3.8.11', '2.8.17'];
    expect([fit.filter(isFitVersion), unfit.filter(isFitVersion)]).toEqual([fit, []]);
  });

  it('has one process: a second is told so, until the first is gone', async () => {
    const store = await opened();
    await expect(openSqlite({ folder })).rejects.toEqual(
      failure('locked', /^another Surety process owns .*: stop it first/),
    );
    const other = `const Sqlite = require('better-sqlite3'); const db = new Sqlite(process.argv[1], { timeout: 0 });
      try { db.exec('BEGIN EXCLUSIVE') } catch (error) { console.log(error.code) }`;
    const second = spawnSync(process.execPath, ['-e', other, join(folder, 'lock')], { encoding: 'utf8' });
    expect(second.stdout.trim()).toBe('SQLITE_BUSY');
    await store.close();
    await expect(opened()).resolves.toBeDefined();
  });

  it('refuses a file that was cut short, and changes nothing', async () => {
    const store = await opened();
    await appendIds(store, ids(0, 3_000));
    await store.close();
    truncateSync(file(), Math.floor(statSync(file()).size / 8_192) * 4_096);
    await expect(openSqlite({ folder })).rejects.toEqual(
      failure('damaged', /is damaged or cut short: restore a backup/),
    );
    truncateSync(file(), 50);
    await expect(openSqlite({ folder })).rejects.toEqual(failure('damaged', /ledger\.sqlite is damaged/));
    expect(statSync(file()).size).toBe(50);
  });

  it('refuses a file that is no database', async () => {
    await (await opened()).close();
    writeFileSync(file(), 'To whom it may concern. '.repeat(500));
    await expect(openSqlite({ folder })).rejects.toEqual(failure('damaged', /restore a backup/));
  });

  it('refuses what a newer Surety wrote, and a database that is not Surety’s', async () => {
    const change = (statement: string) => {
      const db = new Sqlite(file());
      db.exec(statement);
      db.close();
    };
    await (await opened()).close();
    change(`UPDATE meta SET value = '${SCHEMA + 1}' WHERE name = 'schema'`);
    await expect(openSqlite({ folder })).rejects.toEqual(
      failure('newer_schema', new RegExp(`newer Surety \\(schema ${SCHEMA + 1}`)),
    );
    change("DELETE FROM meta WHERE name = 'schema'");
    await expect(openSqlite({ folder })).rejects.toEqual(failure('unfit', /not Surety's/));
  });

  it('brings what an older Surety wrote up to date, and keeps every entry', async () => {
    await appendIds(await opened(), ids(0, 3));
    await open[0]?.close();
    const db = new Sqlite(file());
    const later = db
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'view!_%' ESCAPE '!'",
      )
      .all();
    for (const name of ['person', 'session', 'link', ...later.map((table) => table.name)])
      db.exec(`DROP TABLE ${name}`);
    db.exec("UPDATE meta SET value = '1' WHERE name = 'schema'");
    db.close();
    const store = await opened();
    expect(await store.people()).toEqual([]);
    expect(await listed(store.entries(0, 9))).toHaveLength(3);
    expect((await store.facts()).schema).toBe(SCHEMA);
  });

  it('refuses an integer that cannot be held exactly', async () => {
    await appendIds(await opened(), ids(0, 1));
    await open[0]?.close();
    const db = new Sqlite(file());
    db.exec('UPDATE head SET at = 9007199254740993');
    db.close();
    await expect((await opened()).head()).rejects.toEqual(failure('damaged', /at holds something other/));
  });

  it('offers no snapshot that lost a part', async () => {
    const parts = ['one', 'two', 'three'].map((word) => new TextEncoder().encode(word));
    const root = new Uint8Array(32);
    const store = await opened();
    for (const size of [1, 2]) await store.putSnapshot({ fold: 'world', version: '1', size, root, parts });
    const without = async (part: number) => {
      await open.at(-1)?.close();
      const db = new Sqlite(file());
      db.exec(`DELETE FROM snapshot WHERE size = 2 AND part = ${part}`);
      db.close();
      return opened();
    };
    const last = await (await without(2)).snapshot('world', '1');
    expect(last?.size).toBe(2);
    await expect(last && listed(last.parts)).rejects.toEqual(failure('snapshot_damaged', /fold from the start/));
    expect((await (await without(0)).snapshot('world', '1'))?.size).toBe(1);
  });

  const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;
  it.skipIf(!canLimit)('ends when a write fails: nobody is answered, and nothing acknowledged is lost', async () => {
    const limitFiles = (bytes: number | 'unlimited') =>
      expect(spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]).status).toBe(0);
    const store = await opened();
    await appendIds(store, ids(0, 10));
    limitFiles(statSync(`${file()}-wal`).size + 8_192);
    try {
      const said = failure('durability', /could not be read or written|is full/);
      await expect(appendIds(store, ids(10, 2_000))).rejects.toEqual(said);
      limitFiles('unlimited');
      await expect(appendIds(store, ids(10, 11))).rejects.toEqual(said);
      await expect(store.head()).rejects.toEqual(said);
    } finally {
      limitFiles('unlimited');
    }
    await store.close();
    expect(await listed((await opened()).entries(0, 99))).toHaveLength(10);
  });

  it.skipIf(process.platform === 'win32')('says so when it may not write', async () => {
    await (await opened()).close();
    chmodSync(root, 0o755);
    chmodSync(folder, 0o555);
    for (const name of ['lock', 'ledger.sqlite']) chmodSync(join(folder, name), 0o444);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534); // root may write everywhere
    try {
      const opening = openSqlite({ folder });
      await expect(opening).rejects.toEqual(
        failure('durability', /cannot be written: give Surety's user write access/),
      );
      await expect(openSqlite({ folder: join(folder, 'new') })).rejects.toEqual(
        failure('durability', /cannot be made/),
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(folder, 0o755);
    }
  });
});
