/** PostgreSQL as a driver: any node may write; the lock on the head's row puts them in one order. */
import type { Pool, PoolClient, QueryResult } from 'pg';
import { StoreError, type StoreFacts } from '../port.ts';
import { HEAD, toHead } from '../portable/reads.ts';
import type { Driver, Sql, SqlRow, Writer } from '../portable/sql.ts';
import { commitFailure, isSuspect, postgresFailure } from './failures.ts';
import { checkFitness } from './fitness.ts';
import { Statements } from './statements.ts';
import { writeBatch } from './write.ts';

const LIMITS = `SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '5s';
  SET LOCAL idle_in_transaction_session_timeout = '5s'`;

/** Errors of the disk in a row after which the process must not go on. */
const SUSPECTS_MAX = 3;

export interface Opened {
  readonly pool: Pool;
  readonly where: string;
  readonly facts: StoreFacts;
}

export class PostgresDriver implements Driver {
  readonly reads: Sql;
  readonly #opened: Opened;
  readonly #begin: string;
  #last: Promise<unknown> = Promise.resolve();
  #suspects = 0;
  #isClosed = false;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.reads = new Statements(opened.pool, (error) => this.#fail(error));
    // Never weaker than on; a server configured to wait for its standbys to apply stays so.
    const waits = opened.facts.settings['synchronous_commit'] === 'remote_apply' ? 'remote_apply' : 'on';
    this.#begin = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = ${waits}; ${LIMITS}`;
  }

  /** One at a time in this process: a second connection would only wait for the same lock. */
  append<T>(run: (writer: Writer) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() =>
      this.#transaction(`${this.#begin}; ${HEAD} FOR UPDATE`, (sql, [row]) => {
        if (!row) throw new StoreError('damaged', `${this.#opened.where} has no head: restore a backup.`);
        const head = toHead(row);
        return run({
          head,
          all: (text, ...values) => sql.all(text, ...values),
          each: (text, keys) => sql.each(text, keys),
          run: (text, ...values) => sql.run(text, ...values),
          write: (rows, tiles, next, side) => writeBatch(sql, head, rows, tiles, next, side),
        });
      }),
    );
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  side<T>(run: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#transaction(this.#begin, run);
  }

  facts(): Promise<StoreFacts> {
    return checkFitness(this.#opened.pool, this.#opened.where).catch((error: unknown) => {
      throw this.#fail(error);
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#last;
    await this.#opened.pool.end();
  }

  async #transaction<T>(begin: string, run: (sql: Statements, rows: readonly SqlRow[]) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let isGood = false;
    try {
      const sql = new Statements(client, (error) => this.#fail(error));
      let result: T;
      try {
        result = await run(sql, await this.#start(client, begin));
      } catch (error) {
        isGood = await rollBack(client);
        throw error;
      }
      await this.#commit(client);
      isGood = true;
      this.#suspects = 0;
      return result;
    } finally {
      client.release(!isGood);
    }
  }

  async #connect(): Promise<PoolClient> {
    if (this.#isClosed) throw new StoreError('closed', `${this.#opened.where} is closed.`);
    return this.#opened.pool.connect().catch((error: unknown) => {
      throw this.#fail(error);
    });
  }

  /** All statements up to the lock in one round trip; answers the rows of the last. */
  async #start(client: PoolClient, begin: string): Promise<readonly SqlRow[]> {
    try {
      const results: unknown = await client.query(begin);
      return Array.isArray(results) ? ((results.at(-1) as QueryResult<SqlRow> | undefined)?.rows ?? []) : [];
    } catch (error) {
      throw this.#fail(error);
    }
  }

  async #commit(client: PoolClient): Promise<void> {
    const { where } = this.#opened;
    const { command } = await client.query('COMMIT').catch((error: unknown) => {
      if (isSuspect(error)) this.#suspects += 1;
      throw commitFailure(error, where);
    });
    // After a failed statement that nobody heeded PostgreSQL answers COMMIT with a rollback, and without an error.
    if (command !== 'COMMIT')
      throw new StoreError('refused', `${where} rolled back: a statement had failed and its error was passed over.`);
  }

  #fail(error: unknown): StoreError {
    const failure = this.#isClosed
      ? new StoreError('closed', `${this.#opened.where} is closed.`, error)
      : postgresFailure(error, this.#opened.where);
    if (!isSuspect(error)) return failure;
    this.#suspects += 1;
    return this.#suspects < SUSPECTS_MAX ? failure : new StoreError('durability', failure.message, error);
  }
}

/** Whether the connection may be used again. */
async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
