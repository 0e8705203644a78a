/** A ledger that is there, opened for a command that reads it: `surety ledger export`, `surety ledger ids`. */
import { join } from 'node:path';
import type { Store } from '../store/port.ts';
import { readAnchor } from './anchor.ts';
import { findKeys, type Keys } from './keys.ts';
import { LogError } from './log-error.ts';
import { checkLedger } from './open.ts';

export type OpenStore = (options: { readonly folder: string; readonly origin: string }) => Promise<Store>;

/**
 * Checks as at every start (ledger, section 7.1), anchor and all, before `run` sees anything; closes in any case.
 * @example await withLedger('surety-data', openSqlite, (store, keys) => exportLedger(store, keys, 'ledger'));
 */
export async function withLedger<T>(
  folder: string,
  open: OpenStore,
  run: (store: Store, keys: Keys) => Promise<T>,
  { deep = false, keysFolder = join(folder, 'keys') } = {},
): Promise<T> {
  const keys = findKeys(keysFolder, undefined);
  if (!keys) throw new LogError('not_there', `${folder} holds no ledger: name the folder of one with --data.`);
  const anchor = readAnchor(join(folder, 'anchor'));
  const store = await open({ folder, origin: keys.origin });
  try {
    await checkLedger(store, keys, { deep, anchors: anchor === undefined ? [] : [anchor] });
    return await run(store, keys);
  } finally {
    await store.close();
  }
}
