/** The tables (ledger, section 6.2), once for both databases. Migrations only add; entry bytes are never touched. */
import { StoreError, type StoreFacts } from '../port.ts';
import { type Sql, text } from './sql.ts';
import { VIEW_TABLES } from './views.ts';

/** SHA-256 of nothing: the root of a tree without leaves (RFC 6962, section 2.1). */
const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** A table or index that only one of the databases has. */
interface Only {
  readonly engine: StoreFacts['engine'];
  readonly define: string;
}
const onPostgres = (define: string): Only => ({ engine: 'postgres', define });
const onSqlite = (define: string): Only => ({ engine: 'sqlite', define });

const FIRST = [
  'CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
  `CREATE TABLE head (one INT PRIMARY KEY, size INT NOT NULL, at INT NOT NULL, root BYTES NOT NULL,
     frontier BYTES NOT NULL, checkpoint TEXT NOT NULL)`,
  'CREATE TABLE entry (idx INT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, body BYTES NOT NULL)',
  onPostgres('ALTER TABLE entry ADD CONSTRAINT entry_id UNIQUE (id)'),
  onSqlite('CREATE TABLE id_hash (n INT PRIMARY KEY, hashes BYTES NOT NULL)'),
  'CREATE TABLE tile (level INT NOT NULL, n INT NOT NULL, hashes BYTES NOT NULL, PRIMARY KEY (level, n))',
  'CREATE TABLE request (idx INT PRIMARY KEY, tag BYTES NOT NULL, subject TEXT)',
  'CREATE TABLE kept (size INT PRIMARY KEY, note TEXT NOT NULL)',
  `CREATE TABLE snapshot (fold TEXT NOT NULL, version TEXT NOT NULL, size INT NOT NULL, part INT NOT NULL,
     root BYTES NOT NULL, digest BYTES NOT NULL, state BYTES NOT NULL, PRIMARY KEY (fold, version, size, part))`,
  `CREATE TABLE consumer (name TEXT PRIMARY KEY, next INT NOT NULL, owner TEXT NOT NULL, until INT NOT NULL,
     token INT NOT NULL, attempts INT NOT NULL, retry_at INT NOT NULL)`,
  'CREATE TABLE subject_key (subject TEXT PRIMARY KEY, kek TEXT NOT NULL, wrapped BYTES NOT NULL)',
  'CREATE TABLE alias (tag BYTES PRIMARY KEY, subject TEXT NOT NULL)',
  `CREATE TABLE disclosure (idx INT NOT NULL, k INT NOT NULL, commitment BYTES NOT NULL, subject TEXT NOT NULL,
     sealed BYTES NOT NULL, PRIMARY KEY (idx, k))`,
  onPostgres('CREATE INDEX disclosure_subject ON disclosure (subject)'),
  'CREATE INDEX alias_subject ON alias (subject)',
  onPostgres('CREATE INDEX request_subject ON request (subject)'),
  `CREATE TABLE api_key (id TEXT PRIMARY KEY, hash BYTES NOT NULL UNIQUE, role TEXT NOT NULL, name TEXT NOT NULL,
     scopes TEXT NOT NULL, created INT NOT NULL, expires INT, revoked INT)`,
  'CREATE TABLE blob (sha256 TEXT PRIMARY KEY, bytes BYTES NOT NULL)',
];

/** People sign in: their passwords' slow hashes, the hashes of their sessions and of links that let in once. */
const PEOPLE = [
  `CREATE TABLE person (name TEXT PRIMARY KEY, roles TEXT NOT NULL, password TEXT, created INT NOT NULL, seen INT,
     closed INT)`,
  `CREATE TABLE session (hash BYTES PRIMARY KEY, person TEXT NOT NULL, created INT NOT NULL, seen INT NOT NULL,
     until INT NOT NULL, unset INT NOT NULL)`,
  'CREATE INDEX session_person ON session (person)',
  'CREATE TABLE link (hash BYTES PRIMARY KEY, person TEXT NOT NULL, until INT NOT NULL)',
];

/** What version n + 1 adds to version n. */
const MIGRATIONS: readonly (readonly (string | Only)[])[] = [FIRST, PEOPLE, VIEW_TABLES];

export const SCHEMA = MIGRATIONS.length;

/** What a driver gives to a migration; all of it happens in one transaction under its lock. */
export interface Bench {
  readonly engine: StoreFacts['engine'];
  readonly sql: Sql;
  readonly where: string;
  readonly words: { readonly INT: string; readonly BYTES: string; readonly TEXT: string };
  hasMeta(): Promise<boolean>;
  define(statement: string): Promise<void>;
}

/** Brings the tables to this version and holds the origin to the configured one. */
export async function migrate(bench: Bench, origin: string | undefined): Promise<void> {
  const found = (await bench.hasMeta()) ? await readSchema(bench) : 0;
  if (found > SCHEMA)
    throw new StoreError(
      'newer_schema',
      `${bench.where} was written by a newer Surety (schema ${found}; this one knows ${SCHEMA}): use that version.`,
    );
  for (const statements of MIGRATIONS.slice(found))
    for (const statement of statements) {
      if (typeof statement === 'string') await bench.define(inWordsOf(bench, statement));
      else if (statement.engine === bench.engine) await bench.define(inWordsOf(bench, statement.define));
    }
  if (found === 0) {
    await bench.sql.run(
      "INSERT INTO head (one, size, at, root, frontier, checkpoint) VALUES (1, 0, 0, $1, $2, '')",
      Uint8Array.from(Buffer.from(EMPTY_ROOT, 'hex')),
      new Uint8Array(0),
    );
    await bench.sql.run("INSERT INTO meta (name, value) VALUES ('schema', $1)", String(SCHEMA));
  } else if (found < SCHEMA) {
    await bench.sql.run("UPDATE meta SET value = $1 WHERE name = 'schema'", String(SCHEMA));
  }
  if (origin !== undefined) await holdToOrigin(bench, origin);
}

async function readSchema(bench: Bench): Promise<number> {
  const [row] = await bench.sql.all("SELECT value FROM meta WHERE name = 'schema'");
  const version = row ? Number(text(row, 'value')) : 0;
  if (Number.isSafeInteger(version) && version > 0) return version;
  throw new StoreError('unfit', `${bench.where} has a table named meta that is not Surety's: choose another place.`);
}

async function holdToOrigin(bench: Bench, origin: string): Promise<void> {
  await bench.sql.run("INSERT INTO meta (name, value) VALUES ('origin', $1) ON CONFLICT (name) DO NOTHING", origin);
  const [row] = await bench.sql.all("SELECT value FROM meta WHERE name = 'origin'");
  const found = row && text(row, 'value');
  if (found !== origin)
    throw new StoreError(
      'other_origin',
      `${bench.where} holds the ledger ${found}, not ${origin}: configure that origin or another place.`,
    );
}

const inWordsOf = (bench: Bench, statement: string): string =>
  statement.replace(/\b(INT|BYTES|TEXT)\b/g, (word) => bench.words[word as keyof Bench['words']]);
