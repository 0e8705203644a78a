/** Whether the stored tiles are the tree of the head: as many as there have to be, each the child of the one above. */
import { equalBytes, toHex } from '@surety/core/crypto';
import {
  CompactRange,
  HASH_BYTES,
  isSize,
  partialTilesOf,
  rootOf,
  TILE_WIDTH,
  TileGrowth,
  tilePath,
} from '@surety/core/ledger';
import type { Head, Store, Tile } from '../store/port.ts';
import { LogError } from './log-error.ts';
import { nodeSha256 } from './node-crypto.ts';
import { hashesAt, hashRows, readTile } from './tiles.ts';

/** Tiles that are read at once: half a megabyte. */
const PAGE = 64;
/** 256^7 is more than any size: no ledger has a tile of this level. */
const LEVELS = 7;

/** The right edge of the tree, from the partial tile of each level and the last entries; it has to be the head's. */
export async function rebuildEdge(store: Store, head: Head): Promise<TileGrowth> {
  const { size, frontier, root } = head;
  const range = isSize(size) ? CompactRange.fromBytes(size, frontier, nodeSha256) : undefined;
  if (!range || !equalBytes(range.root(), root))
    throw new LogError('head_wrong', `The frontier in the head does not lead to its root ${toHex(root)}.`);
  const edges = new Map<number, Uint8Array>();
  for (const partial of partialTilesOf(size)) {
    const { level, n, width } = partial;
    edges.set(level, await (level === 0 ? hashRows(store, n, width) : readTile(store, partial)));
  }
  const growth = TileGrowth.at(size, ({ level }) => edges.get(level), nodeSha256);
  if (!growth) throw new LogError('tiles_wrong', `The partial tiles of ${size} entries are not all there.`);
  checkFrontier(size, growth.range().toBytes(), frontier);
  return growth;
}

/** Which part of the edge is not the head's: a tile, or one of the last entries. */
function checkFrontier(size: number, found: Uint8Array, frontier: Uint8Array): void {
  let at = 0;
  for (const { level, n, width } of partialTilesOf(size).reverse()) {
    let first = n * TILE_WIDTH;
    for (let bit = TILE_WIDTH / 2; bit >= 1; bit /= 2) {
      if (Math.floor(width / bit) % 2 === 0) continue;
      const isEqual = equalBytes(found.subarray(at, at + HASH_BYTES), frontier.subarray(at, at + HASH_BYTES));
      if (!isEqual && level === 0) {
        const which = bit === 1 ? `Entry ${first} is` : `One of the entries ${first} to ${first + bit - 1} is`;
        throw new LogError('tampered', `${which} not what was hashed.`, first);
      }
      if (!isEqual) throw new LogError('tiles_wrong', `${tilePath(level, n, width)} does not lead to the head's root.`);
      at += HASH_BYTES;
      first += bit;
    }
  }
}

/** That every level has the hashes it has to have, and that each full tile from level 1 on is the child of its parent. */
export async function checkLevels(store: Store, size: number): Promise<void> {
  let excess: string | undefined;
  for (let level = 0; level < LEVELS; level++) {
    const hashes = hashesAt(level, size);
    const count = level === 0 ? hashesAt(1, size) : Math.ceil(hashes / TILE_WIDTH);
    const parents = hashReader(store, level + 1, size);
    let n = 0;
    for await (const tile of tilesOfLevel(store, level, count)) {
      const width = Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH);
      const found = tile.n === n ? tile.hashes.length / HASH_BYTES : 0;
      if (found < width) throw missing(level, n, found, width);
      if (found > width) excess = `${tilePath(level, n)} has ${found} hashes, not ${width}`;
      if (level > 0 && width === TILE_WIDTH) checkChild(tile, await parents(n));
      n++;
    }
    if (n < count) throw missing(level, n, 0, Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH));
    const [beyond] = await store.tiles(level, count, Number.MAX_SAFE_INTEGER);
    if (beyond) excess = `${tilePath(level, beyond.n)} belongs to no ledger of ${size} entries`;
  }
  // Where another node appends meanwhile, there is more than the head said when it was read.
  if (excess && (await store.head()).size === size) throw new LogError('tiles_wrong', `${excess}.`);
}

const missing = (level: number, n: number, found: number, width: number) =>
  new LogError('tiles_wrong', `${tilePath(level, n)} has ${found} hashes, not ${width}.`);

async function* tilesOfLevel(store: Store, level: number, count: number): AsyncIterable<Tile> {
  for (let from = 0; from < count; from += PAGE) yield* await store.tiles(level, from, Math.min(from + PAGE, count));
}

export function checkChild({ level, n, hashes }: Tile, parent: Uint8Array): void {
  const leaves = Array.from({ length: TILE_WIDTH }, (_, i) => hashes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  if (!equalBytes(rootOf(leaves, nodeSha256), parent))
    throw new LogError(
      'tiles_wrong',
      `${tilePath(level, n)} is not what ${tilePath(level + 1, Math.floor(n / TILE_WIDTH))} says.`,
    );
}

/** The hashes of a level one by one; the last tile read is remembered. */
export function hashReader(
  store: Store,
  level: number,
  size: number,
  check: (tile: Tile) => Promise<void> = async () => {},
) {
  let held: Tile = { level, n: -1, hashes: new Uint8Array(0) };
  return async (index: number): Promise<Uint8Array> => {
    const n = Math.floor(index / TILE_WIDTH);
    if (held.n !== n) {
      const width = Math.min(TILE_WIDTH, hashesAt(level, size) - n * TILE_WIDTH);
      const tile = { level, n, hashes: await readTile(store, { level, n, width }) };
      await check(tile);
      held = tile;
    }
    const from = (index - n * TILE_WIDTH) * HASH_BYTES;
    return held.hashes.subarray(from, from + HASH_BYTES);
  };
}
