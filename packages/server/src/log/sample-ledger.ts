/** Ledgers of any size with entries that say nothing, for tests and benches. */
import { type Entry, entryBytes } from '@surety/core/evidence';
import type { Row, Store } from '../store/port.ts';
import type { Keys } from './keys.ts';
import { Position } from './position.ts';

const BATCH = 512;
const FIRST_AT = 1_760_000_000_000;

/** The entry at an index: the same in every ledger of this origin and key. `mark` makes another history of it. */
export function sampleEntry({ origin, logVkey }: Keys, seq: number, mark = 'sample'): Entry {
  const envelope = { v: 1, seq, at: FIRST_AT + seq, by: 'system:ledger' } as const;
  if (seq === 0) {
    const data = { format: 1, origin, vkey: logVkey };
    return { ...envelope, id: 'ledger:opened', type: 'ledger.opened', data };
  }
  const data = { consumer: mark, entry: seq - 1, attempts: 8, error: 'Unreachable' };
  return { ...envelope, id: `${mark}/${seq}`, type: 'consumer.gave_up', data };
}

/** Appends to an empty store, or goes on from a position, until the ledger has `size` entries. */
export async function fillLedger(
  store: Store,
  keys: Keys,
  size: number,
  { from = Position.empty(), mark = 'sample' }: { from?: Position; mark?: string } = {},
): Promise<Position> {
  let position = from;
  while (position.size < size) {
    const first = position.size;
    const rows = Array.from({ length: Math.min(BATCH, size - first) }, (_, k) => sampleRow(keys, first + k, mark));
    const bodies = rows.map(({ body }) => body);
    const next = position.extend(bodies, FIRST_AT + first + rows.length - 1);
    const head = next.position.seal([keys.log], keys.origin);
    await store.append((tx) => tx.write(rows, next.tiles, head, {}));
    position = next.position;
  }
  return position;
}

function sampleRow(keys: Keys, idx: number, mark: string): Row {
  const entry = sampleEntry(keys, idx, mark);
  const bytes = entryBytes(entry);
  if (!bytes.ok) throw new Error(bytes.error.detail);
  return { idx, id: entry.id, type: entry.type, body: bytes.value };
}
