/** Opens the world: the ledger is checked, a snapshot taken up where one fits, and the rest folded. */
import { canonical, encodeUtf8, equalBytes } from '@surety/core/crypto';
import { fold, fromPieces, toPieces, WORLD_FOLD, WORLD_VERSION, World, type WorldPiece } from '@surety/core/world';
import type { Keys } from '../log/keys.ts';
import { type CheckOptions, checkLedger } from '../log/open.ts';
import { Position } from '../log/position.ts';
import { rootAt } from '../log/proofs.ts';
import type { Store } from '../store/port.ts';
import { toPlaced } from './placed.ts';

export interface OpenedWorld {
  readonly world: World;
  readonly position: Position;
  /** Entries a snapshot spared from being folded. */
  readonly spared: number;
}

export async function openWorld(store: Store, keys: Keys, options: CheckOptions): Promise<OpenedWorld> {
  const { size, at, range, growth } = await checkLedger(store, keys, options);
  const world = (await fromSnapshot(store, size)) ?? new World();
  const spared = world.size;
  for await (const row of store.entries(spared, size - spared)) fold(world, toPlaced(row));
  return { world, position: new Position(range, growth, at), spared };
}

/** A snapshot is never trusted: only one whose root is ours at its size, whole and undamaged, is used. */
async function fromSnapshot(store: Store, size: number): Promise<World | undefined> {
  const stored = await store.snapshot(WORLD_FOLD, WORLD_VERSION);
  if (!stored || stored.size > size || !equalBytes(stored.root, await rootAt(store, stored.size))) return undefined;
  const pieces: WorldPiece[] = [];
  try {
    for await (const part of stored.parts)
      pieces.push(JSON.parse(Buffer.from(part.buffer, part.byteOffset, part.length).toString()) as WorldPiece);
  } catch {
    return undefined;
  }
  const world = fromPieces(pieces);
  return world.size === stored.size ? world : undefined;
}

/**
 * Keeps the world as it is now. The pieces are cut before anything else happens, so that they are of one moment; each
 * is written by itself.
 */
export async function keepSnapshot(store: Store, world: World, position: Position): Promise<void> {
  if (world.size === 0) return;
  const key = { fold: WORLD_FOLD, version: WORLD_VERSION, size: world.size, root: position.root() };
  const parts = [...toPieces(world)].map((piece) => encodeUtf8(canonical(piece)));
  await store.putSnapshot({ ...key, parts });
}

/** The world as one text: equal worlds give equal texts. */
export const worldText = (world: World): string => [...toPieces(world)].map((piece) => canonical(piece)).join('\n');
