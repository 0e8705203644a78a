/** A ledger opens as it was written, and every way to change it behind our back is found, with its own code. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@surety/core/crypto';
import { signCheckpoint } from '@surety/core/ledger';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/port.ts';
import { openSqlite } from '../store/sqlite/open.ts';
import { type Keys, openKeys } from './keys.ts';
import type { LogErrorCode } from './log-error.ts';
import { nodeEd25519 } from './node-crypto.ts';
import { type CheckOptions, checkLedger } from './open.ts';
import { Position } from './position.ts';
import { fillLedger } from './sample-ledger.ts';

const ORIGIN = 'ledger.example.com/support';
const SIZE = 1_300;

let root: string;
let keys: Keys;
let written: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'surety-open-'));
  keys = openKeys(join(root, 'keys'), ORIGIN);
  written = await makeFolder(SIZE);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function makeFolder(size: number, mark = 'sample'): Promise<string> {
  const folder = mkdtempSync(join(root, 'data-'));
  await within(folder, (store) => fillLedger(store, keys, size, { mark }));
  return folder;
}

async function within<T>(folder: string, run: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqlite({ folder, origin: ORIGIN });
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** A copy of the written ledger, changed by SQL as an intruder would. */
function tamperedCopy(...statements: readonly string[]): string {
  const folder = mkdtempSync(join(root, 'tampered-'));
  cpSync(written, folder, { recursive: true });
  const db = new Sqlite(join(folder, 'ledger.sqlite'));
  db.function('flip', (bytes: unknown, at: unknown) => {
    const copy = Buffer.from(bytes as Uint8Array);
    const index = Number(at) < 0 ? copy.length + Number(at) : Number(at);
    copy[index] = (copy[index] as number) ^ 1;
    return copy;
  });
  db.function('grow', (bytes: unknown) => Buffer.concat([bytes as Uint8Array, Buffer.alloc(32)]));
  for (const statement of statements) expect(db.prepare(statement).run().changes).toBeGreaterThan(0);
  db.close();
  return folder;
}

const check = (folder: string, options?: CheckOptions, using: Keys = keys) =>
  within(folder, (store) => checkLedger(store, using, options));
const refused = (code: LogErrorCode, says: string | RegExp) => ({
  name: 'LogError',
  code,
  message: expect.stringMatching(says),
});

describe('a ledger as it was written opens', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 513])('with %i entries', async (size) => {
    const folder = await makeFolder(size);
    for (const deep of [false, true]) {
      await within(folder, async (store) => {
        const head = await store.head();
        const { growth, ...rest } = await checkLedger(store, keys, {
          deep,
          anchors: head.checkpoint ? [head.checkpoint] : [],
        });
        expect(rest).toEqual({ size, at: head.at });
        expect(toHex(growth.range().toBytes())).toBe(toHex(head.frontier));
        expect(growth.size).toBe(size);
      });
    }
  });

  it('with 65,537 entries: three levels of tiles', async () => {
    const folder = await makeFolder(65_537);
    expect(await check(folder, { deep: true })).toMatchObject({ size: 65_537 });
    expect(await check(folder)).toMatchObject({ size: 65_537 });
  });

  it('and goes on from where it stood', async () => {
    const folder = await makeFolder(300);
    const { growth, at } = await check(folder);
    await within(folder, (store) => fillLedger(store, keys, 700, { from: new Position(growth, at) }));
    expect(await check(folder, { deep: true })).toMatchObject({ size: 700 });
  });

  it('while others append to it', async () => {
    await within(await makeFolder(1_100), async (store) => {
      const { growth, at } = await checkLedger(store, keys);
      let isOver = false;
      const appending = (async () => {
        let position = new Position(growth, at);
        // In steps that pass full tiles of level 0 while a check stands anywhere.
        for (let size = 1_107; size < 3_000; size += 37) {
          position = await fillLedger(store, keys, size, { from: position });
          await new Promise((resolve) => setImmediate(resolve));
        }
        isOver = true;
      })();
      let checks = 0;
      for (; !isOver; checks++) await checkLedger(store, keys, { deep: checks % 2 === 0 });
      await appending;
      expect(checks).toBeGreaterThan(1);
    });
  });

  it('with anchors of every earlier size', async () => {
    await within(await makeFolder(1), async (store) => {
      const anchors = [(await store.head()).checkpoint];
      const { growth, at } = await checkLedger(store, keys);
      let position = new Position(growth, at);
      for (const size of [2, 3, 255, 256, 257, 600]) {
        position = await fillLedger(store, keys, size, { from: position });
        anchors.push((await store.head()).checkpoint);
      }
      expect(await checkLedger(store, keys, { anchors })).toMatchObject({ size: 600 });
    });
  });
});

/** Found at every start, whichever entries are drawn. */
const AT_ONCE: readonly (readonly [what: string, sql: string, code: LogErrorCode, says: string])[] = [
  ['the first entry is gone', 'DELETE FROM entry WHERE idx = 0', 'rows_missing', 'step 2.*Entry 0 '],
  ['the last entry is gone', 'DELETE FROM entry WHERE idx = 1299', 'rows_missing', 'step 2.*Entry 1299 '],
  ['the last ten are gone', 'DELETE FROM entry WHERE idx >= 1290', 'rows_missing', 'step 2'],
  ['an entry of the last thousand is gone', 'DELETE FROM entry WHERE idx = 700', 'rows_missing', 'step 4.*Entry 700 '],
  ['an entry of the partial tile is gone', 'DELETE FROM entry WHERE idx = 1281', 'rows_missing', 'step 3.*Entry 1281 '],
  [
    'an entry was added behind the head',
    "INSERT INTO entry SELECT 1300, 'x', type, body FROM entry WHERE idx = 1299",
    'rows_beyond',
    'step 2.*Entry 1300 ',
  ],
  [
    'a bit of an entry of the last thousand',
    'UPDATE entry SET body = flip(body, 9) WHERE idx = 700',
    'tampered',
    'step 4.*Entry 700 ',
  ],
  [
    'a bit of the last entry',
    'UPDATE entry SET body = flip(body, -1) WHERE idx = 1299',
    'tampered',
    'step 3.*1296 to 1299',
  ],
  [
    'a bit of an entry of the partial tile',
    'UPDATE entry SET body = flip(body, 5) WHERE idx = 1281',
    'tampered',
    'step 3.*1280 to 1295',
  ],
  [
    'the id beside an entry',
    "UPDATE entry SET id = 'other' WHERE idx = 1000",
    'tampered',
    'step 4.*id beside entry 1000',
  ],
  [
    'the kind beside an entry',
    "UPDATE entry SET type = 'other' WHERE idx = 1299",
    'tampered',
    'step 4.*type beside entry 1299',
  ],
  [
    'a bit of a tile of the last thousand',
    'UPDATE tile SET hashes = flip(hashes, 40) WHERE level = 0 AND n = 3',
    'tiles_wrong',
    'step 4.*tile/0/003',
  ],
  [
    'a bit of the tile above',
    'UPDATE tile SET hashes = flip(hashes, -40) WHERE level = 1',
    'tiles_wrong',
    'step 3.*tile/1/000.p/5',
  ],
  ['a tile is gone', 'DELETE FROM tile WHERE level = 0 AND n = 1', 'tiles_wrong', 'step 3.*tile/0/001 has 0'],
  [
    'the last full tile is gone',
    'DELETE FROM tile WHERE level = 0 AND n = 4',
    'tiles_wrong',
    'step 3.*tile/0/004 has 0',
  ],
  ['the tile above is gone', 'DELETE FROM tile WHERE level = 1', 'tiles_wrong', 'step 3.*tile/1/000'],
  [
    'a tile was cut',
    'UPDATE tile SET hashes = substr(hashes, 1, 8160) WHERE level = 0 AND n = 1',
    'tiles_wrong',
    'step 3.*tile/0/001 has 255',
  ],
  [
    'a tile was lengthened',
    'UPDATE tile SET hashes = grow(hashes) WHERE level = 1',
    'tiles_wrong',
    'step 3.*has 6 hashes',
  ],
  [
    'a partial tile of level 0 is stored',
    'INSERT INTO tile SELECT 0, 5, hashes FROM tile WHERE level = 0 AND n = 4',
    'tiles_wrong',
    'step 3',
  ],
  [
    'a tile of a level there is not',
    'INSERT INTO tile VALUES (2, 0, zeroblob(32))',
    'tiles_wrong',
    'step 3.*tile/2/000',
  ],
  ['the root', 'UPDATE head SET root = flip(root, 0)', 'bad_checkpoint', 'step 2.*another root'],
  ['the size', 'UPDATE head SET size = 1299', 'bad_checkpoint', 'step 2.*1299.*1300'],
  ['the size, to nothing', 'UPDATE head SET size = 0', 'bad_checkpoint', 'step 2'],
  ['the frontier', 'UPDATE head SET frontier = flip(frontier, 33)', 'head_wrong', 'step 3.*frontier'],
  ['the frontier, cut', 'UPDATE head SET frontier = substr(frontier, 1, 64)', 'head_wrong', 'step 3.*frontier'],
  ['the time', 'UPDATE head SET at = at + 1', 'head_wrong', 'step 4.*The head is of'],
  ['the checkpoint, emptied', "UPDATE head SET checkpoint = ''", 'bad_checkpoint', 'step 2'],
  [
    'the checkpoint’s size',
    "UPDATE head SET checkpoint = replace(checkpoint, '1300', '1299')",
    'bad_checkpoint',
    'step 2.*does not verify',
  ],
  ['the checkpoint’s end', "UPDATE head SET checkpoint = checkpoint || 'x'", 'bad_checkpoint', 'step 2'],
  [
    'the checkpoint’s origin',
    "UPDATE head SET checkpoint = replace(checkpoint, 'support', 'supper')",
    'other_origin',
    'step 2',
  ],
];

/** Found for certain only by hashing all. */
const DEEP: readonly (readonly [what: string, sql: readonly string[], code: LogErrorCode, says: string])[] = [
  ['a bit of an entry', ['UPDATE entry SET body = flip(body, 0) WHERE idx = 17'], 'tampered', 'Entry 17 '],
  ['the last bit of an entry', ['UPDATE entry SET body = flip(body, -1) WHERE idx = 255'], 'tampered', 'Entry 255 '],
  ['an entry is gone', ['DELETE FROM entry WHERE idx = 18'], 'rows_missing', 'Entry 18 '],
  [
    'two entries changed places',
    [
      'UPDATE entry SET idx = -1 WHERE idx = 20',
      'UPDATE entry SET idx = 20 WHERE idx = 21',
      'UPDATE entry SET idx = 21 WHERE idx = -1',
    ],
    'tampered',
    'Entry 20 ',
  ],
  [
    'an entry and its hash',
    [
      'UPDATE entry SET body = flip(body, 0) WHERE idx = 17',
      'UPDATE tile SET hashes = flip(hashes, 545) WHERE level = 0 AND n = 0',
    ],
    'tiles_wrong',
    'tile/0/000',
  ],
  ['the id beside an entry', ["UPDATE entry SET id = 'other' WHERE idx = 19"], 'tampered', 'id beside entry 19'],
];

describe('a ledger that was changed does not open', () => {
  it.each(AT_ONCE)('%s', async (_, sql, code, says) => {
    const folder = tamperedCopy(sql);
    await expect(check(folder)).rejects.toMatchObject(refused(code, says));
    await expect(check(folder, { deep: true })).rejects.toMatchObject(refused(code, says));
  });

  it.each(DEEP)('%s, by hashing all', async (_, sql, code, says) => {
    const folder = tamperedCopy(...sql);
    await expect(check(folder, { deep: true })).rejects.toMatchObject(refused(code, says));
    // Unless it is drawn, nobody notices it at an ordinary start; whoever is drawn is noticed.
    expect(
      await check(folder, { random: () => 40, ...(code === 'tiles_wrong' ? { random: () => 256 } : {}) }),
    ).toMatchObject({ size: SIZE });
    let next = 0;
    await expect(check(folder, { random: () => next++ % 300 })).rejects.toMatchObject(refused(code, says));
  });

  it('and stays as it was found', async () => {
    const folder = tamperedCopy('UPDATE entry SET body = flip(body, 9) WHERE idx = 700');
    const dump = () => {
      const db = new Sqlite(join(folder, 'ledger.sqlite'), { readonly: true });
      const tables = ['head', 'entry', 'tile', 'meta', 'kept'].map((table) =>
        db.prepare(`SELECT * FROM ${table}`).all(),
      );
      db.close();
      return tables;
    };
    const before = dump();
    await expect(check(folder)).rejects.toMatchObject({ code: 'tampered', index: 700 });
    expect(dump()).toEqual(before);
  });
});

describe('a ledger opens only with what belongs to it', () => {
  it('another origin', async () => {
    const others = openKeys(join(root, 'other-keys'), 'ledger.example.com/sales');
    await expect(check(written, {}, others)).rejects.toMatchObject(refused('other_origin', 'step 1.*support.*sales'));
  });

  it('another key of the same origin', async () => {
    const others = openKeys(join(root, 'new-keys'), ORIGIN);
    await expect(check(written, {}, others)).rejects.toMatchObject(refused('bad_checkpoint', 'step 2.*No known key'));
  });
});

describe('anchors', () => {
  it('an old backup was restored', async () => {
    const backup = await makeFolder(300);
    const anchor = await within(written, async (store) => (await store.head()).checkpoint);
    await expect(check(backup, { anchors: [anchor] })).rejects.toMatchObject(
      refused('rolled_back', 'step 5.*300 entries.*1300'),
    );
  });

  it('another history of the same length, and a longer one', async () => {
    const anchor = await within(written, async (store) => (await store.head()).checkpoint);
    for (const size of [SIZE, SIZE + 77]) {
      const other = await makeFolder(size, 'other');
      await expect(check(other, { anchors: [anchor] })).rejects.toMatchObject(
        refused('forked', 'step 5.*At size 1300'),
      );
    }
  });

  it('one of several', async () => {
    const backup = await makeFolder(300);
    const good = await within(backup, async (store) => (await store.head()).checkpoint);
    const ahead = await within(written, async (store) => (await store.head()).checkpoint);
    await expect(check(backup, { anchors: [good, ahead] })).rejects.toMatchObject({ code: 'rolled_back' });
  });

  it.each([
    ['nothing', () => ''],
    ['half of one', (note: string) => note.slice(0, note.length / 2)],
    ['a size nobody signed', (note: string) => note.replace('1300', '1200')],
    [
      'a stranger’s signature',
      () => {
        const { log } = openKeys(join(root, 'strangers-keys'), ORIGIN);
        return signCheckpoint({ origin: ORIGIN, size: 1, root: new Uint8Array(32) }, [log], nodeEd25519);
      },
    ],
  ])('that is %s is no anchor', async (_, damage) => {
    const anchor = await within(written, async (store) => (await store.head()).checkpoint);
    await expect(check(written, { anchors: [damage(anchor)] })).rejects.toMatchObject(
      refused('anchor_damaged', 'step 5'),
    );
  });

  it('of another ledger', async () => {
    const { log } = openKeys(join(root, 'other-keys'), 'ledger.example.com/sales');
    const anchor = signCheckpoint({ origin: log.key.name, size: 1, root: new Uint8Array(32) }, [log], nodeEd25519);
    await expect(check(written, { anchors: [anchor] })).rejects.toMatchObject(refused('other_origin', 'step 5'));
  });
});
