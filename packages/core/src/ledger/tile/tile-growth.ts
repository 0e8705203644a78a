/**
 * The tile rows that new leaves cause. Level 0 is written once, when full; above it a tile grows by one hash each time
 * a tile below fills. Held between appends: the hashes of the partial tile of each level.
 */
import { concatBytes, type Sha256, sha256 } from '../../crypto/index.ts';
import { invariant } from '../../result.ts';
import { CompactRange } from '../tree/compact-range.ts';
import { HASH_BYTES, rootOf, rootWithin } from '../tree/merkle.ts';
import { isSize, levelWithin } from '../tree/size.ts';
import { partialTilesOf, type Tile, type TileAddress } from './tile.ts';
import { TILE_WIDTH } from './tile-path.ts';

export class TileGrowth {
  readonly #sha: Sha256;
  /** By level, the hashes of its partial tile. */
  readonly #edges: Uint8Array[][];
  #size: number;

  private constructor(size: number, edges: Uint8Array[][], sha: Sha256) {
    this.#size = size;
    this.#edges = edges;
    this.#sha = sha;
  }

  static empty(sha: Sha256 = sha256): TileGrowth {
    return new TileGrowth(0, [], sha);
  }

  /**
   * Takes up a stored tree. `read` gives the hashes of each partial tile (`partialTilesOf`): of level 0 from the last
   * entries, of the others from their rows. `undefined` where one is absent or has another width.
   */
  static at(
    size: number,
    read: (partial: TileAddress) => Uint8Array | undefined,
    sha: Sha256 = sha256,
  ): TileGrowth | undefined {
    if (!isSize(size)) return undefined;
    const edges: Uint8Array[][] = [];
    for (const partial of partialTilesOf(size)) {
      const hashes = read(partial);
      if (hashes?.length !== partial.width * HASH_BYTES) return undefined;
      while (edges.length < partial.level) edges.push([]);
      edges.push(split(hashes));
    }
    return new TileGrowth(size, edges, sha);
  }

  get size(): number {
    return this.#size;
  }

  /** Appends leaf hashes; gives the rows to write, whole, each once, in the state they have at the end. */
  append(leaves: readonly Uint8Array[]): Tile[] {
    const full: Tile[] = [];
    let risen = 0;
    for (const leaf of leaves) {
      invariant(leaf.length === HASH_BYTES && isSize(this.#size + 1), 'a leaf hash is 32 bytes, and a size is safe');
      this.#size++;
      risen = Math.max(risen, this.#push(0, leaf, full));
    }
    const grown = partialTilesOf(this.#size).filter(({ level }) => level > 0 && level <= risen);
    return [...full, ...grown.map(({ level, n }) => ({ level, n, hashes: concatBytes(...this.#edge(level)) }))];
  }

  /** The frontier of the same tree: a start from stored tiles is checked against the head's root with it. */
  range(): CompactRange {
    const roots: Uint8Array[] = [];
    for (let level = this.#edges.length - 1; level >= 0; level--) {
      const edge = this.#edge(level);
      for (let at = 0; at < edge.length; ) {
        const to = at + 2 ** levelWithin(edge.length - at);
        roots.push(rootWithin(edge, at, to, this.#sha));
        at = to;
      }
    }
    return new CompactRange(this.#sha, this.#size, roots);
  }

  clone(): TileGrowth {
    return new TileGrowth(
      this.#size,
      this.#edges.map((edge) => [...edge]),
      this.#sha,
    );
  }

  #edge(level: number): Uint8Array[] {
    while (this.#edges.length <= level) this.#edges.push([]);
    return this.#edges[level] as Uint8Array[];
  }

  /** Adds a hash to a level and, when that fills its tile, one to the level above. Gives the highest level it reached. */
  #push(level: number, hash: Uint8Array, full: Tile[]): number {
    const edge = this.#edge(level);
    edge.push(hash);
    if (edge.length < TILE_WIDTH) return level;
    const n = this.#size / TILE_WIDTH ** (level + 1) - 1;
    full.push({ level, n, hashes: concatBytes(...edge) });
    this.#edges[level] = [];
    return this.#push(level + 1, rootOf(edge, this.#sha), full);
  }
}

function split(hashes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += HASH_BYTES) parts.push(hashes.slice(at, at + HASH_BYTES));
  return parts;
}
