/** The ledger as a C2SP tlog-tiles directory (ledger, section 12.1), of exactly one size, whole or not there at all. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { concatBytes, equalBytes, toHex } from '@surety/core/crypto';
import {
  encodeBundle,
  HASH_BYTES,
  leafHash,
  openCheckpoint,
  partialTilesOf,
  TILE_WIDTH,
  TileGrowth,
  tilePath,
} from '@surety/core/ledger';
import type { Head, Store } from '../store/port.ts';
import { DurableTree, syncFolder } from './durable-files.ts';
import type { Keys } from './keys.ts';
import { LogError } from './log-error.ts';
import { nodeEd25519, nodeSha256 } from './node-crypto.ts';
import { readRows } from './tiles.ts';

/** What an export is made of: a store, or a server that is asked. */
export type ExportSource = Pick<Store, 'head' | 'entries' | 'keptCheckpoints'>;
export type ExportKeys = Pick<Keys, 'logVkey'> & { readonly log: Pick<Keys['log'], 'key'> };

/**
 * Writes checkpoint, tiles, entry bundles, kept checkpoints and the log's vkey. Every hash is made anew from the
 * entries and has to lead to the signed root: what does not verify is not exported.
 * @example const { size } = await exportLedger(store, keys, 'ledger-of-june');
 */
export async function exportLedger(
  store: ExportSource,
  keys: ExportKeys,
  out: string,
): Promise<{ readonly size: number }> {
  const target = resolve(out);
  checkFree(target);
  const head = await store.head();
  if (head.size === 0) throw new LogError('not_there', 'The ledger has no entry yet: there is nothing to export.');
  const unfinished = join(dirname(target), `.${basename(target)}.${toHex(randomBytes(4))}.unfinished`);
  try {
    await mkdir(dirname(target), { recursive: true });
    const tree = new DurableTree(unfinished);
    await writeTree(store, head, tree);
    await writeCheckpoints(store, keys, head, tree);
    await tree.write('log.vkey', `${keys.logVkey}\n`);
    await tree.finish();
    await moveTo(unfinished, target);
  } catch (error) {
    // What cannot be made cannot be taken away either, and is not why the export failed.
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    if (!isSystemError(error)) throw error;
    throw new LogError(
      'unwritable',
      `${target} cannot be written: choose a folder with room and rights.`,
      undefined,
      error,
    );
  }
  return { size: head.size };
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** An empty folder may be in the way; nothing else may. */
function checkFree(target: string): void {
  if (!existsSync(target)) return;
  if (isEmptyFolder(target)) return;
  throw new LogError('occupied', `${target} already exists: name a folder that does not, or an empty one.`);
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}

async function moveTo(unfinished: string, target: string): Promise<void> {
  if (existsSync(target)) rmdirSync(target);
  await rename(unfinished, target);
  await syncFolder(dirname(target));
}

/** Bundles and tiles in one pass over the entries; in memory are a bundle and the right edge of the tree. */
async function writeTree(store: ExportSource, { size, root }: Head, tree: DurableTree): Promise<void> {
  const growth = TileGrowth.empty(nodeSha256);
  const partial = new Map<number, Uint8Array>();
  while (growth.size < size) {
    const width = Math.min(TILE_WIDTH, size - growth.size);
    const n = growth.size / TILE_WIDTH;
    const bodies = (await readRows(store, growth.size, width)).map(({ body }) => body);
    await tree.write(tilePath('entries', n, width), encodeBundle(bodies));
    const leaves = bodies.map((body) => leafHash(body, nodeSha256));
    partial.set(0, concatBytes(...leaves));
    for (const { level, n, hashes } of growth.append(leaves)) {
      if (hashes.length < TILE_WIDTH * HASH_BYTES) partial.set(level, hashes);
      else await tree.write(tilePath(level, n), hashes);
    }
  }
  for (const { level, n, width } of partialTilesOf(size))
    await tree.write(tilePath(level, n, width), partial.get(level) as Uint8Array);
  if (!equalBytes(growth.range().root(), root))
    throw new LogError(
      'tampered',
      `The ${size} entries do not lead to the signed root: find out with surety doctor --deep.`,
    );
}

async function writeCheckpoints(
  store: ExportSource,
  { log }: ExportKeys,
  head: Head,
  tree: DurableTree,
): Promise<void> {
  const opened = openCheckpoint(head.checkpoint, [log.key], nodeEd25519);
  if (!opened.ok) throw new LogError('bad_checkpoint', `The head's checkpoint is refused. ${opened.error.detail}`);
  if (opened.value.size !== head.size || !equalBytes(opened.value.root, head.root))
    throw new LogError('bad_checkpoint', `The head's checkpoint is not of its ${head.size} entries and their root.`);
  const kept = (await store.keptCheckpoints(0)).filter(({ size }) => size <= head.size);
  for (const { size, note } of kept) await tree.write(`checkpoints/${size}`, note);
  // The kept one of this size has the witnesses' signatures too.
  const cosigned = kept.find(({ note }) => note.startsWith(opened.value.text));
  await tree.write('checkpoint', cosigned?.note ?? head.checkpoint);
}
