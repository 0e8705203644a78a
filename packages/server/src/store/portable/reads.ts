/** Every lookup, once for both databases: the same rows inside a transaction and outside. */
import type { ApiKey, Consumer, Head, Kept, Row, SideReads, SubjectKey, Tile } from '../port.ts';
import { personReads } from './people.ts';
import { bytes, type Finding, int, isAbsent, type Sql, type SqlRow, text } from './sql.ts';

export const HEAD = 'SELECT size, at, root, frontier, checkpoint FROM head WHERE one = 1';
export const ENTRY = 'SELECT idx, id, type, body FROM entry';

export const toHead = (row: SqlRow): Head => ({
  size: int(row, 'size'),
  at: int(row, 'at'),
  root: bytes(row, 'root'),
  frontier: bytes(row, 'frontier'),
  checkpoint: text(row, 'checkpoint'),
});

export const toRow = (row: SqlRow): Row => ({
  idx: int(row, 'idx'),
  id: text(row, 'id'),
  type: text(row, 'type'),
  body: bytes(row, 'body'),
});

export async function entriesFrom(sql: Sql, from: number): Promise<Row[]> {
  return (await sql.all(`${ENTRY} WHERE idx >= $1 ORDER BY idx`, from)).map(toRow);
}

export async function entriesPage(sql: Sql, from: number, limit: number): Promise<Row[]> {
  return (await sql.all(`${ENTRY} WHERE idx >= $1 ORDER BY idx LIMIT $2`, from, limit)).map(toRow);
}

export async function entriesAt(sql: Sql, idxs: readonly number[]): Promise<Row[]> {
  const rows = (await sql.each(`${ENTRY} WHERE idx IN ($keys)`, idxs)).map(toRow);
  return rows.sort((a, b) => a.idx - b.idx);
}

export async function findEntries(finding: Finding, ids: readonly string[]): Promise<Row[]> {
  return (await finding.find(ids)).map(toRow);
}

export async function requestTags(sql: Sql, idxs: readonly number[]): Promise<Map<number, Uint8Array | null>> {
  const tags = new Map<number, Uint8Array | null>(idxs.map((idx) => [idx, null]));
  for (const row of await sql.each('SELECT idx, tag FROM request WHERE idx IN ($keys)', idxs))
    tags.set(int(row, 'idx'), bytes(row, 'tag'));
  return tags;
}

export async function tilesBetween(sql: Sql, level: number, from: number, to: number): Promise<Tile[]> {
  const rows = await sql.all(
    'SELECT level, n, hashes FROM tile WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n',
    level,
    from,
    to,
  );
  return rows.map((row) => ({ level: int(row, 'level'), n: int(row, 'n'), hashes: bytes(row, 'hashes') }));
}

export async function keptFrom(sql: Sql, from: number): Promise<Kept[]> {
  const rows = await sql.all('SELECT size, note FROM kept WHERE size >= $1 ORDER BY size', from);
  return rows.map((row) => ({ size: int(row, 'size'), note: text(row, 'note') }));
}

export const CONSUMER = 'SELECT name, next, owner, until, token, attempts, retry_at FROM consumer';

export const toConsumer = (row: SqlRow): Consumer => ({
  name: text(row, 'name'),
  next: int(row, 'next'),
  owner: text(row, 'owner'),
  until: int(row, 'until'),
  attempts: int(row, 'attempts'),
  retryAt: int(row, 'retry_at'),
});

export const SUBJECT_KEY = 'SELECT subject, kek, wrapped FROM subject_key';

export const toSubjectKey = (row: SqlRow): SubjectKey => ({
  subject: text(row, 'subject'),
  kek: text(row, 'kek'),
  wrapped: bytes(row, 'wrapped'),
});

export async function subjectKeys(sql: Sql, subjects: readonly string[]): Promise<SubjectKey[]> {
  return (await sql.each(`${SUBJECT_KEY} WHERE subject IN ($keys)`, subjects)).map(toSubjectKey);
}

export function sideReads(sql: Sql): SideReads {
  return {
    ...personReads(sql),
    async disclosures(idxs) {
      const rows = await sql.each(
        'SELECT idx, commitment, subject, sealed FROM disclosure WHERE idx IN ($keys) ORDER BY idx, k',
        idxs,
      );
      return rows.map((row) => ({
        idx: int(row, 'idx'),
        commitment: bytes(row, 'commitment'),
        subject: text(row, 'subject'),
        sealed: bytes(row, 'sealed'),
      }));
    },
    subjectKeys: (subjects) => subjectKeys(sql, subjects),
    async aliases(tags) {
      const rows = await sql.each('SELECT tag, subject FROM alias WHERE tag IN ($keys)', tags);
      return rows.map((row) => ({ tag: bytes(row, 'tag'), subject: text(row, 'subject') }));
    },
    async meta(name) {
      const [row] = await sql.all('SELECT value FROM meta WHERE name = $1', name);
      return row && text(row, 'value');
    },
    async blob(sha256) {
      const [row] = await sql.all('SELECT bytes FROM blob WHERE sha256 = $1', sha256);
      return row && bytes(row, 'bytes');
    },
    async keys() {
      const rows = await sql.all(
        'SELECT id, hash, role, name, scopes, created, expires, revoked FROM api_key ORDER BY created, id',
      );
      return rows.map(toApiKey);
    },
  };
}

const toApiKey = (row: SqlRow): ApiKey => ({
  id: text(row, 'id'),
  hash: bytes(row, 'hash'),
  role: text(row, 'role'),
  name: text(row, 'name'),
  scopes: text(row, 'scopes').split(' ').filter(Boolean),
  created: int(row, 'created'),
  ...(isAbsent(row, 'expires') ? {} : { expires: int(row, 'expires') }),
  ...(isAbsent(row, 'revoked') ? {} : { revoked: int(row, 'revoked') }),
});
