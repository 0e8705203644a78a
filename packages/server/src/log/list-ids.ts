/** `surety ledger ids`: every id of a ledger that was checked to the last entry. */
import type { Store } from '../store/port.ts';
import type { Keys } from './keys.ts';
import { type CheckOptions, checkLedger } from './open.ts';

/** Throws a `LogError`, and gives nothing, where the ledger does not open. */
export async function* listIds(store: Store, keys: Keys, options: CheckOptions = {}): AsyncGenerator<string> {
  const { size } = await checkLedger(store, keys, { deep: true, ...options });
  for await (const { id } of store.entries(0, size)) yield id;
}
