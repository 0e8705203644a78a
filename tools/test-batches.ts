/** Batches for tests of a store: rows that follow a head, and the head after them. */
import { createHash } from 'node:crypto';
import type { AppendTx, Head, Row, Side, Store, Tile } from '../packages/server/src/store/port.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const digestOf = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest());

export const rowsAfter = (head: Head, ids: readonly string[]): Row[] =>
  ids.map((id, k) => ({ idx: head.size + k, id, type: 'trace.observed', body: bytesOf(`{"id":"${id}"}`) }));

export const headAfter = (head: Head, rows: readonly Row[]): Head => ({
  size: head.size + rows.length,
  at: head.at + 1,
  root: digestOf(`root of ${head.size + rows.length}`),
  frontier: digestOf(`frontier of ${head.size + rows.length}`),
  checkpoint: `checkpoint ${head.size + rows.length}\n`,
});

export async function writeIds(tx: AppendTx, ids: readonly string[], side: Side = {}, tiles: readonly Tile[] = []) {
  const rows = rowsAfter(tx.head, ids);
  await tx.write(rows, tiles, headAfter(tx.head, rows), side);
}

export const appendIds = (store: Store, ids: readonly string[], side?: Side, tiles?: readonly Tile[]): Promise<void> =>
  store.append((tx) => writeIds(tx, ids, side, tiles));

export async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Something a test waits for, and the way to let it happen. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
