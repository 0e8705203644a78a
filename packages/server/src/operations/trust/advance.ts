/** Records what time alone has called for: a lease that ended, a conversation whose evidence is due, a mature week. */
import { weekAt } from '@surety/core/terms';
import { dueByTime, followingOf, overBy } from '@surety/core/world';
import type { Context } from '../context.ts';
import { type Operation, SYSTEM } from '../operation.ts';

/** What was looked at already and moved nobody: counting it again would say the same. */
export interface Looked {
  size: number;
  over: number;
  week: number;
}

export async function advanceTrust({ writer, clock, names }: Context, looked: Looked): Promise<void> {
  const { world } = writer;
  const now = clock();
  const over = overBy(world, now).length;
  const isLease = world.trust.nextLease * 1000 <= now;
  const isWeek = world.trust.nextWeek <= now;
  const week = weekAt(now);
  const isLookedAt = looked.size === world.size && looked.over === over && looked.week === week;
  if (!isLease && ((over === 0 && !isWeek) || isLookedAt)) return;
  looked.size = world.size;
  looked.over = over;
  looked.week = week;
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
    return move ? followingOf(world, move, at) : [];
  },
  answer: () => undefined,
};
