/** Records what time alone has called for: a lease that ended, a conversation whose evidence is due. */
import { dueByTime, followingOf, overBy } from '@surety/core/world';
import type { Context } from '../context.ts';
import { type Operation, SYSTEM } from '../operation.ts';

/** What was looked at already and moved nobody: counting it again would say the same. */
export interface Looked {
  size: number;
  over: number;
}

export async function advanceTrust({ writer, clock, names }: Context, looked: Looked): Promise<void> {
  const { world } = writer;
  const now = clock();
  const over = overBy(world, now).length;
  const isLease = world.trust.nextLease * 1000 <= now;
  if (!isLease && (over === 0 || (looked.size === world.size && looked.over === over))) return;
  looked.size = world.size;
  looked.over = over;
  if (dueByTime(world, now).length === 0) return;
  const id = `trust/${world.size}`;
  await writer.perform(ADVANCE, {
    command: undefined,
    actor: SYSTEM('system:trust'),
    ids: [id],
    tag: names.tag(['trust', id]),
  });
}

/** The first move; what follows from it, and every other one, stands in the same transaction. */
const ADVANCE: Operation<undefined, undefined> = {
  route: undefined,
  decide(world, _command, { at }) {
    const [move] = dueByTime(world, at);
    return move ? followingOf(world, move) : [];
  },
  answer: () => undefined,
};
