/** Revokes a key: refused from now on here, and within seconds at every other node. */
import type { KeyView } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnknownError } from '../errors.ts';
import { viewKey } from './list.ts';

export async function revokeKey({ store, ring, clock }: Context, id: string): Promise<KeyView> {
  const revoked = await store.side(async (tx) => {
    const key = (await tx.keys()).find((one) => one.id === id);
    if (!key) throw new UnknownError('key.unlisted', `There is no key ${id}; surety keys list shows them`);
    const over = { ...key, revoked: key.revoked ?? clock() };
    await tx.putKey(over);
    return over;
  });
  ring.forget();
  return viewKey(revoked);
}
