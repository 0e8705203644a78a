/** SQLite as a driver: one connection writes, one reads what is committed, and one queue keeps writers apart. */
import type Sqlite from 'better-sqlite3';
import { type Head, StoreError, type StoreFacts } from '../port.ts';
import { HEAD, toHead } from '../portable/reads.ts';
import type { Driver, Finding, Sql, Writer } from '../portable/sql.ts';
import { type CheckpointMode, CheckpointThread } from './checkpoints.ts';
import { sqliteFailure } from './failures.ts';
import type { Ids, StagedIds } from './ids.ts';
import { Statements } from './statements.ts';
import { writeBatch } from './write.ts';

/** After so much the write-ahead log is brought home: often enough to keep it short, seldom enough to be cheap. */
const COMMITS_A_CHECKPOINT = 1_000;
const BYTES_A_CHECKPOINT = 32 * 1024 * 1024;
/** So many times as much and writers wait: a log that grows faster than it comes home fills the disk. */
const WAIT_FACTOR = 4;
/** Nothing was written for so long: what is in the log comes home, and its space is given back. */
const IDLE_MS = 10_000;

export interface Opened {
  readonly path: string;
  readonly db: Sqlite.Database;
  readonly reader: Sqlite.Database;
  readonly ids: Ids;
  readonly facts: StoreFacts;
  readonly checkpointBytes: number | undefined;
  release(): void;
}

export class SqliteDriver implements Driver {
  readonly reads: Sql & Finding;
  readonly #opened: Opened;
  readonly #statements: Statements;
  #last: Promise<unknown> = Promise.resolve();
  #broken: StoreError | undefined;
  #isClosed = false;
  readonly #checkpoints: CheckpointThread;
  /** The part of a checkpoint that runs beside the writers. */
  #beside: Promise<void> | undefined;
  #isCheckpointing = false;
  #idle: NodeJS.Timeout | undefined;
  #commits = 0;
  #bytes = 0;
  #staged: StagedIds | undefined;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#checkpoints = new CheckpointThread(opened.path);
    const fail = (error: unknown) => this.#fail(error);
    this.#statements = new Statements(opened.db, fail);
    const reads = new Statements(opened.reader, fail);
    this.reads = {
      all: async (text, ...values) => this.#open() ?? reads.all(text, ...values),
      each: async (text, keys) => this.#open() ?? reads.each(text, keys),
      run: async (text, ...values) => this.#open() ?? reads.run(text, ...values),
      find: async (ids) => this.#open() ?? reads.guarded(() => opened.ids.find(reads, ids)),
    };
  }

  append<T>(run: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#transaction((sql) => {
      const row = sql.guarded(() => sql.prepare(HEAD).get());
      if (!row) throw new StoreError('damaged', `${this.#opened.path} has no head: restore a backup.`);
      return run(this.#writer(sql, toHead(row)));
    });
  }

  side<T>(run: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#transaction(run);
  }

  async facts(): Promise<StoreFacts> {
    return this.#opened.facts;
  }

  /** Waits for what was begun. Errors of the last checkpoint are told: they are errors of fsync. */
  close(): Promise<void> {
    return this.#queued(async () => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      clearTimeout(this.#idle);
      await this.#checkpoints.end();
      const { db, reader, release } = this.#opened;
      reader.close();
      try {
        if (!this.#broken) this.#statements.guarded(() => db.pragma('wal_checkpoint(TRUNCATE)'));
      } finally {
        db.close();
        release();
      }
    });
  }

  #writer(sql: Statements, head: Head): Writer {
    return {
      head,
      all: (text, ...values) => sql.all(text, ...values),
      each: (text, keys) => sql.each(text, keys),
      run: (text, ...values) => sql.run(text, ...values),
      find: async (ids) => sql.guarded(() => this.#opened.ids.find(sql, ids, this.#staged)),
      write: async (rows, tiles, next, side) => {
        for (const { body } of rows) this.#bytes += body.byteLength;
        this.#staged = sql.guarded(() => this.#opened.ids.stage(sql, rows));
        return writeBatch(sql, head, rows, tiles, next, side);
      },
    };
  }

  #transaction<T>(run: (sql: Statements) => Promise<T>): Promise<T> {
    return this.#queued(async () => {
      this.#open();
      const sql = this.#statements;
      const { checkpointBytes = BYTES_A_CHECKPOINT } = this.#opened;
      if (this.#bytes >= WAIT_FACTOR * checkpointBytes) await this.#beside;
      sql.guarded(() => sql.prepare('BEGIN IMMEDIATE').run());
      try {
        const result = await run(sql);
        sql.guarded(() => sql.prepare('COMMIT').run());
        this.#commits += 1;
        if (this.#staged) this.#opened.ids.keep(this.#staged);
        return result;
      } catch (error) {
        if (this.#opened.db.inTransaction) sql.guarded(() => sql.prepare('ROLLBACK').run());
        throw error;
      } finally {
        this.#staged = undefined;
        if (this.#commits >= COMMITS_A_CHECKPOINT || this.#bytes >= checkpointBytes) void this.#checkpoint();
        this.#idle ??= setTimeout(() => this.#checkpointIdle(), IDLE_MS).unref();
        this.#idle.refresh();
      }
    });
  }

  /** Most of the log comes home beside the writers. For the little they added they wait: then the log begins anew. */
  async #checkpoint(mode: CheckpointMode = 'PASSIVE'): Promise<void> {
    if (this.#isCheckpointing || this.#isClosed) return;
    this.#isCheckpointing = true;
    this.#commits = 0;
    this.#bytes = 0;
    try {
      this.#beside = this.#runCheckpoint('PASSIVE');
      await this.#beside;
      await this.#queued(() => this.#runCheckpoint(mode));
    } finally {
      this.#isCheckpointing = false;
    }
  }

  #checkpointIdle(): void {
    this.#idle = undefined;
    if (this.#commits > 0) void this.#checkpoint('TRUNCATE');
  }

  /** A failure is remembered: the next caller hears it. */
  async #runCheckpoint(mode: CheckpointMode): Promise<void> {
    if (this.#broken || this.#isClosed) return;
    await this.#checkpoints.run(mode).catch((error: unknown) => void this.#fail(error));
  }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Throws unless the store may still be asked. */
  #open(): undefined {
    if (this.#isClosed) throw new StoreError('closed', `${this.#opened.path} is closed.`);
    // fsync is never tried twice: the kernel may have dropped the pages, and the second would succeed.
    if (this.#broken) throw new StoreError(this.#broken.code, this.#broken.message, this.#broken);
    return undefined;
  }

  #fail(error: unknown): unknown {
    const failure = sqliteFailure(error, this.#opened.path);
    if (failure instanceof StoreError && failure.isFatal) this.#broken ??= failure;
    return failure;
  }
}
