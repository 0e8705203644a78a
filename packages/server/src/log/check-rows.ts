/** Whether the stored rows are what was hashed: the last and some random ones at every start, all of them on demand. */
import { decodeUtf8, equalBytes } from '@surety/core/crypto';
import { leafHash, TILE_WIDTH } from '@surety/core/ledger';
import type { Head, Row, Store } from '../store/port.ts';
import { checkChild, hashReader } from './check-tiles.ts';
import { LogError } from './log-error.ts';
import { nodeSha256 } from './node-crypto.ts';
import { readRows } from './tiles.ts';

const LAST = 1_000;
const RANDOM = 1_000;

/** That the first row is 0 and the last is size - 1. */
export async function checkEnds(store: Store, size: number): Promise<void> {
  for await (const row of store.entries(size, 1)) {
    // Where another node appends meanwhile, there is more than the head said when it was read.
    if ((await store.head()).size === size)
      throw new LogError('rows_beyond', `Entry ${row.idx} stands behind the head, which ends at ${size}.`, row.idx);
  }
  if (size === 0) return;
  await readRows(store, 0, 1);
  await readRows(store, size - 1, 1);
}

/** That the head's time is the last entry's, whose bytes are checked by now. */
export async function checkTime(store: Store, { size, at }: Head): Promise<void> {
  const [last] = size === 0 ? [] : await readRows(store, size - 1, 1);
  const said = last && membersOf(last)?.['at'];
  if (last && said !== at)
    throw new LogError('head_wrong', `The head is of ${at}, its last entry of ${said}.`, size - 1);
}

export async function checkSomeRows(store: Store, size: number, random: (below: number) => number): Promise<void> {
  const check = rowChecker(store, size);
  const last = Math.max(0, size - LAST);
  const chosen = new Set(Array.from({ length: Math.min(RANDOM, last) }, () => random(last)));
  for (const index of [...chosen].sort((a, b) => a - b)) {
    const [row] = await readRows(store, index, 1);
    await check(row as Row, index);
  }
  await checkRange(store, last, size, check);
}

export const checkAllRows = (store: Store, size: number): Promise<void> =>
  checkRange(store, 0, size, rowChecker(store, size));

type CheckRow = (row: Row, index: number) => Promise<void>;

async function checkRange(store: Store, from: number, to: number, check: CheckRow): Promise<void> {
  let index = from;
  for await (const row of store.entries(from, to - from)) {
    if (row.idx !== index) break;
    await check(row, index);
    index++;
  }
  if (index < to) throw new LogError('rows_missing', `Entry ${index} is not in the database.`, index);
}

/** Entries of the partial tile have been compared with the frontier already: of them the row's other columns remain. */
function rowChecker(store: Store, size: number): CheckRow {
  const parents = hashReader(store, 1, size);
  const leaves = hashReader(store, 0, size, async (tile) => checkChild(tile, await parents(tile.n)));
  const tiled = size - (size % TILE_WIDTH);
  return async (row, index) => {
    if (index < tiled && !equalBytes(leafHash(row.body, nodeSha256), await leaves(index)))
      throw new LogError('tampered', `Entry ${index} is not what was hashed.`, index);
    const said = membersOf(row);
    for (const [column, member] of [
      ['idx', 'seq'],
      ['id', 'id'],
      ['type', 'type'],
    ] as const)
      if (said?.[member] !== row[column])
        throw new LogError('tampered', `The ${column} beside entry ${index} is ${row[column]}, not its own.`, index);
  };
}

/** The profile was checked when it was written, and its hash above: here its members are enough. */
function membersOf({ body }: Row): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(decodeUtf8(body) ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
