/** `surety ledger ids`: every id of a ledger whose every entry was checked first. */
import { type OpenStore, withLedger } from './with-ledger.ts';

/** Throws a `LogError`, and prints nothing, where the ledger does not open. */
export function listIds(
  folder: string,
  open: OpenStore,
  print: (id: string) => void,
  keysFolder?: string,
): Promise<void> {
  return withLedger(
    folder,
    open,
    async (store) => {
      const { size } = await store.head();
      for await (const { id } of store.entries(0, size)) print(id);
    },
    keysFolder === undefined ? { deep: true } : { deep: true, keysFolder },
  );
}
