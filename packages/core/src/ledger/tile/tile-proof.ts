/** Proofs from stored tiles: `tilesOf` says which ones a plan needs, the rest joins what they hold. */
import { type Sha256, sha256 } from '../../crypto/index.ts';
import { ok, type Result } from '../../result.ts';
import { type LedgerRefusal, refuse } from '../refusal.ts';
import { HASH_BYTES, joinRoots, rootWithin } from '../tree/merkle.ts';
import { type ProofPlan, planConsistency, planInclusion, planRoot, type TreeNode } from '../tree/plan.ts';
import type { TileAddress } from './tile.ts';
import { TILE_WIDTH, tilePath } from './tile-path.ts';

/** The stored hashes of a tile, at least `width` of them; of the partial tile of level 0 from the last entries. */
export type ReadTile = (tile: TileAddress) => Uint8Array | undefined;

/** Each tile a plan needs, once, with the number of hashes that have to be there. */
export function tilesOf(plan: ProofPlan): TileAddress[] {
  const tiles = new Map<string, TileAddress>();
  for (const node of plan.flat()) {
    const { level, n, from, count } = placeOf(node);
    const key = `${level}/${n}`;
    tiles.set(key, { level, n, width: Math.max(from + count, tiles.get(key)?.width ?? 0) });
  }
  return [...tiles.values()];
}

export const inclusionFromTiles = (index: number, size: number, read: ReadTile, sha: Sha256 = sha256) =>
  proofFrom(planInclusion(index, size), read, sha);

export const consistencyFromTiles = (old: number, size: number, read: ReadTile, sha: Sha256 = sha256) =>
  proofFrom(planConsistency(old, size), read, sha);

export function rootFromTiles(size: number, read: ReadTile, sha: Sha256 = sha256): Result<Uint8Array, LedgerRefusal> {
  const proof = proofFrom([planRoot(size)], read, sha);
  return proof.ok ? ok(proof.value[0] as Uint8Array) : proof;
}

/** The hashes of a plan, in order. */
export function proofFrom(plan: ProofPlan, read: ReadTile, sha: Sha256 = sha256): Result<Uint8Array[], LedgerRefusal> {
  const proof: Uint8Array[] = [];
  for (const nodes of plan) {
    const roots: Uint8Array[] = [];
    for (const node of nodes) {
      const root = rootFromTile(node, read, sha);
      if (!root) return missing(node);
      roots.push(root);
    }
    proof.push(joinRoots(roots, sha));
  }
  return ok(proof);
}

/** Where a node lies: `count` hashes of one tile, from its hash `from`. */
function placeOf({ level, index }: TreeNode): TileAddress & { readonly from: number; readonly count: number } {
  const count = 2 ** (level % 8);
  const first = index * count;
  const n = Math.floor(first / TILE_WIDTH);
  const from = first - n * TILE_WIDTH;
  return { level: Math.floor(level / 8), n, width: from + count, from, count };
}

function rootFromTile(node: TreeNode, read: ReadTile, sha: Sha256): Uint8Array | undefined {
  const { level, n, width, from, count } = placeOf(node);
  const hashes = read({ level, n, width });
  if (!hashes || hashes.length < width * HASH_BYTES) return undefined;
  const leaves: Uint8Array[] = [];
  for (let i = from; i < from + count; i++) leaves.push(hashes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  return rootWithin(leaves, 0, count, sha);
}

function missing(node: TreeNode) {
  const { level, n, width } = placeOf(node);
  return refuse('tile_missing', `${tilePath(level, n)} is absent or has fewer than ${width} hashes.`);
}
