/** Tile n of level l: the 1 to 256 hashes MTH(D[(n*256+i)*256^l : (n*256+i+1)*256^l]), 32 bytes each. */
import { invariant } from '../../result.ts';
import { isSize } from '../tree/size.ts';
import { TILE_WIDTH } from './tile-path.ts';

export interface TileAddress {
  readonly level: number;
  readonly n: number;
  /** How many hashes of the tile are meant, from its first. */
  readonly width: number;
}

export interface Tile {
  readonly level: number;
  readonly n: number;
  readonly hashes: Uint8Array;
}

/** The partial tile at the right edge of each level of a tree; a level whose last tile is full has none. */
export function partialTilesOf(size: number): TileAddress[] {
  invariant(isSize(size), 'a size is a safe integer');
  const partial: TileAddress[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const width = hashes % TILE_WIDTH;
    if (width > 0) partial.push({ level, n: Math.floor(hashes / TILE_WIDTH), width });
  }
  return partial;
}
