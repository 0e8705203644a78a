/** Opens the ledger of a PostgreSQL database or schema: connection, self-check, tables. */
import pg from 'pg';
import { type Store, StoreError } from '../port.ts';
import { migrate } from '../portable/schema.ts';
import { storeOver } from '../portable/store.ts';
import { PostgresDriver } from './driver.ts';
import { postgresFailure } from './failures.ts';
import { checkFitness } from './fitness.ts';
import { type Asked, Statements } from './statements.ts';

export interface PostgresOptions {
  readonly url: string;
  /** The schema that holds the ledger, made where it is absent; without it the role's own. */
  readonly schema?: string;
  readonly origin?: string;
  readonly connectionsMax?: number;
}

/** "C" sorts by bytes, as SQLite does. */
const WORDS = { INT: 'BIGINT', BYTES: 'BYTEA', TEXT: 'TEXT COLLATE "C"' } as const;
const INT8 = 20;

const LIMITS =
  "SET lock_timeout TO '2s'; SET statement_timeout TO '5s'; SET idle_in_transaction_session_timeout TO '5s'";

/** @example const store = await openPostgres({ url: 'postgres://surety@localhost/surety' }); */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const where = placeOf(options);
  const pool = makePool(options, where);
  try {
    const client = await pool.connect();
    try {
      await prepareTables(client, where, options);
    } finally {
      client.release();
    }
    const facts = await checkFitness(pool, where);
    return storeOver(new PostgresDriver({ pool, where, facts }));
  } catch (error) {
    await pool.end();
    throw postgresFailure(error, where);
  }
}

function makePool({ url, schema, connectionsMax = 8 }: PostgresOptions, where: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'surety',
    max: connectionsMax,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    // A server that went silent: longer than any of its own limits.
    query_timeout: 15_000,
    types: { getTypeParser },
    // Each new connection is checked anew: the server behind the URL may be another by then.
    onConnect: async (client) => {
      client.on('error', () => undefined); // the statement that waits is told; nobody else listens
      await client.query(
        schema === undefined ? LIMITS : `${LIMITS}; SET search_path TO ${pg.escapeIdentifier(schema)}`,
      );
      const { settings } = await checkFitness(client, where);
      // Never weaker than on; a server that waits for its standbys to apply goes on doing so.
      if (settings['synchronous_commit'] !== 'remote_apply') await client.query('SET synchronous_commit TO on');
    },
  });
  pool.on('error', () => undefined); // an idle connection was lost: the next one is opened when needed
  return pool;
}

/** Integers as numbers; one that is too large comes out rounded and is refused where it is read. */
const getTypeParser: typeof pg.types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
  id === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(id, format as 'text');

/** Two nodes that start at once: one makes the tables, the other finds them made and looks again. */
async function prepareTables(client: pg.PoolClient, where: string, options: PostgresOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(
        'BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0',
      );
      await makeTables(client, where, options);
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      if (!(isMadeMeanwhile(error) && attempt < 5)) throw error;
    }
  }
}

function isMadeMeanwhile(error: unknown): boolean {
  const cause = error instanceof StoreError ? error.cause : error;
  return cause instanceof Error && 'code' in cause && /^(23505|42P06|42P07)$/.test(String(cause.code));
}

async function makeTables(client: Asked, where: string, { schema, origin }: PostgresOptions): Promise<void> {
  if (
    schema !== undefined &&
    (await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])).rowCount === 0
  )
    await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
  await migrate(
    {
      engine: 'postgres',
      sql: new Statements(client, (error) => error),
      where,
      words: WORDS,
      async hasMeta() {
        const isThere = "SELECT 1 FROM pg_tables WHERE tablename = 'meta' AND schemaname = current_schema()";
        if ((await client.query(isThere)).rowCount === 0) return false;
        // Migrations wait for one another here.
        await client.query("SELECT value FROM meta WHERE name = 'schema' FOR UPDATE");
        return true;
      },
      async define(statement) {
        await client.query(statement);
      },
    },
    origin,
  );
}

/** What a sentence may say of the address: never the password. */
function placeOf({ url, schema }: PostgresOptions): string {
  try {
    const { host, pathname } = new URL(url);
    return `PostgreSQL at ${host}${pathname}${schema === undefined ? '' : ` (schema ${schema})`}`;
  } catch {
    throw new StoreError(
      'unfit',
      'The database URL cannot be read: it has the form postgres://user:password@host/name.',
    );
  }
}
