/** Entry 0: the ledger says its origin and its key. */
import type { Context } from '../context.ts';
import { type Operation, SYSTEM } from '../operation.ts';

export interface Opening {
  readonly origin: string;
  readonly vkey: string;
  readonly continues?: { readonly origin: string; readonly size: number; readonly root: string } | undefined;
}

const OPEN: Operation<Opening, undefined> = {
  route: undefined,
  decide(world, { origin, vkey, continues }) {
    if (world.size > 0) return [];
    const data = { format: 1 as const, origin, vkey, ...(continues ? { continues } : {}) };
    return [{ id: 'ledger:opened', type: 'ledger.opened', data }];
  },
  answer: () => undefined,
};

export async function openLedger(
  { writer, names }: Pick<Context, 'writer' | 'names'>,
  opening: Opening,
): Promise<void> {
  if (writer.world.size > 0) return;
  await writer.perform(OPEN, {
    command: opening,
    actor: SYSTEM('system:ledger'),
    ids: ['ledger:opened'],
    tag: names.tag(['ledger', opening.origin]),
  });
}
