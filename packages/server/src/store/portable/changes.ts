/** What changes in a transaction: the tables beside the entries, and the one batch that an append writes. */
import { type AppendTx, type Head, type Row, type SideTx, StoreError } from '../port.ts';
import { personTx } from './people.ts';
import {
  entriesFrom,
  findEntries,
  requestTags,
  SUBJECT_KEY,
  sideReads,
  subjectKeys,
  toRow,
  toSubjectKey,
} from './reads.ts';
import { numbered, type Sql, text, type Writer } from './sql.ts';
import { changeViews, emptyViews } from './views.ts';

/** Written by the store itself when it opens. */
const RESERVED = new Set(['schema', 'origin']);

export function sideTx(sql: Sql): SideTx {
  return {
    ...sideReads(sql),
    ...personTx(sql),
    async addSubject({ subject, kek, wrapped }) {
      const added = await sql.run(
        'INSERT INTO subject_key (subject, kek, wrapped) VALUES ($1, $2, $3) ON CONFLICT (subject) DO NOTHING',
        subject,
        kek,
        wrapped,
      );
      return added === 1;
    },
    async claimAlias({ tag, subject }) {
      await sql.run('INSERT INTO alias (tag, subject) VALUES ($1, $2) ON CONFLICT (tag) DO NOTHING', tag, subject);
      const [row] = await sql.all('SELECT subject FROM alias WHERE tag = $1', tag);
      // An erasure may have come between the two statements: nobody has the tag, and the whole call is asked again.
      if (!row) throw new StoreError('busy', 'The alias was erased while it was claimed: ask again.');
      return text(row, 'subject');
    },
    async putDisclosures(disclosures) {
      for (const { idx, k, commitment, subject, sealed } of numbered(disclosures))
        await sql.run(
          'INSERT INTO disclosure (idx, k, commitment, subject, sealed) VALUES ($1, $2, $3, $4, $5)',
          idx,
          k,
          commitment,
          subject,
          sealed,
        );
    },
    async subjectKeysAfter(subject, limit) {
      const rows = await sql.all(`${SUBJECT_KEY} WHERE subject > $1 ORDER BY subject LIMIT $2`, subject, limit);
      return rows.map(toSubjectKey);
    },
    async rewrapSubject({ subject, kek, wrapped }, from) {
      const changed = await sql.run(
        'UPDATE subject_key SET kek = $1, wrapped = $2 WHERE subject = $3 AND kek = $4',
        kek,
        wrapped,
        subject,
        from,
      );
      return changed === 1;
    },
    async putMeta(name, value) {
      if (RESERVED.has(name)) throw new StoreError('refused', `The setting ${name} belongs to the store itself.`);
      await sql.run(
        'INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        value,
      );
    },
    async putBlob(sha256, bytes) {
      const insert = 'INSERT INTO blob (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING';
      await sql.run(insert, sha256, bytes);
    },
    changeViews: (changes) => changeViews(sql, changes),
    emptyViews: (consumer) => emptyViews(sql, consumer),
    async putKey(key) {
      if (key.scopes.some((scope) => !/^[!-~]+$/.test(scope)))
        throw new StoreError('refused', `A scope of the key ${key.id} is empty or has a space or control in it.`);
      await sql.run(
        `INSERT INTO api_key (id, hash, role, name, scopes, created, expires, revoked)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, role = excluded.role, name = excluded.name,
           scopes = excluded.scopes, created = excluded.created, expires = excluded.expires, revoked = excluded.revoked`,
        key.id,
        key.hash,
        key.role,
        key.name,
        key.scopes.join(' '),
        key.created,
        key.expires ?? null,
        key.revoked ?? null,
      );
    },
  };
}

export function appendTx(writer: Writer): AppendTx {
  const { head, ahead } = writer;
  let isWritten = false;
  return {
    head,
    // What came with the lock is the state before the batch; after it the database answers.
    entries: async (from) =>
      from === ahead?.asked.from && !isWritten ? ahead.entries.map(toRow) : entriesFrom(writer, from),
    find: async (ids) => (ids === ahead?.asked.ids && !isWritten ? ahead.found.map(toRow) : findEntries(writer, ids)),
    requests: (idxs) => requestTags(writer, idxs),
    subjectKeys: (subjects) => subjectKeys(writer, subjects),
    async write(rows, tiles, next, side) {
      if (isWritten) throw new StoreError('refused', 'A batch was already written in this transaction.');
      checkBatch(head, rows, next);
      isWritten = true;
      if ((await writer.write(rows, tiles, next, side)) !== 1)
        throw new StoreError('forked', `Someone moved the head from ${head.size} while it was locked: stop all nodes.`);
    },
    erase: (subject) => erase(writer, subject),
  };
}

function checkBatch(head: Head, rows: readonly Row[], next: Head): void {
  const gap = rows.findIndex((row, k) => row.idx !== head.size + k);
  if (gap >= 0)
    throw new StoreError('refused', `Row ${rows[gap]?.idx} stands where ${head.size + gap} belongs: nothing written.`);
  if (next.size !== head.size + rows.length || next.at < head.at)
    throw new StoreError(
      'refused',
      `The new head (${next.size}) is not what ${rows.length} rows make of ${head.size}.`,
    );
  if (new Set(rows.map((row) => row.id)).size !== rows.length)
    throw new StoreError('refused', 'Two rows of a batch have the same id: nothing written.');
}

async function erase(sql: Sql, subject: string): Promise<number> {
  const disclosures = await sql.run('DELETE FROM disclosure WHERE subject = $1', subject);
  await sql.run('DELETE FROM subject_key WHERE subject = $1', subject);
  await sql.run('DELETE FROM alias WHERE subject = $1', subject);
  await sql.run('DELETE FROM request WHERE subject = $1', subject);
  return disclosures;
}
