/**
 * Snapshots of the world: caches that spare folding, never trusted. At shutdown the world itself is written; while it is
 * at work a second world is folded aside, a little at a time, so that nobody waits for a snapshot.
 */
import { canonical, encodeUtf8, equalBytes } from '@surety/core/crypto';
import { fold, fromPieces, toPieces, WORLD_FOLD, WORLD_VERSION, World, type WorldPiece } from '@surety/core/world';
import type { Position } from '../../log/position.ts';
import { rootAt } from '../../log/proofs.ts';
import type { Store } from '../../store/port.ts';
import { toPlaced } from '../writing/placed.ts';

const FOLD = { fold: WORLD_FOLD, version: WORLD_VERSION };
/** Entries folded before others have their turn. */
const SLICE = 200;

/** Only a snapshot whose root is ours at its size, whole and undamaged, is used. */
export async function readSnapshot(store: Store, size: number): Promise<World | undefined> {
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

/** The world as it is now; its pieces are cut at once, so that they are of one moment. */
export async function keepSnapshot(store: Store, world: World, position: Position): Promise<void> {
  if (world.size === 0) return;
  const parts = [...toPieces(world)].map((piece) => encodeUtf8(canonical(piece)));
  await store.putSnapshot({ ...FOLD, size: world.size, root: position.root(), parts });
}

/** As `keepSnapshot`, of the ledger as it is stored, beside the work. Tells the size it is of. */
export async function snapshotAside(store: Store): Promise<number> {
  const { size } = await store.head();
  const world = (await readSnapshot(store, size)) ?? new World();
  if (world.size === size) return size;
  let done = 0;
  for await (const row of store.entries(world.size, size - world.size)) {
    fold(world, toPlaced(row));
    done++;
    if (done % SLICE === 0) await turn();
  }
  await store.putSnapshot({ ...FOLD, size, root: await rootAt(store, size), parts: inTurns(world) });
  return size;
}

async function* inTurns(world: World): AsyncIterable<Uint8Array> {
  for (const piece of toPieces(world)) {
    yield encodeUtf8(canonical(piece));
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((go) => setImmediate(go));

/** The world as one text: equal worlds give equal texts. */
export const worldText = (world: World): string => [...toPieces(world)].map((piece) => canonical(piece)).join('\n');
