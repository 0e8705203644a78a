/** Both databases under one name, for tests that hold on each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../packages/server/src/store/port.ts';
import { openPostgres } from '../packages/server/src/store/postgres/open.ts';
import { openSqlite } from '../packages/server/src/store/sqlite/open.ts';
import { findPostgres, makeDatabase, type TestDatabase } from './test-database.ts';

/** Opens the ledger of a name: the same name is the same ledger. */
export interface Engine {
  readonly name: string;
  begin(): Promise<void>;
  open(ledger: string, origin?: string): Promise<Store>;
  end(): Promise<void>;
}

/** SQLite, and PostgreSQL where there is one; otherwise the sentence that says why not. */
export async function findEngines(): Promise<{ readonly engines: Engine[]; readonly absent?: string }> {
  const found = await findPostgres();
  return 'url' in found
    ? { engines: [sqliteEngine(), postgresEngine(found.url)] }
    : { engines: [sqliteEngine()], absent: found.absent };
}

function sqliteEngine(): Engine {
  let folder = '';
  return {
    name: 'SQLite',
    begin: async () => {
      folder = mkdtempSync(join(tmpdir(), 'surety-store-'));
    },
    open: (ledger, origin) => openSqlite({ folder: join(folder, ledger), ...(origin ? { origin } : {}) }),
    end: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function postgresEngine(server: string): Engine {
  let database: TestDatabase | undefined;
  return {
    name: 'PostgreSQL',
    begin: async () => {
      database = await makeDatabase(server);
    },
    open: (schema, origin) => openPostgres({ url: database?.url ?? '', schema, ...(origin ? { origin } : {}) }),
    end: async () => database?.drop(),
  };
}
