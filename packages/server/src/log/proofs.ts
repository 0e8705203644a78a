/** Proofs from the stored tiles: receipts (C2SP tlog-proof), consistency between two sizes, roots of earlier sizes. */
import { equalBytes } from '@surety/core/crypto';
import {
  formatReceipt,
  leafHash,
  type ProofPlan,
  parseCheckpoint,
  planConsistency,
  planInclusion,
  planRoot,
  proofFrom,
  tilesOf,
  verifyInclusion,
} from '@surety/core/ledger';
import type { Store } from '../store/port.ts';
import { LogError } from './log-error.ts';
import { nodeSha256 } from './node-crypto.ts';
import { readEntryBytes, readTile } from './tiles.ts';

/**
 * The text of a `.tlog-proof`: that entry `seq` is in the tree of this checkpoint, which may be older than the head.
 * @example const text = await receiptOf(store, 17, (await store.head()).checkpoint);
 */
export async function receiptOf(store: Store, seq: number, checkpoint: string): Promise<string> {
  const parsed = parseCheckpoint(checkpoint);
  if (!parsed.ok) throw new LogError('bad_checkpoint', `A receipt needs a checkpoint. ${parsed.error.detail}`);
  const { size, root } = parsed.value;
  const entry = await readEntryBytes(store, seq, size);
  const proof = await follow(store, planInclusion(seq, size));
  const leaf = leafHash(entry, nodeSha256);
  // A receipt that does not verify never leaves: it would look as if the log had lied.
  if (!verifyInclusion({ index: seq, size, leaf, root, proof }, nodeSha256))
    throw new LogError('tampered', `Entry ${seq} does not lead to the signed root of size ${size}.`, seq);
  return formatReceipt({ entry, index: seq, proof, checkpoint });
}

/** The hashes that prove that the tree of `size` entries begins with the tree of `old`. */
export async function consistencyOf(store: Store, old: number, size: number): Promise<Uint8Array[]> {
  if (!(old <= size)) throw new LogError('not_there', `A tree of ${size} entries has no beginning of ${old}.`);
  return old === 0 ? [] : follow(store, planConsistency(old, size));
}

/** The root the log had at an earlier size. */
export async function rootAt(store: Store, size: number): Promise<Uint8Array> {
  const [root] = await follow(store, [planRoot(size)]);
  return root as Uint8Array;
}

export const isRootAt = async (store: Store, size: number, root: Uint8Array): Promise<boolean> =>
  equalBytes(await rootAt(store, size), root);

async function follow(store: Store, plan: ProofPlan): Promise<Uint8Array[]> {
  const read = new Map<string, Uint8Array>();
  for (const tile of tilesOf(plan)) read.set(`${tile.level}/${tile.n}`, await readTile(store, tile));
  const proof = proofFrom(plan, ({ level, n }) => read.get(`${level}/${n}`), nodeSha256);
  if (!proof.ok) throw new LogError('tiles_wrong', proof.error.detail);
  return proof.value;
}
