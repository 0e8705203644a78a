/** Tiles and entry bundles of a tree of any size up to the log's own (C2SP tlog-tiles), read from the store. */
import { concatBytes } from '@surety/core/crypto';
import {
  encodeBundle,
  HASH_BYTES,
  isSize,
  leafHash,
  parseTilePath,
  TILE_WIDTH,
  type TileAddress,
  tilePath,
} from '@surety/core/ledger';
import type { Row, Store } from '../store/port.ts';
import { LogError } from './log-error.ts';
import { nodeSha256 } from './node-crypto.ts';

/** What lies under `tile/…` for a log of this size; `undefined` where that path names nothing it has. */
export async function readTilePath(store: Store, size: number, path: string): Promise<Uint8Array | undefined> {
  const tile = parseTilePath(path);
  if (!tile) return undefined;
  const { level, n, width } = tile;
  if (n * TILE_WIDTH + width > hashesAt(level === 'entries' ? 0 : level, size)) return undefined;
  return level === 'entries' ? readBundle(store, n, width) : readTile(store, { level, n, width });
}

/** How many hashes a level of a tree has: floor(size / 256^level). */
export const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** The first `width` hashes of a tile. What is not stored yet, the last of level 0, is hashed from its entries. */
export async function readTile(store: Store, { level, n, width }: TileAddress): Promise<Uint8Array> {
  const [tile] = await store.tiles(level, n, n + 1);
  const length = width * HASH_BYTES;
  if (tile && tile.hashes.length >= length) return tile.hashes.slice(0, length);
  if (level > 0 || width === TILE_WIDTH) {
    const found = tile ? `${tile.hashes.length / HASH_BYTES} hashes, not ${width}` : 'no row';
    throw new LogError('tiles_wrong', `${tilePath(level, n)} has ${found}: restore a backup.`);
  }
  return hashRows(store, n, width);
}

/** The same of level 0, from the entries themselves. */
export async function hashRows(store: Store, n: number, width: number): Promise<Uint8Array> {
  const rows = await readRows(store, n * TILE_WIDTH, width);
  return concatBytes(...rows.map(({ body }) => leafHash(body, nodeSha256)));
}

async function readBundle(store: Store, n: number, width: number): Promise<Uint8Array> {
  return encodeBundle((await readRows(store, n * TILE_WIDTH, width)).map(({ body }) => body));
}

/** Exactly these rows, or an error that names the first that is not there. */
export async function readRows(store: Pick<Store, 'entries'>, from: number, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of store.entries(from, count)) {
    if (row.idx !== from + rows.length) break;
    rows.push(row);
  }
  if (rows.length === count) return rows;
  const index = from + rows.length;
  throw new LogError('rows_missing', `Entry ${index} is not in the database: restore a backup.`, index);
}

/** The bytes of one entry. */
export async function readEntryBytes(store: Store, seq: number, size: number): Promise<Uint8Array> {
  if (!isSize(seq) || seq >= size)
    throw new LogError('not_there', `There is no entry ${seq} in a ledger of ${size}: ask for 0 to ${size - 1}.`);
  const [row] = await readRows(store, seq, 1);
  return (row as Row).body;
}
