/** Entries by id: an index in memory, and the hashes it is made of in blocks that are written in their order. */
import { randomInt } from 'node:crypto';
import { type Row, StoreError } from '../port.ts';
import { ENTRY } from '../portable/reads.ts';
import { bytes, int, type SqlRow, text } from '../portable/sql.ts';
import { hashId, type IdHash, IdIndex, INDEX_MAX } from './id-index.ts';
import type { Statements } from './statements.ts';

/** Four kilobytes a block. */
const BLOCK_IDS = 512;
const HASH_BYTES = 8;
/** Entries whose hash is compared at every opening. */
const SAMPLE = 200;

/** What a batch adds, until it is committed. */
export interface StagedIds {
  readonly hashes: readonly IdHash[];
  readonly byId: ReadonlyMap<string, number>;
  readonly tail: readonly IdHash[];
}

export class Ids {
  #index = new IdIndex();
  #size = 0;
  /** The hashes of the last block, where it is not full. */
  #tail: readonly IdHash[] = [];

  /** Reads the blocks; where they are not those of the entries they are made anew. Inside a transaction. */
  open(sql: Statements): void {
    const row = sql.prepare('SELECT size FROM head WHERE one = 1').get();
    const size = row ? int(row, 'size') : 0;
    this.#load(sql, size);
    if (this.#size !== size || !this.#isOfEntries(sql, size)) this.#makeAnew(sql, size);
  }

  #makeAnew(sql: Statements, size: number): void {
    sql.prepare('DELETE FROM id_hash').run();
    this.#reset();
    const ids = sql.prepare('SELECT id FROM entry WHERE idx >= $1 AND idx < $2 ORDER BY idx');
    for (let from = 0; from < size; from += BLOCK_IDS) {
      const hashes = ids.all(from, Math.min(size, from + BLOCK_IDS)).map((row) => hashId(text(row, 'id')));
      writeBlock(sql, from / BLOCK_IDS, hashes);
      this.#addAll(hashes);
      this.#tail = hashes.length < BLOCK_IDS ? hashes : [];
    }
  }

  find(sql: Statements, ids: readonly string[], staged?: StagedIds): SqlRow[] {
    const lookup = sql.prepare(`${ENTRY} WHERE idx = $1`);
    const found: SqlRow[] = [];
    for (const id of new Set(ids)) {
      const own = staged?.byId.get(id);
      for (const idx of own === undefined ? this.#index.candidates(hashId(id)) : [own]) {
        const row = lookup.get(idx);
        if (row?.['id'] === id) found.push(row);
      }
    }
    return found;
  }

  /** Writes the blocks of a batch. Nothing is found by them before `keep`. */
  stage(sql: Statements, rows: readonly Row[]): StagedIds {
    const byId = new Map(rows.map(({ id, idx }) => [id, idx]));
    const last = rows.at(-1)?.idx ?? 0;
    if (last > INDEX_MAX) throw new StoreError('refused', `A folder holds ${INDEX_MAX} entries and no more.`);
    if (this.find(sql, [...byId.keys()]).length > 0)
      throw new StoreError('forked', 'An entry that was to be written is there already: stop and verify.');
    const hashes = rows.map(({ id }) => hashId(id));
    let tail = [...this.#tail];
    let block = Math.floor(this.#size / BLOCK_IDS);
    for (const hash of hashes) {
      tail.push(hash);
      if (tail.length < BLOCK_IDS) continue;
      writeBlock(sql, block++, tail);
      tail = [];
    }
    if (tail.length > 0) writeBlock(sql, block, tail);
    return { hashes, byId, tail };
  }

  /** After the commit. */
  keep({ hashes, tail }: StagedIds): void {
    this.#addAll(hashes);
    this.#tail = tail;
  }

  #addAll(hashes: readonly IdHash[]): void {
    for (const hash of hashes) this.#index.add(hash, this.#size++);
  }

  #reset(): void {
    this.#index = new IdIndex();
    this.#size = 0;
    this.#tail = [];
  }

  #load(sql: Statements, size: number): void {
    this.#reset();
    for (const row of sql.prepare('SELECT n, hashes FROM id_hash ORDER BY n').iterate()) {
      const hashes = hashesOf(bytes(row, 'hashes'));
      const isInPlace = int(row, 'n') * BLOCK_IDS === this.#size && hashes.length <= BLOCK_IDS;
      if (!isInPlace || this.#size + hashes.length > size) return;
      this.#addAll(hashes);
      this.#tail = hashes.length < BLOCK_IDS ? hashes : [];
    }
  }

  #isOfEntries(sql: Statements, size: number): boolean {
    const idOf = sql.prepare('SELECT id FROM entry WHERE idx = $1');
    const sample = [size - 1, ...Array.from({ length: Math.min(size, SAMPLE) }, () => randomInt(size))];
    return sample.every((idx) => {
      const row = idx < 0 ? undefined : idOf.get(idx);
      return !row || this.#index.candidates(hashId(text(row, 'id'))).includes(idx);
    });
  }
}

function writeBlock(sql: Statements, n: number, hashes: readonly IdHash[]): void {
  const block = new Uint8Array(hashes.length * HASH_BYTES);
  const view = new DataView(block.buffer);
  hashes.forEach(([place, mark], k) => {
    view.setUint32(k * HASH_BYTES, place);
    view.setUint32(k * HASH_BYTES + 4, mark);
  });
  sql
    .prepare('INSERT INTO id_hash (n, hashes) VALUES ($1, $2) ON CONFLICT (n) DO UPDATE SET hashes = excluded.hashes')
    .run(n, block);
}

function hashesOf(block: Uint8Array): IdHash[] {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  return Array.from({ length: Math.floor(block.byteLength / HASH_BYTES) }, (_, k) => [
    view.getUint32(k * HASH_BYTES),
    view.getUint32(k * HASH_BYTES + 4),
  ]);
}
