/** PostgreSQL as a driver: any node may write; the lock on the head's row puts them in one order. */
import pg, { type Pool, type PoolClient, type QueryResult } from 'pg';
import { type Ahead, StoreError, type StoreFacts } from '../port.ts';
import { ENTRY, HEAD, toHead } from '../portable/reads.ts';
import { checkCell, type Driver, type Finding, type Sql, type SqlRow, type Writer } from '../portable/sql.ts';
import { commitFailure, isSuspect, postgresFailure } from './failures.ts';
import { checkFitness } from './fitness.ts';
import { Statements } from './statements.ts';
import { writeBatch } from './write.ts';

const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** Errors of the disk in a row after which the process must not go on. */
const SUSPECTS_MAX = 3;

type Rows = readonly SqlRow[];

export interface Opened {
  readonly pool: Pool;
  readonly where: string;
  readonly facts: StoreFacts;
}

export class PostgresDriver implements Driver {
  readonly reads: Sql & Finding;
  readonly #opened: Opened;
  #last: Promise<unknown> = Promise.resolve();
  #suspects = 0;
  #isClosed = false;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.reads = new Statements(opened.pool, (error) => this.#fail(error));
  }

  /** One at a time in this process: a second connection would only wait for the same lock. */
  append<T>(run: (writer: Writer) => Promise<T>, ahead?: Ahead): Promise<T> {
    const turn = this.#last.then(() =>
      this.#transaction(beginning(ahead), (sql, [, locked, entries = [], found = []]) => {
        const row = locked?.[0];
        if (!row) throw new StoreError('damaged', `${this.#opened.where} has no head: restore a backup.`);
        const head = toHead(row);
        return run({
          head,
          ...(ahead ? { ahead: { asked: ahead, entries, found } } : {}),
          all: (text, ...values) => sql.all(text, ...values),
          each: (text, keys) => sql.each(text, keys),
          run: (text, ...values) => sql.run(text, ...values),
          find: (ids) => sql.find(ids),
          write: (rows, tiles, next, side) => writeBatch(sql, head, rows, tiles, next, side),
        });
      }),
    );
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  side<T>(run: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#transaction(BEGIN, run);
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

  async #transaction<T>(begin: string, run: (sql: Statements, rows: Rows[]) => Promise<T>): Promise<T> {
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

  /** Several statements in one round trip; answers the rows of each. */
  async #start(client: PoolClient, begin: string): Promise<Rows[]> {
    try {
      const results: unknown = await client.query(begin);
      return Array.isArray(results) ? results.map(({ rows }: QueryResult<SqlRow>) => rows) : [];
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

/** Each statement sees what was committed before it began: the later ones all that the lock waited for. */
function beginning(ahead: Ahead | undefined): string {
  const lock = `${BEGIN}; ${HEAD} FOR UPDATE`;
  if (!ahead) return lock;
  for (const cell of [ahead.from, ...ahead.ids]) checkCell(cell);
  const ids = ahead.ids.map((id) => pg.escapeLiteral(id)).join(', ') || 'NULL';
  return `${lock}; ${ENTRY} WHERE idx >= ${ahead.from} ORDER BY idx; ${ENTRY} WHERE id IN (${ids})`;
}
