/** One batch into the ledger: decided on the world as it is, and asked for again until it is known what became of it. */
import { equalBytes } from '@surety/core/crypto';
import { fold, type World } from '@surety/core/world';
import type { Position } from '../../log/position.ts';
import { type AppendTx, type Head, type Row, type Store, StoreError } from '../../store/port.ts';
import { type BatchParts, decideBatch, type Prepared, toErase, type Waiting } from './batch.ts';
import type { Followed } from './committed.ts';
import { toPlaced } from './placed.ts';

export interface AppendParts extends BatchParts {
  readonly store: Store;
  /** Where the node stands and what the entries up to there make; also how both are built anew. */
  readonly open: () => Promise<{ world: World; position: Position }>;
  /** What other nodes appended was taken in. */
  readonly onFollowed: (followed: Followed) => void;
  /** The world was built anew: whatever was kept beside it may be wrong. */
  readonly onRebuilt: () => void;
}

/** How often a batch is asked for, how often while it is unknown whether a commit happened, and the longest pause. */
export const TRIES = Object.freeze({ tries: 6, looks: 16, pauseMs: 500 });

/** Where the node stands, and how a batch brings it further. */
export class Appender {
  readonly #parts: AppendParts;
  #world: World;
  /** Up to where everything is durable. */
  #position: Position;
  /** The world holds what was not committed: it is built anew before anything is decided on it. */
  #isStale = false;
  #end: unknown;

  constructor(parts: AppendParts, start: { world: World; position: Position }) {
    this.#parts = parts;
    this.#world = start.world;
    this.#position = start.position;
  }

  get world(): World {
    return this.#world;
  }

  get position(): Position {
    return this.#position;
  }

  /** What ended it: nothing can be appended any more. */
  get end(): unknown {
    return this.#end;
  }

  /** Takes in what others appended; false where the world cannot be built anew now. */
  async look(): Promise<boolean> {
    if (!(await this.#isFit())) return false;
    try {
      const head = await this.#parts.store.head();
      const from = this.#position.size;
      const rows: Row[] = [];
      for await (const row of this.#parts.store.entries(from, Math.max(0, head.size - from))) rows.push(row);
      this.#follow(head, rows);
      return true;
    } catch (error) {
      if (error instanceof StoreError && error.isFatal) this.#end ??= error;
      throw error;
    }
  }

  /** `undefined` where it is not known to be durable. */
  async append(batch: readonly Waiting[]): Promise<Prepared | undefined> {
    if (!(await this.#isFit())) return undefined;
    const ids = batch.flatMap(({ asked }) => asked.ids.slice(0, 1));
    let prepared: Prepared | undefined;
    let triesMax: number = TRIES.tries;
    for (let tries = 1; ; tries++) {
      const ahead = prepared ? undefined : { from: this.#position.size, ids };
      try {
        const run = (tx: AppendTx) => this.#appendOnce(tx, batch, ids, prepared, (made) => (prepared = made));
        const done = await this.#parts.store.append(run, ahead);
        this.#position = done.position;
        return done;
      } catch (error) {
        // Nobody is answered before it is known whether a commit that was sent happened.
        if (error instanceof StoreError && error.code === 'unknown_outcome') triesMax = TRIES.looks;
        if (!(await this.#mayRetry(error, prepared, tries < triesMax ? tries : undefined))) return undefined;
        // Decided upon a world that is no more: it is decided again.
        if (error instanceof MovedError) prepared = undefined;
      }
    }
  }

  async #appendOnce(
    tx: AppendTx,
    batch: readonly Waiting[],
    ids: readonly string[],
    before: Prepared | undefined,
    made: (prepared: Prepared) => void,
  ): Promise<Prepared> {
    if (before && before.rows.length > 0 && tx.head.size !== before.base) {
      const [first] = await tx.find(before.rows.slice(0, 1).map(({ id }) => id));
      const ours = before.rows[0];
      // A commit nobody had answered for: its entries are there, so it happened.
      if (first && ours && first.idx === ours.idx && equalBytes(first.body, ours.body)) return before;
      throw new MovedError();
    }
    if (before) {
      for (const subject of before.erased) await tx.erase(subject);
      await write(tx, before);
      return before;
    }
    await this.#catchUp(tx);
    const there = new Map((await tx.find(ids)).map(({ id, idx }) => [id, idx]));
    const tags = there.size === 0 ? new Map<number, Uint8Array | null>() : await tx.requests([...there.values()]);
    const stand = { world: this.#world, position: this.#position, head: tx.head };
    // A name of what is erased stays in entries, and in nothing that could open it.
    const erased = new Map<string, number>();
    for (const subject of toErase(batch, there)) erased.set(subject, await tx.erase(subject));
    const prepared = decideBatch(batch, stand, { idxs: there, tags }, erased, this.#parts);
    made(prepared);
    await write(tx, prepared);
    return prepared;
  }

  async #catchUp(tx: AppendTx): Promise<void> {
    const from = this.#position.size;
    this.#follow(tx.head, tx.head.size > from ? await tx.entries(from) : []);
  }

  #follow(head: Head, rows: readonly Row[]): void {
    const { size } = this.#position;
    if (head.size < size)
      throw new StoreError(
        'rolled_back',
        `The ledger has ${head.size} entries, fewer than the ${size} this node saw: stop all nodes and restore.`,
      );
    if (head.size === size) return;
    const position = this.#position.follow(rows, head);
    if (!position)
      throw new StoreError(
        'forked',
        `The entries from ${size} on do not lead to the head's root: stop all nodes and verify.`,
      );
    const entries = rows.map(toPlaced);
    for (const entry of entries) fold(this.#world, entry);
    this.#position = position;
    this.#parts.onFollowed({ entries, checkpoint: head.checkpoint });
  }

  /** Whether the batch may be tried again; `tries` is absent where that was done often enough. */
  async #mayRetry(error: unknown, prepared: Prepared | undefined, tries: number | undefined): Promise<boolean> {
    const isStore = error instanceof StoreError;
    const isMoved = error instanceof MovedError;
    if (isMoved) this.#isStale = true;
    else if (!isStore || error.isFatal || error.code === 'closed') this.#end ??= error;
    const isTransient = isMoved || (isStore && (error.isRetryable || error.code === 'unknown_outcome'));
    if (tries !== undefined && isTransient) {
      if (isMoved) return this.#isFit();
      await pause(tries);
      return true;
    }
    // The world holds what was not committed, or what nobody knows about.
    if (prepared) this.#isStale = true;
    return false;
  }

  /** Whether the world may be decided on; where it holds too much, it is built anew. */
  async #isFit(): Promise<boolean> {
    if (!this.#isStale) return this.#end === undefined;
    try {
      const { world, position } = await this.#parts.open();
      this.#world = world;
      this.#position = position;
      this.#isStale = false;
      this.#parts.onRebuilt();
      return true;
    } catch (error) {
      // A database that is away comes back: whoever asks next tries again.
      if (!(error instanceof StoreError && !error.isFatal)) this.#end ??= error;
      return false;
    }
  }
}

async function write(tx: AppendTx, { rows, tiles, head, requests, disclosures }: Prepared): Promise<void> {
  if (rows.length > 0) await tx.write(rows, tiles, head, { requests, disclosures });
}

/** Longer each time, and not as long for each of several nodes. */
const pause = (tries: number): Promise<void> =>
  new Promise((go) => setTimeout(go, Math.min(TRIES.pauseMs, 10 * 2 ** (tries - 1)) * (0.75 + Math.random() / 2)));

/** The head moved while it was unknown whether the batch went in: it did not. */
class MovedError extends Error {}
