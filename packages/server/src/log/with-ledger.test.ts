/** Commands read a ledger only after it was checked. */
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store/port.ts';
import { openSqlite } from '../store/sqlite/open.ts';
import { Anchor } from './anchor.ts';
import { exportLedger } from './export.ts';
import { openKeys } from './keys.ts';
import { listIds } from './list-ids.ts';
import { fillLedger } from './sample-ledger.ts';
import { withLedger } from './with-ledger.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'surety-with-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function makeLedger(size: number): Promise<string> {
  const keys = openKeys(join(folder, 'keys'), undefined);
  const store = await openSqlite({ folder, origin: keys.origin });
  await fillLedger(store, keys, size);
  const { checkpoint } = await store.head();
  await store.close();
  return checkpoint;
}

describe('a ledger that is there', () => {
  it('is read, and closed afterwards', async () => {
    await makeLedger(40);
    for (const name of ['first', 'second']) {
      const out = join(folder, 'exports', name);
      expect(await withLedger(folder, openSqlite, (store, keys) => exportLedger(store, keys, out))).toEqual({
        size: 40,
      });
      expect(existsSync(join(out, 'checkpoint'))).toBe(true);
    }
  });

  it('may have its keys elsewhere', async () => {
    await makeLedger(3);
    const keysFolder = join(folder, 'secrets');
    renameSync(join(folder, 'keys'), keysFolder);
    const sizeOf = async (store: Store) => (await store.head()).size;
    await expect(withLedger(folder, openSqlite, sizeOf)).rejects.toMatchObject({ code: 'not_there' });
    expect(await withLedger(folder, openSqlite, sizeOf, { keysFolder })).toBe(3);
  });

  it('is closed too where the command fails', async () => {
    await makeLedger(2);
    const fail = () => Promise.reject(new Error('the command failed'));
    await expect(withLedger(folder, openSqlite, fail)).rejects.toThrow('the command failed');
    expect(await withLedger(folder, openSqlite, async (store) => (await store.head()).size)).toBe(2);
  });

  it('is not shown where it is shorter than its anchor', async () => {
    const checkpoint = await makeLedger(9);
    await new Anchor(join(folder, 'anchor'), () => 0).keep(checkpoint);
    for (const name of readdirSync(folder)) if (name.startsWith('ledger.sqlite')) rmSync(join(folder, name));
    const read = withLedger(folder, openSqlite, async () => 'read');
    await expect(read).rejects.toMatchObject({ name: 'LogError', code: 'rolled_back' });
  });

  it('is not made where there is none', async () => {
    const read = withLedger(join(folder, 'none'), openSqlite, async () => 'read');
    await expect(read).rejects.toMatchObject({ name: 'LogError', code: 'not_there' });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('the ids of a ledger', () => {
  const idsOf = async (): Promise<string[]> => {
    const ids: string[] = [];
    await listIds(folder, openSqlite, (id) => ids.push(id));
    return ids;
  };

  it('are all of them', async () => {
    await makeLedger(600);
    expect(await idsOf()).toEqual(['ledger:opened', ...Array.from({ length: 599 }, (_, i) => `sample/${i + 1}`)]);
  });

  it('are none where one entry is not what was hashed', async () => {
    await makeLedger(600);
    const db = new Sqlite(join(folder, 'ledger.sqlite'));
    db.prepare("UPDATE entry SET id = 'lost' WHERE idx = 3").run();
    db.close();
    let printed = 0;
    const listing = listIds(folder, openSqlite, () => {
      printed++;
    });
    await expect(listing).rejects.toMatchObject({ name: 'LogError', code: 'tampered', index: 3 });
    expect(printed).toBe(0);
  });
});
