/** Entries in their order, a page at a time, for whoever follows the ledger from a cursor. */
import type { Placed } from '@surety/core/evidence';
import { WIRE_LIMITS } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { toPlaced } from '../writing/placed.ts';

export async function entriesFrom({ store }: Context, from: number): Promise<Placed[]> {
  const entries: Placed[] = [];
  for await (const row of store.entries(from, WIRE_LIMITS.page)) entries.push(toPlaced(row));
  return entries;
}
