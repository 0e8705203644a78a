/** Snapshots (ledger, section 8.3): written and read part by part, and worth nothing unless whole. */
import { createHash } from 'node:crypto';
import { type Snapshot, type StoredSnapshot, StoreError } from '../port.ts';
import { bytes, type Driver, int, type Sql, text } from './sql.ts';

const KEPT = 2;

/** Stands in `digest` until the last part is there. */
const UNFINISHED = new Uint8Array(0);

export async function putSnapshot(driver: Driver, { fold, version, size, root, parts }: Snapshot): Promise<void> {
  await removeParts(driver, fold, version, size);
  const digest = createHash('sha256');
  let part = 0;
  for await (const state of parts) {
    digest.update(state);
    const number = part++;
    await driver.side((sql) =>
      sql.run(
        `INSERT INTO snapshot (fold, version, size, part, root, digest, state) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (fold, version, size, part)
         DO UPDATE SET root = excluded.root, digest = excluded.digest, state = excluded.state`,
        fold,
        version,
        size,
        number,
        root,
        UNFINISHED,
        state,
      ),
    );
  }
  if (part === 0) throw new StoreError('refused', `The snapshot of ${fold} at ${size} has no parts.`);
  const whole = new Uint8Array(digest.digest());
  await driver.side((sql) =>
    sql.run(
      'UPDATE snapshot SET digest = $1 WHERE fold = $2 AND version = $3 AND size = $4',
      whole,
      fold,
      version,
      size,
    ),
  );
  await removeOlder(driver, fold, version);
}

/** Sizes that were finished, newest first. */
async function finished(sql: Sql, fold: string, version: string): Promise<number[]> {
  const rows = await sql.all(
    'SELECT size FROM snapshot WHERE fold = $1 AND version = $2 AND part = 0 AND digest <> $3 ORDER BY size DESC',
    fold,
    version,
    UNFINISHED,
  );
  return rows.map((row) => int(row, 'size'));
}

/** What is older than the two kept goes, of other versions too: a node that still runs one writes it anew. */
async function removeOlder(driver: Driver, fold: string, version: string): Promise<void> {
  const oldest = (await finished(driver.reads, fold, version))[KEPT - 1];
  if (oldest === undefined) return;
  const rows = await driver.reads.all(
    'SELECT DISTINCT version, size FROM snapshot WHERE fold = $1 AND size < $2',
    fold,
    oldest,
  );
  for (const row of rows) await removeParts(driver, fold, text(row, 'version'), int(row, 'size'));
}

async function removeParts(driver: Driver, fold: string, version: string, size: number): Promise<void> {
  const where = 'FROM snapshot WHERE fold = $1 AND version = $2 AND size = $3';
  for (const row of await driver.reads.all(`SELECT part ${where} ORDER BY part`, fold, version, size))
    await driver.side((sql) => sql.run(`DELETE ${where} AND part = $4`, fold, version, size, int(row, 'part')));
}

export async function newestSnapshot(sql: Sql, fold: string, version: string): Promise<StoredSnapshot | undefined> {
  for (const size of await finished(sql, fold, version)) {
    const found = await openSnapshot(sql, fold, version, size);
    if (found) return found;
  }
  return undefined;
}

/** Undefined where a part between the first and the last is missing. */
async function openSnapshot(
  sql: Sql,
  fold: string,
  version: string,
  size: number,
): Promise<StoredSnapshot | undefined> {
  const rows = await sql.all(
    'SELECT part, root, digest FROM snapshot WHERE fold = $1 AND version = $2 AND size = $3 ORDER BY part',
    fold,
    version,
    size,
  );
  const [first] = rows;
  if (!first || rows.some((row, k) => int(row, 'part') !== k)) return undefined;
  const digest = bytes(first, 'digest');
  return {
    fold,
    version,
    size,
    root: bytes(first, 'root'),
    digest,
    parts: readParts(sql, { fold, version, size, count: rows.length, digest }),
  };
}

interface Whole {
  readonly fold: string;
  readonly version: string;
  readonly size: number;
  readonly count: number;
  readonly digest: Uint8Array;
}

async function* readParts(sql: Sql, { fold, version, size, count, digest }: Whole): AsyncGenerator<Uint8Array> {
  const damaged = () =>
    new StoreError('snapshot_damaged', `The snapshot of ${fold} at ${size} is not whole: fold from the start.`);
  const hash = createHash('sha256');
  for (let part = 0; part < count; part++) {
    const [row] = await sql.all(
      'SELECT state FROM snapshot WHERE fold = $1 AND version = $2 AND size = $3 AND part = $4',
      fold,
      version,
      size,
      part,
    );
    if (!row) throw damaged();
    const state = bytes(row, 'state');
    hash.update(state);
    yield state;
  }
  if (!hash.digest().equals(digest)) throw damaged();
}
