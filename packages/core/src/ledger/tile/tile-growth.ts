/**
 * The tile rows that new leaves cause. Level 0 is written once, when full; above it a tile grows by one hash each time
 * a tile below fills. Held between appends: the partial tile of each level, its hashes and the frontier over them.
 */
import { concatBytes, type Sha256, sha256 } from '../../crypto/index.ts';
import { invariant } from '../../result.ts';
import { CompactRange } from '../tree/compact-range.ts';
import { HASH_BYTES } from '../tree/merkle.ts';
import { isSize } from '../tree/size.ts';
import { partialTilesOf, type Tile, type TileAddress } from './tile.ts';
import { TILE_WIDTH } from './tile-path.ts';

interface Edge {
  readonly hashes: Uint8Array[];
  readonly range: CompactRange;
}

export class TileGrowth {
  readonly #sha: Sha256;
  /** By level, its partial tile. */
  readonly #edges: Edge[];
  #size: number;

  private constructor(size: number, edges: Edge[], sha: Sha256) {
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
    const edges: Edge[] = [];
    for (const partial of partialTilesOf(size)) {
      const hashes = read(partial);
      if (hashes?.length !== partial.width * HASH_BYTES) return undefined;
      while (edges.length < partial.level) edges.push(edgeOf([], sha));
      edges.push(edgeOf(split(hashes), sha));
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
    return [...full, ...grown.map(({ level, n }) => ({ level, n, hashes: concatBytes(...this.#edge(level).hashes) }))];
  }

  /** The frontier of the same tree. */
  range(): CompactRange {
    const roots = this.#edges.toReversed().flatMap(({ range }) => range.roots);
    return new CompactRange(this.#sha, this.#size, roots);
  }

  clone(): TileGrowth {
    const edges = this.#edges.map(({ hashes, range }) => ({ hashes: [...hashes], range: range.clone() }));
    return new TileGrowth(this.#size, edges, this.#sha);
  }

  #edge(level: number): Edge {
    while (this.#edges.length <= level) this.#edges.push(edgeOf([], this.#sha));
    return this.#edges[level] as Edge;
  }

  /** Adds a hash to a level and, when that fills its tile, one to the level above. Gives the highest level it reached. */
  #push(level: number, hash: Uint8Array, full: Tile[]): number {
    const { hashes, range } = this.#edge(level);
    hashes.push(hash);
    range.append(hash);
    if (hashes.length < TILE_WIDTH) return level;
    const n = this.#size / TILE_WIDTH ** (level + 1) - 1;
    full.push({ level, n, hashes: concatBytes(...hashes) });
    this.#edges[level] = edgeOf([], this.#sha);
    return this.#push(level + 1, range.root(), full);
  }
}

function edgeOf(hashes: Uint8Array[], sha: Sha256): Edge {
  const range = new CompactRange(sha);
  for (const hash of hashes) range.append(hash);
  return { hashes, range };
}

function split(hashes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += HASH_BYTES) parts.push(hashes.slice(at, at + HASH_BYTES));
  return parts;
}
