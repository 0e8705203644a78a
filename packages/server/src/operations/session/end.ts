/** A person signs out: the session is forgotten, whoever may still hold its token. */
import type { Context } from '../context.ts';
import { ForbiddenError } from '../errors.ts';
import type { OpenSession } from './open-session.ts';

export async function endSession({ store }: Context, { session }: OpenSession): Promise<{ ended: boolean }> {
  return { ended: await store.side((tx) => tx.endSession(session.hash)) };
}

export const sessionOver = () => new ForbiddenError('session.over', 'This session is over; sign in again');
