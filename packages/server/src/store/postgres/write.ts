/** The batch of an append as one statement: one round trip, all of it or nothing. */
import type { Head, Row, Side, Tile } from '../port.ts';
import { checkCell, numbered } from '../portable/sql.ts';
import type { Argument, Statements } from './statements.ts';

/** Bodies come as one value and are cut apart here: an array of bytes would travel as hex, twice as long. */
const WRITE = `
WITH
  new_entry AS (
    INSERT INTO entry (idx, id, type, body)
    SELECT r.idx, r.id, r.type, substring($6::bytea FROM r.first FOR r.length)
    FROM unnest($1::int8[], $2::text[], $3::text[], $4::int4[], $5::int4[]) AS r (idx, id, type, first, length)),
  new_tile AS (
    INSERT INTO tile (level, n, hashes) SELECT * FROM unnest($7::int8[], $8::int8[], $9::bytea[])
    ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes),
  new_request AS (
    INSERT INTO request (idx, tag, subject) SELECT * FROM unnest($10::int8[], $11::bytea[], $12::text[])),
  new_subject AS (
    INSERT INTO subject_key (subject, kek, wrapped) SELECT * FROM unnest($13::text[], $14::text[], $15::bytea[])
    ON CONFLICT (subject) DO NOTHING),
  new_alias AS (
    INSERT INTO alias (tag, subject) SELECT * FROM unnest($16::bytea[], $17::text[])
    ON CONFLICT (tag) DO NOTHING),
  new_disclosure AS (
    INSERT INTO disclosure (idx, k, commitment, subject, sealed)
    SELECT * FROM unnest($18::int8[], $19::int8[], $20::bytea[], $21::text[], $22::bytea[]))
UPDATE head SET size = $23, at = $24, root = $25, frontier = $26, checkpoint = $27 WHERE one = 1 AND size = $28`;

export async function writeBatch(
  statements: Statements,
  from: Head,
  rows: readonly Row[],
  tiles: readonly Tile[],
  next: Head,
  { requests = [], subjects = [], aliases = [], disclosures = [] }: Side,
): Promise<number> {
  const sealed = numbered(disclosures);
  const values: Argument[] = [
    ...entryColumns(rows),
    column(tiles, (tile) => tile.level),
    column(tiles, (tile) => tile.n),
    column(tiles, (tile) => tile.hashes),
    column(requests, (request) => request.idx),
    column(requests, (request) => request.tag),
    column(requests, (request) => request.subject ?? null),
    column(subjects, (key) => key.subject),
    column(subjects, (key) => key.kek),
    column(subjects, (key) => key.wrapped),
    column(aliases, (alias) => alias.tag),
    column(aliases, (alias) => alias.subject),
    column(sealed, (disclosure) => disclosure.idx),
    column(sealed, (disclosure) => disclosure.k),
    column(sealed, (disclosure) => disclosure.commitment),
    column(sealed, (disclosure) => disclosure.subject),
    column(sealed, (disclosure) => disclosure.sealed),
  ];
  const head = [next.size, next.at, next.root, next.frontier, next.checkpoint, from.size];
  for (const cell of head) checkCell(cell);
  return (await statements.ask(WRITE, [...values, ...head])).rowCount ?? 0;
}

type Element = string | number | Uint8Array | null;

function column<T>(from: readonly T[], pick: (item: T) => Element): Element[] {
  return from.map((item) => {
    const cell = pick(item);
    checkCell(cell);
    return cell;
  });
}

function entryColumns(rows: readonly Row[]): Argument[] {
  let end = 1; // SQL counts bytes from 1
  const firsts = rows.map(({ body }) => {
    const first = end;
    end += body.byteLength;
    return first;
  });
  return [
    column(rows, (row) => row.idx),
    column(rows, (row) => row.id),
    column(rows, (row) => row.type),
    firsts,
    rows.map((row) => row.body.byteLength),
    Buffer.concat(rows.map((row) => row.body)),
  ];
}
