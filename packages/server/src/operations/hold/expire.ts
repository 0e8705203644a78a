/** Silence answers a hold once its time has passed, by its safe default; and a reservation nobody reported on ends. */
import type { Draft } from '@surety/core/evidence';
import type { Due } from '@surety/core/world';
import type { Context } from '../context.ts';
import { type Operation, SYSTEM } from '../operation.ts';

export async function applyDue(context: Context, due: Due): Promise<void> {
  const action = due.what === 'hold_expired' ? due.hold.action : due.action;
  const id = due.what === 'hold_expired' ? `${action}/answer` : `${action}/unreported`;
  await context.writer.perform(EXPIRE, {
    command: due,
    actor: SYSTEM('consumer:clock'),
    ids: [id],
    tag: context.names.tag([due.what]),
  });
}

const EXPIRE: Operation<Due, undefined> = {
  route: undefined,
  decide(world, due, { at }): Draft[] {
    if (due.what === 'unreported') {
      const open = world.actions.get(due.action) ?? world.answered.get(due.action);
      if (!open || !world.limits.isLate(due.action, at)) return [];
      const { agent, conversation, customer, lane } = open;
      const data = {
        action: due.action,
        agent,
        conversation,
        ...(customer === null ? {} : { customer }),
        why: 'unreported' as const,
      };
      const stream = lane === null ? {} : { stream: `${agent}/${lane}` };
      return [{ id: `${due.action}/unreported`, type: 'action.failed', ...stream, data }];
    }
    // The decision under the lock says whether it is still open.
    const hold = world.holds.get(due.hold.action);
    if (!hold || hold.expires === null || hold.expires > at) return [];
    const { action, agent, conversation, customer, lane, then, args } = hold;
    const data = {
      hold: action,
      agent,
      conversation,
      ...(customer === null ? {} : { customer }),
      answer: 'expired' as const,
      args: { commitment: args },
      then,
    };
    const stream = lane === null ? {} : { stream: `${agent}/${lane}` };
    return [{ id: `${action}/answer`, type: 'hold.answered', ...stream, data }];
  },
  answer: () => undefined,
};
