/** Opens the ledger of a folder: lock, version, settings, tables. What cannot be trusted is refused here. */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Store, StoreError } from '../port.ts';
import { migrate, SCHEMA } from '../portable/schema.ts';
import { storeOver } from '../portable/store.ts';
import { SqliteDriver } from './driver.ts';
import { sqliteFailure } from './failures.ts';
import { Ids } from './ids.ts';
import { takeLock } from './lock.ts';
import { applyReadingSettings, applySettings, checkFolder, isFitVersion, sqliteVersion } from './settings.ts';
import { Statements } from './statements.ts';

export interface SqliteOptions {
  readonly folder: string;
  /** Refused where the folder holds another; written where it holds none. */
  readonly origin?: string;
  /** After so many bytes of entries the write-ahead log is brought home. */
  readonly checkpointBytes?: number;
}

const WORDS = { INT: 'INTEGER', BYTES: 'BLOB', TEXT: 'TEXT' } as const;

/** @example const store = await openSqlite({ folder: 'surety-data', origin: 'ledger.example.com/support' }); */
export async function openSqlite({ folder, origin, checkpointBytes }: SqliteOptions): Promise<Store> {
  const version = sqliteVersion();
  if (!isFitVersion(version))
    throw new StoreError('unfit', `SQLite ${version} can lose what it committed: install better-sqlite3 with 3.51.3.`);
  makeFolder(folder);
  checkFolder(folder);
  const lock = takeLock(folder);
  const path = join(folder, 'ledger.sqlite');
  const connections: Sqlite.Database[] = [];
  const release = () => lock.release();
  try {
    makeFile(folder, path);
    const db = new Sqlite(path);
    connections.push(db);
    const settings = applySettings(db, path);
    const ids = await prepareTables(db, path, origin);
    const reader = new Sqlite(path, { readonly: true });
    connections.push(reader);
    applyReadingSettings(reader);
    const facts = { engine: 'sqlite', version, schema: SCHEMA, settings, warnings: [] } as const;
    return storeOver(new SqliteDriver({ path, db, reader, ids, facts, checkpointBytes, release }));
  } catch (error) {
    for (const connection of connections) connection.close();
    release();
    throw sqliteFailure(error, path);
  }
}

async function prepareTables(db: Sqlite.Database, path: string, origin: string | undefined): Promise<Ids> {
  const sql = new Statements(db, (error) => sqliteFailure(error, path));
  db.exec('BEGIN IMMEDIATE');
  await migrate(
    {
      engine: 'sqlite',
      sql,
      where: path,
      words: WORDS,
      hasMeta: async () => (await sql.all("SELECT 1 FROM sqlite_schema WHERE name = 'meta'")).length > 0,
      define: async (statement) => sql.guarded(() => db.exec(statement)) && undefined,
    },
    origin,
  );
  const ids = new Ids();
  sql.guarded(() => ids.open(sql));
  db.exec('COMMIT');
  return ids;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError('durability', `The folder ${folder} cannot be made: give Surety's user the right to.`, error);
  }
}

/** Readable by its owner alone, and its name durable, before SQLite writes into it. */
function makeFile(folder: string, path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
    if (process.platform === 'win32') return;
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    throw new StoreError(
      'durability',
      `${path} cannot be written: give Surety's user write access to its folder.`,
      error,
    );
  }
}
