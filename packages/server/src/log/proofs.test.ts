/** Tiles, bundles and proofs from the store are those of the whole tree. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concatBytes, toHex } from '@surety/core/crypto';
import {
  decodeBundle,
  encodeBundle,
  leafHash,
  parseReceipt,
  proveConsistency,
  rootOf,
  tilePath,
  verifyConsistency,
  verifyReceipt,
} from '@surety/core/ledger';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/port.ts';
import { openSqlite } from '../store/sqlite/open.ts';
import { type Keys, openKeys } from './keys.ts';
import { nodeEd25519, nodeSha256 } from './node-crypto.ts';
import { consistencyOf, receiptOf, rootAt } from './proofs.ts';
import { fillLedger } from './sample-ledger.ts';
import { readEntryBytes, readTilePath } from './tiles.ts';

const SIZES = [1, 2, 255, 256, 257, 511, 512, 513];
const SIZE = 513;

let root: string;
let keys: Keys;
let store: Store;
const checkpoints = new Map<number, string>();
let bodies: Uint8Array[];
let leaves: Uint8Array[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'surety-proofs-'));
  keys = openKeys(join(root, 'keys'), 'ledger.example.com/support');
  store = await openSqlite({ folder: join(root, 'data'), origin: keys.origin });
  let position = await fillLedger(store, keys, 0);
  for (const size of SIZES) {
    position = await fillLedger(store, keys, size, { from: position });
    checkpoints.set(size, (await store.head()).checkpoint);
  }
  bodies = [];
  for await (const { body } of store.entries(0, SIZE)) bodies.push(body);
  leaves = bodies.map((body) => leafHash(body));
});
afterAll(async () => {
  await store.close();
  rmSync(root, { recursive: true, force: true });
});

describe('tiles and bundles', () => {
  it.each(SIZES)('of a log of %i entries', async (size) => {
    for (const n of [0, 1, 2]) {
      const from = n * 256;
      const width = Math.min(256, size - from);
      for (const w of new Set([width, 1, width - 1].filter((some) => some >= 1 && some <= width))) {
        const tile = await readTilePath(store, size, tilePath(0, n, w));
        expect(tile && toHex(tile)).toBe(toHex(concatBytes(...leaves.slice(from, from + w))));
        const bundle = await readTilePath(store, size, tilePath('entries', n, w));
        expect(bundle && toHex(bundle)).toBe(toHex(encodeBundle(bodies.slice(from, from + w))));
        expect(bundle && decodeBundle(bundle, w).ok).toBe(true);
      }
      if (width < 256) {
        const wider = Math.max(1, width + 1);
        for (const level of [0, 'entries'] as const) {
          expect(await readTilePath(store, size, tilePath(level, n, wider))).toBeUndefined();
          expect(await readTilePath(store, size, tilePath(level, n))).toBeUndefined();
        }
      }
    }
    const full = Math.floor(size / 256);
    const above = Array.from({ length: full }, (_, n) => rootOf(leaves.slice(n * 256, (n + 1) * 256)));
    const tile = full > 0 ? await readTilePath(store, size, tilePath(1, 0, full)) : undefined;
    if (full > 0) expect(tile && toHex(tile)).toBe(toHex(concatBytes(...above)));
    expect(await readTilePath(store, size, tilePath(1, 0, full + 1))).toBeUndefined();
    expect(await readTilePath(store, size, tilePath(2, 0, 1))).toBeUndefined();
  });

  it.each(['tile', 'tile/0', 'tile/0/0', 'tile/0/000.p/0', 'tile/0/000/', 'tile/entries/x000/000', '../keys/log.key'])(
    'has nothing at %s',
    async (path) => {
      expect(await readTilePath(store, SIZE, path)).toBeUndefined();
    },
  );

  it('has no entry outside', async () => {
    expect(toHex(await readEntryBytes(store, 512, SIZE))).toBe(toHex(bodies[512] as Uint8Array));
    for (const seq of [-1, 513, 0.5, Number.NaN])
      await expect(readEntryBytes(store, seq, SIZE)).rejects.toMatchObject({ name: 'LogError', code: 'not_there' });
  });
});

describe('proofs', () => {
  it.each(SIZES)('receipts of every kind of place in %i entries verify', async (size) => {
    const checkpoint = checkpoints.get(size) as string;
    for (const seq of new Set([0, 1, 127, 255, 256, 257, size - 2, size - 1].filter((at) => at >= 0 && at < size))) {
      const receipt = parseReceipt(await receiptOf(store, seq, checkpoint));
      if (!receipt.ok) throw new Error(receipt.error.detail);
      expect(receipt.value).toMatchObject({ index: seq, entry: bodies[seq], checkpoint });
      expect(
        verifyReceipt(receipt.value, { keys: [keys.log.key], ed25519: nodeEd25519, sha: nodeSha256 }),
      ).toMatchObject({
        ok: true,
      });
    }
    await expect(receiptOf(store, size, checkpoint)).rejects.toMatchObject({ code: 'not_there' });
  });

  it('every two sizes are consistent', async () => {
    for (const old of SIZES)
      for (const size of SIZES.filter((later) => later >= old)) {
        const proof = await consistencyOf(store, old, size);
        expect(proof.map(toHex)).toEqual(proveConsistency(leaves, old, size).map(toHex));
        const [oldRoot, newRoot] = [await rootAt(store, old), await rootAt(store, size)];
        expect(verifyConsistency({ oldSize: old, newSize: size, oldRoot, newRoot, proof })).toBe(true);
      }
    expect(await consistencyOf(store, 0, SIZE)).toEqual([]);
    await expect(consistencyOf(store, 2, 1)).rejects.toMatchObject({ code: 'not_there' });
  });

  it('has the roots it had', async () => {
    for (const size of [0, ...SIZES])
      expect(toHex(await rootAt(store, size))).toBe(toHex(rootOf(leaves.slice(0, size))));
  });

  it('gives out none that does not verify', async () => {
    const folder = join(root, 'tampered');
    const tampered = await openSqlite({ folder, origin: keys.origin });
    await fillLedger(tampered, keys, SIZE);
    const { checkpoint } = await tampered.head();
    const db = new Sqlite(join(folder, 'ledger.sqlite'));
    db.prepare(
      'UPDATE entry SET body = CAST(replace(body, \'"attempts":8\', \'"attempts":9\') AS BLOB) WHERE idx = 7',
    ).run();
    await expect(receiptOf(tampered, 7, checkpoint)).rejects.toMatchObject({ code: 'tampered', index: 7 });
    db.prepare('DELETE FROM tile WHERE level = 1').run();
    await expect(receiptOf(tampered, 300, checkpoint)).rejects.toMatchObject({ code: 'tiles_wrong' });
    db.prepare('DELETE FROM entry WHERE idx = 9').run();
    await expect(receiptOf(tampered, 9, checkpoint)).rejects.toMatchObject({ code: 'rows_missing', index: 9 });
    await expect(receiptOf(tampered, 9, 'no checkpoint')).rejects.toMatchObject({ code: 'bad_checkpoint' });
    db.close();
    await tampered.close();
  });
});
