/** The frontier of a growing tree: the roots of its perfect subtrees, largest first, one per set bit of its size. */
import { concatBytes, type Sha256, sha256 } from '../../crypto/index.ts';
import { invariant } from '../../result.ts';
import { HASH_BYTES, joinRoots, nodeHash } from './merkle.ts';
import { half, isOdd, isSize } from './size.ts';

export class CompactRange {
  readonly #sha: Sha256;
  readonly #roots: Uint8Array[];
  #size: number;

  constructor(sha: Sha256 = sha256, size = 0, roots: readonly Uint8Array[] = []) {
    invariant(isSize(size) && roots.length === setBits(size), 'a frontier has one root per set bit of its size');
    this.#sha = sha;
    this.#size = size;
    this.#roots = [...roots];
  }

  /** Reads a stored frontier; `undefined` where its length does not fit the size. */
  static fromBytes(size: number, bytes: Uint8Array, sha: Sha256 = sha256): CompactRange | undefined {
    if (!isSize(size) || bytes.length !== setBits(size) * HASH_BYTES) return undefined;
    const roots: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += HASH_BYTES) roots.push(bytes.slice(at, at + HASH_BYTES));
    return new CompactRange(sha, size, roots);
  }

  get size(): number {
    return this.#size;
  }

  get roots(): readonly Uint8Array[] {
    return this.#roots;
  }

  append(leaf: Uint8Array): void {
    invariant(leaf.length === HASH_BYTES && isSize(this.#size + 1), 'a leaf hash is 32 bytes, and a size is safe');
    let root = leaf;
    // Each trailing set bit is a perfect subtree that is now the left half of a larger one.
    for (let rest = this.#size; isOdd(rest); rest = half(rest)) {
      root = nodeHash(this.#roots.pop() as Uint8Array, root, this.#sha);
    }
    this.#roots.push(root);
    this.#size++;
  }

  root(): Uint8Array {
    return joinRoots(this.#roots, this.#sha);
  }

  toBytes(): Uint8Array {
    return concatBytes(...this.#roots);
  }

  clone(): CompactRange {
    return new CompactRange(this.#sha, this.#size, this.#roots);
  }
}

function setBits(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = half(rest)) bits += rest % 2;
  return bits;
}
