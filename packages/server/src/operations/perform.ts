/**
 * The one way to write: catch up, decide all that waits, append it in one durable transaction, answer. It alone calls
 * `store.append`. While one batch commits the next gathers; there is no timer.
 */
import { equalBytes } from '@surety/core/crypto';
import type { Placed } from '@surety/core/evidence';
import type { Json } from '@surety/core/terms';
import { fold, type World } from '@surety/core/world';
import type { Position } from '../log/position.ts';
import { type AppendTx, type Store, StoreError } from '../store/port.ts';
import { type BatchParts, decideBatch, type Prepared, type Waiting } from './batch.ts';
import { UnavailableError } from './errors.ts';
import type { Asked, Operation } from './operation.ts';
import { openedFrom, toPlaced } from './placed.ts';

export const BATCH_LIMITS = Object.freeze({ requests: 512, waiting: 20_000, tries: 6 });

/** What became durable, for whoever keeps something beside the world. */
export interface Committed {
  readonly entries: readonly Placed[];
  readonly disclosed: ReadonlyMap<string, Json>;
  /** Signed, of the head after it. */
  readonly checkpoint: string;
}

export interface WriterParts extends BatchParts {
  readonly store: Store;
  /** Where the node stands and what the entries up to there make; also how both are built anew. */
  readonly open: () => Promise<{ world: World; position: Position }>;
  readonly onCommitted: (committed: Committed) => void;
  /** The world was built anew: whatever was kept beside it may be wrong. */
  readonly onRebuilt: () => void;
  /** Nothing can be written any more: exit code 70, or 71 where the log was forked or rolled back. */
  readonly onFatal: (exitCode: 70 | 71, sentence: string) => void;
}

export class Writer {
  readonly #parts: WriterParts;
  #world: World;
  #position: Position;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #isClosed = false;
  #dead: string | undefined;

  constructor(parts: WriterParts, start: { world: World; position: Position }) {
    this.#parts = parts;
    this.#world = start.world;
    this.#position = start.position;
  }

  /** To be read at once and never kept: the next batch changes it where it stands. */
  get world(): World {
    return this.#world;
  }

  get position(): Position {
    return this.#position;
  }

  get backlog(): number {
    return this.#waiting.length;
  }

  /** Resolves with the answer once the entries are durable. */
  perform<C, A>(operation: Operation<C, A>, asked: Asked<C>): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      if (this.#dead !== undefined || this.#isClosed)
        return reject(new UnavailableError(this.#dead ?? 'The server is shutting down; ask again in a moment'));
      if (this.#waiting.length >= BATCH_LIMITS.waiting)
        return reject(new UnavailableError('Too many requests wait to be recorded; ask again in a moment'));
      this.#waiting.push({
        operation: operation as Operation<unknown, unknown>,
        asked,
        resolve: resolve as (answer: unknown) => void,
        reject,
      });
      this.#running ??= this.#run();
    });
  }

  /** Takes in what others appended. */
  catchUp(): Promise<void> {
    return this.#exclusively(async () => {
      const head = await this.#parts.store.head();
      if (head.size === this.#position.size) return;
      await this.#parts.store.append((tx) => this.#catchUp(tx));
    });
  }

  /** Runs between batches: the world stands still meanwhile. */
  async #exclusively(run: () => Promise<void>): Promise<void> {
    while (this.#running) await this.#running;
    if (this.#dead !== undefined) return;
    const running = run().finally(() => {
      this.#running = undefined;
      if (this.#waiting.length > 0) this.#running = this.#run();
    });
    this.#running = running.catch(() => undefined);
    await running;
  }

  /** Finishes what waits, then takes nothing more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      // What arrives in the same turn of the loop goes into the same batch.
      await new Promise<void>((go) => setImmediate(go));
      while (this.#waiting.length > 0 && this.#dead === undefined) {
        const batch = this.#waiting.splice(0, BATCH_LIMITS.requests);
        await this.#record(batch);
      }
    } finally {
      this.#running = undefined;
    }
  }

  async #record(batch: readonly Waiting[]): Promise<void> {
    let prepared: Prepared | undefined;
    for (let tries = 1; ; tries++) {
      try {
        prepared = await this.#parts.store.append((tx) =>
          this.#appendOnce(tx, batch, prepared, (made) => (prepared = made)),
        );
        break;
      } catch (error) {
        if (!(await this.#recover(error, prepared, tries))) {
          const refusal = this.#dead ?? 'The database did not take this in; nothing is known to be recorded, ask again';
          for (const { reject } of batch) reject(new UnavailableError(refusal));
          return;
        }
        // Decided upon a world that is no more: it is decided again.
        if (error instanceof MovedError) prepared = undefined;
      }
    }
    if (!prepared) return;
    this.#position = prepared.position;
    if (prepared.entries.length > 0) this.#parts.onCommitted({ ...prepared, checkpoint: prepared.head.checkpoint });
    for (const outcome of prepared.outcomes) outcome();
    for (const waiting of prepared.repeated) void this.#recall(waiting);
  }

  async #appendOnce(
    tx: AppendTx,
    batch: readonly Waiting[],
    before: Prepared | undefined,
    made: (prepared: Prepared) => void,
  ): Promise<Prepared> {
    if (before && tx.head.size !== before.base) {
      const [first] = await tx.find(before.rows.slice(0, 1).map(({ id }) => id));
      const ours = before.rows[0];
      // A commit nobody had answered for: its entries are there, so it happened.
      if (first && ours && first.idx === ours.idx && equalBytes(first.body, ours.body)) return before;
      throw new MovedError();
    }
    if (before) {
      await this.#write(tx, before);
      return before;
    }
    await this.#catchUp(tx);
    const ids = batch.flatMap(({ asked }) => asked.ids.slice(0, 1));
    const there = new Map((await tx.find(ids)).map(({ id, idx }) => [id, idx]));
    const tags = there.size === 0 ? new Map<number, Uint8Array | null>() : await tx.requests([...there.values()]);
    const stand = { world: this.#world, position: this.#position, head: tx.head };
    const prepared = decideBatch(batch, stand, { idxs: there, tags }, this.#parts);
    made(prepared);
    await this.#write(tx, prepared);
    return prepared;
  }

  async #write(tx: AppendTx, { rows, tiles, head, requests, disclosures }: Prepared): Promise<void> {
    if (rows.length > 0) await tx.write(rows, tiles, head, { requests, disclosures });
  }

  async #catchUp(tx: AppendTx): Promise<void> {
    const { head } = tx;
    if (head.size < this.#position.size)
      throw new StoreError(
        'rolled_back',
        `The ledger has ${head.size} entries, fewer than the ${this.#position.size} this node saw`,
      );
    if (head.size === this.#position.size) return;
    const rows = await tx.entries(this.#position.size);
    const position = this.#position.follow(rows, head);
    if (!position)
      throw new StoreError('forked', `The entries from ${this.#position.size} on do not lead to the head's root`);
    for (const row of rows) fold(this.#world, toPlaced(row));
    this.#position = position;
  }

  /** Whether the batch may be tried again. */
  async #recover(error: unknown, prepared: Prepared | undefined, tries: number): Promise<boolean> {
    const isStore = error instanceof StoreError;
    if (isStore && error.isFatal) {
      this.#die(error.code === 'forked' || error.code === 'rolled_back' ? 71 : 70, error.message);
      return false;
    }
    const mayRetry =
      error instanceof MovedError || (isStore && (error.isRetryable || error.code === 'unknown_outcome'));
    if (mayRetry && tries < BATCH_LIMITS.tries) {
      // The world holds what was not committed; unless the same entries go in unchanged, it is folded anew.
      if (error instanceof MovedError) return this.#rebuild();
      await new Promise((go) => setTimeout(go, 10 * 2 ** (tries - 1)));
      return true;
    }
    if (isStore && error.code === 'closed') this.#dead = error.message;
    if (!isStore && !(error instanceof MovedError))
      this.#die(70, `this is a defect of Surety: ${(error as Error).stack ?? error}`);
    else if (prepared) await this.#rebuild();
    return false;
  }

  async #rebuild(): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        const { world, position } = await this.#parts.open();
        this.#world = world;
        this.#position = position;
        this.#parts.onRebuilt();
        return true;
      } catch (error) {
        if (tries < BATCH_LIMITS.tries && error instanceof StoreError && error.isRetryable) {
          await new Promise((go) => setTimeout(go, 100 * 2 ** tries));
          continue;
        }
        this.#die(70, `The world could not be built anew: ${(error as Error).message}`);
        return false;
      }
    }
  }

  #die(exitCode: 70 | 71, sentence: string): void {
    this.#dead = 'The server cannot record anything any more and is ending';
    this.#parts.onFatal(exitCode, sentence);
    for (const { reject } of this.#waiting.splice(0)) reject(new UnavailableError(this.#dead));
  }

  /** The recorded answer, from the entries that the first request made. */
  async #recall({ operation, asked, resolve, reject }: Waiting): Promise<void> {
    try {
      const rows = await this.#parts.store.find(asked.ids);
      const entries = rows.map(toPlaced).sort((a, b) => a.seq - b.seq);
      const opened = await this.#parts.subjects.open(
        this.#parts.store,
        entries.map(({ seq }) => seq),
      );
      const values = new Map([...opened].map(([name, { value }]) => [name, value]));
      resolve(operation.answer(entries, openedFrom(values), asked.command));
    } catch (error) {
      reject(error);
    }
  }
}

/** The head moved while it was unknown whether the batch went in: it did not. */
class MovedError extends Error {}
