/** The Merkle tree hash of RFC 6962, section 2.1, over SHA-256. */
import { fromHex, type Sha256, sha256 } from '../../crypto/index.ts';
import { splitOf } from './size.ts';

export const HASH_BYTES = 32;

/** MTH of no leaves: SHA-256 of nothing. */
export const emptyRoot = (): Uint8Array => fromHex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

/** What is hashed is put together in memory of one kind's own: new memory costs more than its hash. */
let leaf = new Uint8Array(4_096);
const node = new Uint8Array(1 + 2 * HASH_BYTES);
node[0] = 1;

/** SHA-256(0x00 || bytes). */
export function leafHash(bytes: Uint8Array, sha: Sha256 = sha256): Uint8Array {
  if (leaf.length <= bytes.length) leaf = new Uint8Array(2 * bytes.length);
  leaf.set(bytes, 1);
  return sha(leaf.subarray(0, 1 + bytes.length));
}

/** SHA-256(0x01 || left || right), both of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha: Sha256 = sha256): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha(node);
}

/** The root of a tree of leaf hashes. */
export function rootOf(leaves: readonly Uint8Array[], sha: Sha256 = sha256): Uint8Array {
  return leaves.length === 0 ? emptyRoot() : rootWithin(leaves, 0, leaves.length, sha);
}

/** MTH(D[from:to]), `from` < `to`. */
export function rootWithin(leaves: readonly Uint8Array[], from: number, to: number, sha: Sha256): Uint8Array {
  if (to - from === 1) return leaves[from] as Uint8Array;
  const middle = from + splitOf(to - from);
  return nodeHash(rootWithin(leaves, from, middle, sha), rootWithin(leaves, middle, to, sha), sha);
}

/** One hash of several neighbouring subtrees, largest first: from the right, each the left side of what came before. */
export function joinRoots(roots: readonly Uint8Array[], sha: Sha256 = sha256): Uint8Array {
  let joined = roots.at(-1) ?? emptyRoot();
  for (let i = roots.length - 2; i >= 0; i--) joined = nodeHash(roots[i] as Uint8Array, joined, sha);
  return joined;
}
