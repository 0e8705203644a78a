/** What both databases understand, and how a driver is asked. */
import {
  type Ahead,
  type Head,
  type Row,
  type SealedDisclosure,
  type Side,
  StoreError,
  type StoreFacts,
  type Tile,
} from '../port.ts';

export type Cell = number | string | Uint8Array | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** Statements on one connection. Parameters are $1, $2 … in the order in which they stand in the text, each once. */
export interface Sql {
  all(text: string, ...values: Cell[]): Promise<SqlRow[]>;
  /** A text with `IN ($keys)`, asked for all of these keys. An order of its own holds among the rows of one key. */
  each(text: string, keys: readonly (string | number | Uint8Array)[]): Promise<SqlRow[]>;
  /** How many rows were changed. */
  run(text: string, ...values: Cell[]): Promise<number>;
}

/** Entries by their ids: each database has its own way. */
export interface Finding {
  find(ids: readonly string[]): Promise<SqlRow[]>;
}

/** The connection that holds the head's lock. */
export interface Writer extends Sql, Finding {
  readonly head: Head;
  /** Answers that came with the lock. */
  readonly ahead?: { readonly asked: Ahead; readonly entries: readonly SqlRow[]; readonly found: readonly SqlRow[] };
  /** Rows are already checked. Answers how many heads were moved: one, or someone wrote past the lock. */
  write(rows: readonly Row[], tiles: readonly Tile[], next: Head, side: Side): Promise<number>;
}

export interface Driver {
  /** Sees what is committed and nothing else. */
  readonly reads: Sql & Finding;
  append<T>(run: (writer: Writer) => Promise<T>, ahead?: Ahead): Promise<T>;
  side<T>(run: (sql: Sql) => Promise<T>): Promise<T>;
  facts(): Promise<StoreFacts>;
  close(): Promise<void>;
}

export function int(row: SqlRow, name: string): number {
  const value = row[name];
  // SQLite rounds an integer beyond 2^53 - 1 on its way here; rounded, it is no safe one either.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw unreadable(name, 'an integer that can be held exactly');
}

export function text(row: SqlRow, name: string): string {
  const value = row[name];
  if (typeof value === 'string') return value;
  throw unreadable(name, 'text');
}

export function bytes(row: SqlRow, name: string): Uint8Array {
  const value = row[name];
  if (value instanceof Uint8Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw unreadable(name, 'bytes');
}

export const isAbsent = (row: SqlRow, name: string): boolean => row[name] === null;

function unreadable(name: string, wanted: string): StoreError {
  return new StoreError('damaged', `The column ${name} holds something other than ${wanted}: restore a backup.`);
}

/** Refuses what a database would round, cut or change on its way in. */
export function checkCell(value: Cell): void {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return;
    throw new StoreError('refused', `The number ${value} was not stored: only integers up to 2^53 - 1 are.`);
  }
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
    throw new StoreError('refused', `A text was not stored: it has U+0000 or half a character in ${quoted(value)}.`);
}

/** Disclosures with their number within the entry they belong to. */
export function numbered(disclosures: readonly SealedDisclosure[]): (SealedDisclosure & { readonly k: number })[] {
  const counts = new Map<number, number>();
  return disclosures.map((disclosure) => {
    const k = counts.get(disclosure.idx) ?? 0;
    counts.set(disclosure.idx, k + 1);
    return { ...disclosure, k };
  });
}

const quoted = (value: string): string => JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
