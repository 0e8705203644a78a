/**
 * The one way to write: catch up, decide all that waits, append it in one durable transaction, answer. It alone calls
 * `store.append`. While one batch commits the next gathers; there is no timer.
 */
import type { World } from '@surety/core/world';
import { LogError } from '../log/log-error.ts';
import type { Position } from '../log/position.ts';
import { StoreError } from '../store/port.ts';
import { LeavingError, UnavailableError } from './errors.ts';
import type { Asked, Operation } from './operation.ts';
import { Appender, type AppendParts } from './writing/append.ts';
import type { Waiting } from './writing/batch.ts';
import type { Committed } from './writing/committed.ts';
import { recall } from './writing/recall.ts';

export type { Committed, Followed } from './writing/committed.ts';

export const BATCH_LIMITS = Object.freeze({ requests: 512, waiting: 20_000 });

export interface WriterParts extends AppendParts {
  readonly onCommitted: (committed: Committed) => void;
  /** Nothing can be written any more: exit code 70, or 71 where the log was forked or rolled back. */
  readonly onFatal: (exitCode: 70 | 71, sentence: string) => void;
}

interface Looking {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Writer {
  readonly #parts: WriterParts;
  readonly #appender: Appender;
  #waiting: Waiting[] = [];
  #looking: Looking[] = [];
  #running: Promise<void> | undefined;
  #isClosed = false;
  #isLeaving = false;
  #dead: string | undefined;

  constructor(parts: WriterParts, start: { world: World; position: Position }) {
    this.#parts = parts;
    this.#appender = new Appender(parts, start);
  }

  /**
   * To be read at once and never kept: the next batch changes it where it stands. While one commits, it is ahead of
   * what is durable: of `position.size` entries.
   */
  get world(): World {
    return this.#appender.world;
  }

  /** Up to where everything is durable. */
  get position(): Position {
    return this.#appender.position;
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
    return this.#dead === undefined ? new LeavingError() : new UnavailableError(this.#dead);
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
      if (!(await this.#appender.look())) throw new UnavailableError(this.#dead ?? AWAY);
      for (const { resolve } of asked) resolve();
    } catch (error) {
      this.#mourn();
      for (const { reject } of asked) reject(error);
    }
  }

  async #record(batch: readonly Waiting[]): Promise<void> {
    const prepared = await this.#appender.append(batch);
    this.#mourn();
    if (!prepared) {
      for (const { reject } of batch) reject(new UnavailableError(this.#dead ?? AWAY));
      return;
    }
    if (prepared.entries.length > 0) this.#parts.onCommitted({ ...prepared, checkpoint: prepared.head.checkpoint });
    for (const outcome of prepared.outcomes) outcome();
    for (const waiting of prepared.repeated) void recall(waiting, this.#parts);
  }

  /** Where the appender ended, the writer does. */
  #mourn(): void {
    const { end } = this.#appender;
    if (end === undefined || this.#dead !== undefined) return;
    if (end instanceof StoreError && end.code === 'closed') {
      this.#dead = end.message;
    } else {
      this.#dead = 'The server cannot record anything any more and is ending';
      const { code, message, stack } = end as Error & { readonly code?: unknown };
      const isKnown = end instanceof StoreError || end instanceof LogError;
      this.#parts.onFatal(
        code === 'forked' || code === 'rolled_back' ? 71 : 70,
        isKnown ? message : `this is a defect in Surety: ${stack ?? end}`,
      );
    }
    for (const { reject } of [...this.#waiting.splice(0), ...this.#looking.splice(0)])
      reject(new UnavailableError(this.#dead));
  }
}

const AWAY = 'The database did not take this in; nothing is known to be recorded, ask again';
