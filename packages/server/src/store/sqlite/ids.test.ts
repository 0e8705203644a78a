/** Entries are found by id and none twice, whatever became of the hashes that find them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendIds, writeIds } from '../../../../../tools/test-batches.ts';
import type { Store } from '../port.ts';
import { hashId, IdIndex } from './id-index.ts';
import { openSqlite } from './open.ts';

describe('An index of ids in memory', () => {
  it('names the entry of each of many ids, and few others', () => {
    const index = new IdIndex();
    const ids = Array.from({ length: 50_000 }, (_, k) => `a/${k}`);
    for (const [k, id] of ids.entries()) index.add(hashId(id), k);
    expect(ids.every((id, k) => index.candidates(hashId(id)).includes(k))).toBe(true);
    expect(ids.filter((id) => index.candidates(hashId(`${id}/decided`)).length > 0)).toEqual([]);
  });

  it('names all that have one hash', () => {
    const index = new IdIndex();
    for (const idx of [0, 7, 9]) index.add([0x01000001, 5], idx);
    index.add([0x01000001, 6], 3);
    expect(index.candidates([0x01000001, 5])).toEqual([0, 7, 9]);
    expect(index.candidates([0x02000001, 5])).toEqual([]);
  });

  it('hashes an id as it always did', () => {
    expect([hashId(''), hashId('ledger:opened'), hashId('é😀')]).toMatchInlineSnapshot(`
      [
        [
          1059866896,
          2588930158,
        ],
        [
          1969354918,
          3752330719,
        ],
        [
          3580417447,
          2007932270,
        ],
      ]
    `);
  });
});

describe('The ids of a folder', () => {
  let folder = '';
  let store: Store;
  const ids = Array.from({ length: 1_300 }, (_, k) => `a/${k}`);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'surety-ids-'));
    store = await openSqlite({ folder });
    for (const [from, to] of [
      [0, 1],
      [1, 512],
      [512, 700],
      [700, 1_300],
    ] as const)
      await appendIds(store, ids.slice(from, to));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const indexesOf = async (asked: readonly string[]) => (await store.find(asked)).map(({ idx }) => idx);
  const reopen = async (statement = '') => {
    await store.close();
    const db = new Sqlite(join(folder, 'ledger.sqlite'));
    db.exec(statement);
    db.close();
    store = await openSqlite({ folder });
  };

  it('are found over a reopening, and go on from there', async () => {
    expect(await indexesOf(ids)).toEqual(ids.map((_, k) => k));
    await reopen();
    expect(await indexesOf(ids)).toEqual(ids.map((_, k) => k));
    await appendIds(store, ['next']);
    expect(await indexesOf(['next', 'a/1299', 'none'])).toEqual([1_300, 1_299]);
    await expect(appendIds(store, ['a/600'])).rejects.toMatchObject({ code: 'forked' });
  });

  it.each([
    ['are gone', 'DELETE FROM id_hash'],
    ['lost a block', 'DELETE FROM id_hash WHERE n = 1'],
    ['lost the last', 'DELETE FROM id_hash WHERE n = 2'],
    ['are of another ledger', 'UPDATE id_hash SET hashes = randomblob(length(hashes))'],
    ['are too many', 'INSERT INTO id_hash VALUES (3, zeroblob(80))'],
    ['are cut in the middle of one', 'UPDATE id_hash SET hashes = substr(hashes, 1, 100) WHERE n = 2'],
  ])('are found also where their hashes %s', async (_, statement) => {
    await reopen(statement);
    expect(await indexesOf(ids)).toEqual(ids.map((_id, k) => k));
    await appendIds(store, ['next']);
    await reopen();
    expect(await indexesOf(['a/0', 'next'])).toEqual([0, 1_300]);
  });

  it('of a batch that was rolled back are not there', async () => {
    const changed = store.append(async (tx) => {
      await writeIds(tx, ['x', 'y']);
      expect(await tx.find(['x', 'y'])).toHaveLength(2);
      expect(await store.find(['x', 'y'])).toEqual([]);
      throw new Error('changed its mind');
    });
    await expect(changed).rejects.toThrow('changed its mind');
    expect(await indexesOf(['x', 'y'])).toEqual([]);
    await appendIds(store, ['y', 'x']);
    expect(await indexesOf(['x', 'y'])).toEqual([1_301, 1_300]);
  });
});
