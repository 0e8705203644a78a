/** Where a node stands in the ledger: the tree over every entry it knows, from which the next batch is sealed. */

import { equalBytes } from '@surety/core/crypto';
import { leafHash, type PrivateKey, signCheckpoint, TileGrowth } from '@surety/core/ledger';
import type { Head, Row, Tile } from '../store/port.ts';
import { nodeEd25519, nodeSha256 } from './node-crypto.ts';

export class Position {
  readonly #growth: TileGrowth;
  readonly #at: number;

  constructor(growth: TileGrowth, at: number) {
    this.#growth = growth;
    this.#at = at;
  }

  static empty(): Position {
    return new Position(TileGrowth.empty(nodeSha256), 0);
  }

  get size(): number {
    return this.#growth.size;
  }

  /** The time of the latest entry. */
  get at(): number {
    return this.#at;
  }

  root(): Uint8Array {
    return this.#growth.range().root();
  }

  isAt(head: Head): boolean {
    return head.size === this.size && equalBytes(head.root, this.root());
  }

  /** The position after more entries, and the tiles they fill; this one stays as it is. */
  extend(bodies: readonly Uint8Array[], at: number): { position: Position; tiles: readonly Tile[] } {
    const growth = this.#growth.clone();
    const leaves = bodies.map((body) => leafHash(body, nodeSha256));
    return { tiles: growth.append(leaves), position: new Position(growth, at) };
  }

  /** What others appended, up to their head. `undefined` where it does not lead to that head: somebody forked the log. */
  follow(rows: readonly Row[], head: Head): Position | undefined {
    const isGapless = rows.every(({ idx }, i) => idx === this.size + i);
    if (!isGapless) return undefined;
    const { position } = this.extend(
      rows.map(({ body }) => body),
      head.at,
    );
    return position.isAt(head) ? position : undefined;
  }

  /** The head that stands for this position, signed. It leaves the process only after it is durable. */
  seal(keys: readonly PrivateKey[], origin: string): Head {
    const range = this.#growth.range();
    const root = range.root();
    return {
      size: this.size,
      at: this.#at,
      root,
      frontier: range.toBytes(),
      checkpoint: signCheckpoint({ origin, size: this.size, root }, keys, nodeEd25519),
    };
  }
}
