/** Opening a ledger (ledger, section 7.1): what is stored has to be what we signed. Nothing is mended, nothing changed. */
import { randomInt } from 'node:crypto';
import { equalBytes } from '@surety/core/crypto';
import { openCheckpoint, parseCheckpoint, rootOf, type TileGrowth } from '@surety/core/ledger';
import type { Head, Store } from '../store/port.ts';
import { checkAllRows, checkEnds, checkSomeRows, checkTime } from './check-rows.ts';
import { checkLevels, rebuildEdge } from './check-tiles.ts';
import type { Keys } from './keys.ts';
import { LogError } from './log-error.ts';
import { nodeEd25519 } from './node-crypto.ts';
import { isRootAt } from './proofs.ts';

export interface CheckOptions {
  /** Hash every entry and not only the last and a thousand random ones. */
  readonly deep?: boolean;
  /** Checkpoints kept outside the database: the anchor's file, and what witnesses have (7.2). */
  readonly anchors?: readonly string[];
  /** An integer from 0, below its argument. */
  readonly random?: (below: number) => number;
}

export interface CheckedLedger {
  readonly size: number;
  /** The time of the latest entry. */
  readonly at: number;
  readonly growth: TileGrowth;
}

/**
 * Throws a `LogError` that says which step refused and at which entry.
 * @example const { size, at, growth } = await checkLedger(store, keys, { anchors });
 */
export async function checkLedger(store: Store, keys: Keys, options: CheckOptions = {}): Promise<CheckedLedger> {
  const { deep = false, anchors = [], random = randomInt } = options;
  await step(1, () => checkOrigin(store, keys));
  const head = await step(2, () => readHead(store, keys));
  const { size, at } = head;
  await step(2, () => checkEnds(store, size));
  const growth = await step(3, () => rebuildEdge(store, head));
  await step(3, () => checkLevels(store, size));
  await step(4, () => (deep ? checkAllRows(store, size) : checkSomeRows(store, size, random)));
  await step(4, () => checkTime(store, head));
  for (const anchor of anchors) await step(5, () => checkAnchor(store, keys, size, anchor));
  return { size, at, growth };
}

async function step<T>(number: number, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    throw new LogError(error.code, `The ledger does not open (step ${number}). ${error.message}`, error.index, error);
  }
}

async function checkOrigin(store: Store, { origin }: Keys): Promise<void> {
  const found = await store.meta('origin');
  if (found !== undefined && found !== origin)
    throw new LogError(
      'other_origin',
      `The database is of ${found}, the keys are of ${origin}: use the ones or the other.`,
    );
}

async function readHead(store: Store, { origin, log }: Keys): Promise<Head> {
  const head = await store.head();
  if (head.size === 0) return checkEmpty(head);
  const parsed = parseCheckpoint(head.checkpoint);
  if (parsed.ok && parsed.value.origin !== origin)
    throw new LogError('other_origin', `The checkpoint is of ${parsed.value.origin}, the keys are of ${origin}.`);
  const opened = openCheckpoint(head.checkpoint, [log.key], nodeEd25519);
  if (!opened.ok) throw new LogError('bad_checkpoint', `The head's checkpoint is refused. ${opened.error.detail}`);
  const { size, root } = opened.value;
  if (size !== head.size)
    throw new LogError('bad_checkpoint', `The head says size ${head.size}, its checkpoint ${size}.`);
  if (!equalBytes(root, head.root))
    throw new LogError('bad_checkpoint', 'The head has another root than its checkpoint.');
  return head;
}

function checkEmpty(head: Head): Head {
  const isEmpty = head.checkpoint === '' && head.at === 0 && equalBytes(head.root, rootOf([]));
  if (!isEmpty) throw new LogError('bad_checkpoint', 'The head says size 0 and is not that of an empty ledger.');
  return head;
}

/** A checkpoint that left us binds us: the ledger still begins with its tree. */
async function checkAnchor(store: Store, { origin, log }: Keys, size: number, anchor: string): Promise<void> {
  const parsed = parseCheckpoint(anchor);
  if (parsed.ok && parsed.value.origin !== origin)
    throw new LogError('other_origin', `The anchor is of ${parsed.value.origin}, the keys are of ${origin}.`);
  const opened = openCheckpoint(anchor, [log.key], nodeEd25519);
  if (!opened.ok)
    throw new LogError('anchor_damaged', `The anchor is not a checkpoint of ours. ${opened.error.detail}`);
  const released = opened.value;
  if (released.size > size)
    throw new LogError(
      'rolled_back',
      `The ledger has ${size} entries and has released a checkpoint of ${released.size}: an old backup was restored. Restore a newer one, or go on with surety ledger continue.`,
      size,
    );
  if (!(await isRootAt(store, released.size, released.root)))
    throw new LogError('forked', `At size ${released.size} the ledger is not the one whose checkpoint was released.`);
}
