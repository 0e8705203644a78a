/** The batch of an append: prepared statements in a loop, nothing awaited between them. */
import type { Head, Row, Side, Tile } from '../port.ts';
import { checkCell, numbered } from '../portable/sql.ts';
import type { Statements } from './statements.ts';

export function writeBatch(
  statements: Statements,
  from: Head,
  rows: readonly Row[],
  tiles: readonly Tile[],
  next: Head,
  side: Side,
): number {
  return statements.guarded(() => {
    insertRows(statements, rows);
    insertTiles(statements, tiles);
    insertSide(statements, side);
    for (const cell of [next.size, next.at, next.checkpoint]) checkCell(cell);
    return statements
      .prepare(
        'UPDATE head SET size = $1, at = $2, root = $3, frontier = $4, checkpoint = $5 WHERE one = 1 AND size = $6',
      )
      .run(next.size, next.at, next.root, next.frontier, next.checkpoint, from.size).changes;
  });
}

function insertRows(statements: Statements, rows: readonly Row[]): void {
  const insert = statements.prepare('INSERT INTO entry (idx, id, type, body) VALUES ($1, $2, $3, $4)');
  for (const { idx, id, type, body } of rows) {
    checkCell(idx);
    checkCell(id);
    checkCell(type);
    insert.run(idx, id, type, body);
  }
}

function insertTiles(statements: Statements, tiles: readonly Tile[]): void {
  const insert = statements.prepare(
    'INSERT INTO tile (level, n, hashes) VALUES ($1, $2, $3) ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes',
  );
  for (const { level, n, hashes } of tiles) {
    checkCell(level);
    checkCell(n);
    insert.run(level, n, hashes);
  }
}

function insertSide(
  statements: Statements,
  { requests = [], subjects = [], aliases = [], disclosures = [] }: Side,
): void {
  const request = statements.prepare('INSERT INTO request (idx, tag, subject) VALUES ($1, $2, $3)');
  for (const { idx, tag, subject = null } of requests) {
    checkCell(idx);
    checkCell(subject);
    request.run(idx, tag, subject);
  }
  const key = statements.prepare(
    'INSERT INTO subject_key (subject, kek, wrapped) VALUES ($1, $2, $3) ON CONFLICT (subject) DO NOTHING',
  );
  for (const { subject, kek, wrapped } of subjects) {
    checkCell(subject);
    checkCell(kek);
    key.run(subject, kek, wrapped);
  }
  const alias = statements.prepare('INSERT INTO alias (tag, subject) VALUES ($1, $2) ON CONFLICT (tag) DO NOTHING');
  for (const { tag, subject } of aliases) {
    checkCell(subject);
    alias.run(tag, subject);
  }
  const disclosure = statements.prepare(
    'INSERT INTO disclosure (idx, k, commitment, subject, sealed) VALUES ($1, $2, $3, $4, $5)',
  );
  for (const { idx, k, commitment, subject, sealed } of numbered(disclosures)) {
    checkCell(idx);
    checkCell(subject);
    disclosure.run(idx, k, commitment, subject, sealed);
  }
}
