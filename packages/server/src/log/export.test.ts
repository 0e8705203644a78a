/** An export is the tlog-tiles directory of one size, whole or not there; and a stranger's program in Go verifies it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toHex } from '@surety/core/crypto';
import {
  COSIGNATURE,
  cosignatureLine,
  decodeBundle,
  leafHash,
  openCheckpoint,
  parseTilePath,
  partialTilesOf,
  privateKey,
  rootOf,
  tilePath,
  withSignature,
} from '@surety/core/ledger';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/port.ts';
import { openSqlite } from '../store/sqlite/open.ts';
import { exportLedger } from './export.ts';
import { type Keys, openKeys } from './keys.ts';
import { nodeEd25519, nodeSha256 } from './node-crypto.ts';
import { receiptOf } from './proofs.ts';
import { fillLedger } from './sample-ledger.ts';
import { readTilePath } from './tiles.ts';

const SIZES = [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537];
const KEPT = [2, 256];

const root = mkdtempSync(join(tmpdir(), 'surety-export-'));
const go = buildGo();
let keys: Keys;
let store: Store;
const exports = new Map<number, string>();

/** The verifier in Go; undefined where Go or x/mod is not installed. */
function buildGo(): string | undefined {
  const program = join(root, 'verify-export');
  const source = fileURLToPath(new URL('../../../../fixtures/go/verify-export.go', import.meta.url));
  const found = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' });
  if (found.status !== 0) return undefined;
  // Debian keeps the sources of golang-golang-x-mod-dev in a path of its own.
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: `${found.stdout.trim()}:/usr/share/gocode` };
  return spawnSync('go', ['build', '-o', program, source], { env }).status === 0 ? program : undefined;
}

beforeAll(async () => {
  keys = openKeys(join(root, 'keys'), 'ledger.example.com/support');
  store = await openSqlite({ folder: join(root, 'data'), origin: keys.origin });
  let position = await fillLedger(store, keys, 0);
  for (const size of SIZES) {
    position = await fillLedger(store, keys, size, { from: position });
    if (KEPT.includes(size)) await store.keepCheckpoint({ size, note: (await store.head()).checkpoint });
    const out = join(root, 'exports', String(size));
    expect(await exportLedger(store, keys, out)).toEqual({ size });
    exports.set(size, out);
  }
}, 240_000);
afterAll(async () => {
  await store.close();
  rmSync(root, { recursive: true, force: true });
});

const exportOf = (size: number): string => exports.get(size) as string;
const filesIn = (folder: string, below = ''): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(folder, `${below}${entry.name}/`) : [`${below}${entry.name}`],
  );

/** Every full tile and the partial ones of a size. */
function treePaths(size: number): string[] {
  const paths: string[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / 256))
    for (let n = 0; n < Math.floor(hashes / 256); n++) paths.push(tilePath(level, n));
  for (const { level, n, width } of partialTilesOf(size)) paths.push(tilePath(level, n, width));
  return [
    ...paths,
    ...paths.filter((path) => path.startsWith('tile/0/')).map((path) => path.replace('/0/', '/entries/')),
  ];
}

describe('an export', () => {
  it.each(SIZES)('of %i entries has the files of that size and no other', (size) => {
    const kept = KEPT.filter((some) => some <= size).map((some) => `checkpoints/${some}`);
    expect(filesIn(exportOf(size)).sort()).toEqual([...treePaths(size), ...kept, 'checkpoint', 'log.vkey'].sort());
  });

  it.each(SIZES)('of %i entries holds what the log serves, under its signed root', async (size) => {
    const folder = exportOf(size);
    const checkpoint = openCheckpoint(readFileSync(join(folder, 'checkpoint'), 'utf8'), [keys.log.key], nodeEd25519);
    if (!checkpoint.ok) throw new Error(checkpoint.error.detail);
    const leaves: Uint8Array[] = [];
    for (const path of treePaths(size)) {
      const bytes = readFileSync(join(folder, path));
      const served = await readTilePath(store, size, path);
      expect(served && Buffer.compare(bytes, served), path).toBe(0);
      const tile = parseTilePath(path);
      if (tile?.level !== 'entries') continue;
      const entries = decodeBundle(bytes, tile.width);
      if (!entries.ok) throw new Error(entries.error.detail);
      for (const [i, entry] of entries.value.entries()) leaves[tile.n * 256 + i] = leafHash(entry, nodeSha256);
    }
    expect(leaves.length).toBe(size);
    expect(checkpoint.value.size).toBe(size);
    expect(toHex(checkpoint.value.root)).toBe(toHex(rootOf(leaves, nodeSha256)));
    expect(readFileSync(join(folder, 'log.vkey'), 'utf8')).toBe(`${keys.logVkey}\n`);
  });

  it('leaves nothing unfinished beside it', () => {
    expect(readdirSync(join(root, 'exports')).sort()).toEqual(SIZES.map(String).sort());
  });

  it('goes into an empty folder, and into none that holds something', async () => {
    const [empty, full, file] = ['empty', 'full', 'file'].map((name) => join(root, name)) as [string, string, string];
    mkdirSync(empty);
    mkdirSync(full);
    writeFileSync(join(full, 'mine'), '');
    writeFileSync(file, '');
    const small = await openSqlite({ folder: join(root, 'small'), origin: keys.origin });
    await fillLedger(small, keys, 3);
    expect(await exportLedger(small, keys, empty)).toEqual({ size: 3 });
    for (const taken of [full, file, exportOf(1)])
      await expect(exportLedger(small, keys, taken)).rejects.toMatchObject({ name: 'LogError', code: 'occupied' });
    await small.close();
    expect(readdirSync(full)).toEqual(['mine']);
    rmSync(empty, { recursive: true });
  });

  it('of an empty ledger is refused', async () => {
    const none = await openSqlite({ folder: join(root, 'none'), origin: keys.origin });
    await expect(exportLedger(none, keys, join(root, 'out-none'))).rejects.toMatchObject({ code: 'not_there' });
    await none.close();
    expect(existsSync(join(root, 'out-none'))).toBe(false);
  });

  it.each([
    [
      'an entry was changed',
      "UPDATE entry SET type = type, body = CAST(replace(body, 'Unreachable', 'Unreadable') AS BLOB) WHERE idx = 5",
      'tampered',
    ],
    ['an entry is gone', 'DELETE FROM entry WHERE idx = 5', 'rows_missing'],
    ['the root was changed', 'UPDATE head SET root = zeroblob(32)', 'tampered'],
    ['the checkpoint was changed', "UPDATE head SET checkpoint = replace(checkpoint, '300', '299')", 'bad_checkpoint'],
  ])('of a ledger in which %s is refused, and nothing is left', async (what, sql, code) => {
    const folder = join(root, what);
    const tampered = await openSqlite({ folder, origin: keys.origin });
    await fillLedger(tampered, keys, 300);
    const db = new Sqlite(join(folder, 'ledger.sqlite'));
    db.prepare(sql).run();
    db.close();
    await expect(exportLedger(tampered, keys, join(folder, 'out', 'ledger'))).rejects.toMatchObject({ code });
    await tampered.close();
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });

  it('has the checkpoint with its cosignatures where they were kept', async () => {
    const folder = join(root, 'cosigned');
    const cosigned = await openSqlite({ folder, origin: keys.origin });
    await fillLedger(cosigned, keys, 3);
    const { checkpoint } = await cosigned.head();
    const witness = privateKey('witness.example.org/w1', new Uint8Array(32).fill(2), COSIGNATURE);
    const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
    const note = withSignature(checkpoint, cosignatureLine(witness, text, 1_760_000_060));
    await cosigned.keepCheckpoint({ size: 3, note });
    await exportLedger(cosigned, keys, join(folder, 'out'));
    expect(readFileSync(join(folder, 'out', 'checkpoint'), 'utf8')).toBe(note);
    await cosigned.close();
  });
});

const verify = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(go as string, args, { encoding: 'utf8' });
  return { status, says: stdout + stderr };
};

/** A copy of an export, one file of it changed. */
function tamper(size: number, file: string, change: (bytes: Buffer) => Uint8Array | undefined): string {
  const folder = mkdtempSync(join(root, 'tampered-'));
  cpSync(exportOf(size), folder, { recursive: true });
  const path = join(folder, file);
  const changed = change(existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
  if (changed) writeFileSync(path, changed);
  else rmSync(path);
  return folder;
}
const flip =
  (at: number) =>
  (bytes: Buffer): Buffer => {
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] as number) ^ 1;
    return bytes;
  };

const NO_GO = go ? '' : ' — SKIPPED: install Go and golang.org/x/mod (Debian: golang-go, golang-golang-x-mod-dev)';

describe.skipIf(!go)(`golang.org/x/mod${NO_GO}`, () => {
  it.each(SIZES)('verifies an export of %i entries', (size) => {
    expect(verify(exportOf(size))).toEqual({ status: 0, says: expect.stringContaining(`${size} entries`) });
  });

  it.each([1, 2, 257, 513, 65_537])('verifies receipts in %i entries', async (size) => {
    const checkpoint = readFileSync(join(exportOf(size), 'checkpoint'), 'utf8');
    for (const seq of new Set([0, Math.floor(size / 2), size - 1])) {
      const text = await receiptOf(store, seq, checkpoint);
      const file = join(root, 'receipt.tlog-proof');
      writeFileSync(file, text);
      expect(verify(join(exportOf(size), 'log.vkey'), file)).toEqual({ status: 0, says: '' });
      writeFileSync(file, text.replace(`index ${seq}`, `index ${seq + 1}`));
      expect(verify(join(exportOf(size), 'log.vkey'), file).status).toBe(1);
    }
  });

  it.each([
    ['a bit of the first entry', 'tile/entries/000', flip(2), 'entry 0 '],
    ['a bit of a length', 'tile/entries/001', flip(1), 'entry 256'],
    ['a bit of the last entry', 'tile/entries/002.p/1', flip(-1), 'entry 512'],
    ['an entry after the last', 'tile/entries/002.p/1', (bytes: Buffer) => Buffer.concat([bytes, bytes]), 'goes on'],
    ['a cut bundle', 'tile/entries/001', (bytes: Buffer) => bytes.subarray(0, -1), 'ends inside'],
    ['a missing bundle', 'tile/entries/001', () => undefined, 'no such file'],
    ['a bit of a tile', 'tile/0/000', flip(8_191), 'inconsistent'],
    ['a bit of the partial tile', 'tile/0/002.p/1', flip(0), 'inconsistent'],
    ['a bit of the tile above', 'tile/1/000.p/2', flip(40), 'inconsistent'],
    ['a cut tile', 'tile/0/001', (bytes: Buffer) => bytes.subarray(32), 'bytes'],
    ['a missing tile', 'tile/1/000.p/2', () => undefined, 'no such file'],
    ['a tile too many', 'tile/0/003', () => Buffer.alloc(8_192), 'belongs to no tree'],
    ['a bit of the size', 'checkpoint', flip(29), ''],
    ['a bit of the root', 'checkpoint', flip(35), ''],
    ['a bit of the signature', 'checkpoint', flip(-20), ''],
    ['a bit of a kept checkpoint', 'checkpoints/256', flip(40), ''],
    ['a bit of the vkey', 'log.vkey', flip(50), ''],
  ] as const)('refuses %s', (_, file, change, says) => {
    expect(verify(tamper(513, file, change))).toEqual({ status: 1, says: expect.stringContaining(says) });
  });

  it('refuses any bit of the checkpoint of one entry', () => {
    const folder = tamper(1, 'checkpoint', (bytes) => bytes);
    const path = join(folder, 'checkpoint');
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 5) {
      writeFileSync(path, flip(at)(Buffer.from(whole)));
      expect(verify(folder).status, `byte ${at}`).toBe(1);
    }
    writeFileSync(path, whole);
    expect(verify(folder).status).toBe(0);
  });
});
