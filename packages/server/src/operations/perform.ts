/**
 * The one way to write: catch up, decide all that waits, append it in one durable transaction, answer. It alone calls
 * `store.append`. While one batch commits the next gathers; there is no timer.
 */
import { equalBytes } from '@surety/core/crypto';
import type { Placed } from '@surety/core/evidence';
import type { Json } from '@surety/core/terms';
import { fold, type World } from '@surety/core/world';
import { LogError } from '../log/log-error.ts';
import type { Position } from '../log/position.ts';
import { type AppendTx, type Head, type Row, type Store, StoreError } from '../store/port.ts';
import { UnavailableError } from './errors.ts';
import type { Asked, Operation } from './operation.ts';
import { type BatchParts, decideBatch, type Prepared, toErase, type Waiting } from './writing/batch.ts';
import { toPlaced } from './writing/placed.ts';
import { recall } from './writing/recall.ts';

export const BATCH_LIMITS = Object.freeze({ requests: 512, waiting: 20_000, tries: 6, looks: 16, pauseMs: 500 });

/** What became durable, for whoever keeps something beside the world. */
export interface Committed {
  readonly entries: readonly Placed[];
  readonly disclosed: ReadonlyMap<string, Json>;
  /** Signed, of the head after it. */
  readonly checkpoint: string;
}

/** What another node made durable, and this one has folded now. */
export type Followed = Pick<Committed, 'entries' | 'checkpoint'>;

export interface WriterParts extends BatchParts {
  readonly store: Store;
  /** Where the node stands and what the entries up to there make; also how both are built anew. */
  readonly open: () => Promise<{ world: World; position: Position }>;
  readonly onCommitted: (committed: Committed) => void;
  /** What other nodes appended was taken in. */
  readonly onFollowed: (followed: Followed) => void;
  /** The world was built anew: whatever was kept beside it may be wrong. */
  readonly onRebuilt: () => void;
  /** Nothing can be written any more: exit code 70, or 71 where the log was forked or rolled back. */
  readonly onFatal: (exitCode: 70 | 71, sentence: string) => void;
}

interface Looking {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Writer {
  readonly #parts: WriterParts;
  #world: World;
  #position: Position;
  #waiting: Waiting[] = [];
  #looking: Looking[] = [];
  #running: Promise<void> | undefined;
  /** The world holds what was not committed: it is built anew before anything is decided on it. */
  #isStale = false;
  #isClosed = false;
  #isLeaving = false;
  #dead: string | undefined;

  constructor(parts: WriterParts, start: { world: World; position: Position }) {
    this.#parts = parts;
    this.#world = start.world;
    this.#position = start.position;
  }

  /**
   * To be read at once and never kept: the next batch changes it where it stands. While one commits, it is ahead of
   * what is durable: of `position.size` entries.
   */
  get world(): World {
    return this.#world;
  }

  /** Up to where everything is durable. */
  get position(): Position {
    return this.#position;
  }

  get backlog(): number {
    return this.#waiting.length;
  }

  /** Resolves with the answer once the entries are durable. */
  perform<C, A>(operation: Operation<C, A>, asked: Asked<C>): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      const refusal = this.#refusal();
      if (refusal) return reject(refusal);
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

  /** Takes in what others appended, between two batches; everything in the world is durable then. */
  catchUp(): Promise<void> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal();
      if (refusal) return reject(refusal);
      this.#looking.push({ resolve, reject });
      this.#running ??= this.#run();
    });
  }

  #refusal(): UnavailableError | undefined {
    if (this.#dead === undefined && !this.#isClosed) return undefined;
    return new UnavailableError(this.#dead ?? 'The server is shutting down; ask again in a moment');
  }

  /** The server is about to end: nobody waits any longer for what a person may do later. */
  leave(): void {
    this.#isLeaving = true;
  }

  get isLeaving(): boolean {
    return this.#isLeaving;
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
      while (this.#waiting.length + this.#looking.length > 0 && this.#dead === undefined) {
        await this.#look(this.#looking.splice(0));
        const batch = this.#waiting.splice(0, BATCH_LIMITS.requests);
        if (batch.length > 0) await this.#record(batch);
      }
    } finally {
      this.#running = undefined;
    }
  }

  async #look(asked: readonly Looking[]): Promise<void> {
    if (asked.length === 0) return;
    try {
      if (!(await this.#isFit())) throw new UnavailableError(this.#dead ?? AWAY);
      const head = await this.#parts.store.head();
      const rows: Row[] = [];
      const from = this.#position.size;
      for await (const row of this.#parts.store.entries(from, Math.max(0, head.size - from))) rows.push(row);
      this.#follow(head, rows);
      for (const { resolve } of asked) resolve();
    } catch (error) {
      if (error instanceof StoreError && error.isFatal) this.#die(error);
      for (const { reject } of asked) reject(error);
    }
  }

  async #record(batch: readonly Waiting[]): Promise<void> {
    const prepared = (await this.#isFit()) ? await this.#append(batch) : undefined;
    if (!prepared) {
      for (const { reject } of batch) reject(new UnavailableError(this.#dead ?? AWAY));
      return;
    }
    this.#position = prepared.position;
    if (prepared.entries.length > 0) this.#parts.onCommitted({ ...prepared, checkpoint: prepared.head.checkpoint });
    for (const outcome of prepared.outcomes) outcome();
    for (const waiting of prepared.repeated) void recall(waiting, this.#parts);
  }

  /** `undefined` where it is not known to be durable. */
  async #append(batch: readonly Waiting[]): Promise<Prepared | undefined> {
    const ids = batch.flatMap(({ asked }) => asked.ids.slice(0, 1));
    let prepared: Prepared | undefined;
    let triesMax: number = BATCH_LIMITS.tries;
    for (let tries = 1; ; tries++) {
      const ahead = prepared ? undefined : { from: this.#position.size, ids };
      try {
        const append = (tx: AppendTx) => this.#appendOnce(tx, batch, ids, prepared, (made) => (prepared = made));
        return await this.#parts.store.append(append, ahead);
      } catch (error) {
        // Nobody is answered before it is known whether a commit that was sent happened.
        if (error instanceof StoreError && error.code === 'unknown_outcome') triesMax = BATCH_LIMITS.looks;
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
      await this.#write(tx, before);
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
    await this.#write(tx, prepared);
    return prepared;
  }

  async #write(tx: AppendTx, { rows, tiles, head, requests, disclosures }: Prepared): Promise<void> {
    if (rows.length > 0) await tx.write(rows, tiles, head, { requests, disclosures });
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
    else if (!isStore || error.isFatal) this.#die(error);
    else if (error.code === 'closed') this.#dead = error.message;
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
    if (!this.#isStale) return this.#dead === undefined;
    try {
      const { world, position } = await this.#parts.open();
      this.#world = world;
      this.#position = position;
      this.#isStale = false;
      this.#parts.onRebuilt();
      return true;
    } catch (error) {
      // A database that is away comes back: whoever asks next tries again.
      if (!(error instanceof StoreError && !error.isFatal)) this.#die(error);
      return false;
    }
  }

  #die(error: unknown): void {
    if (this.#dead !== undefined) return;
    this.#dead = 'The server cannot record anything any more and is ending';
    const { code, message, stack } = error as Error & { readonly code?: unknown };
    const isKnown = error instanceof StoreError || error instanceof LogError;
    this.#parts.onFatal(
      code === 'forked' || code === 'rolled_back' ? 71 : 70,
      isKnown ? message : `this is a defect of Surety: ${stack ?? error}`,
    );
    for (const { reject } of [...this.#waiting.splice(0), ...this.#looking.splice(0)])
      reject(new UnavailableError(this.#dead));
  }
}

const AWAY = 'The database did not take this in; nothing is known to be recorded, ask again';

/** Longer each time, and not as long for each of several nodes. */
const pause = (tries: number): Promise<void> =>
  new Promise((go) =>
    setTimeout(go, Math.min(BATCH_LIMITS.pauseMs, 10 * 2 ** (tries - 1)) * (0.75 + Math.random() / 2)),
  );

/** The head moved while it was unknown whether the batch went in: it did not. */
class MovedError extends Error {}
