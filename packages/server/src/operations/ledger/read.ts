/** Reads of the ledger itself: checkpoint, tiles, entries, receipts. */
import { receiptOf } from '../../log/proofs.ts';
import { readEntryBytes, readTilePath } from '../../log/tiles.ts';
import type { Context } from '../context.ts';
import { UnknownError } from '../errors.ts';

export interface LedgerReads {
  checkpoint(): Promise<string>;
  tile(path: string): Promise<Uint8Array | undefined>;
  entry(seq: number): Promise<Uint8Array>;
  /** A `.tlog-proof` for the present checkpoint. */
  receipt(seq: number): Promise<string>;
}

export function readLedger({ store }: Context): LedgerReads {
  const head = async (seq: number) => {
    const { size, checkpoint } = await store.head();
    if (seq >= size)
      throw new UnknownError('entry.unknown', `The ledger has entries 0 to ${size - 1}; ${seq} is not one of them`);
    return { size, checkpoint };
  };
  return {
    checkpoint: async () => (await store.head()).checkpoint,
    tile: async (path) => readTilePath(store, (await store.head()).size, path),
    entry: async (seq) => readEntryBytes(store, seq, (await head(seq)).size),
    receipt: async (seq) => receiptOf(store, seq, (await head(seq)).checkpoint),
  };
}
