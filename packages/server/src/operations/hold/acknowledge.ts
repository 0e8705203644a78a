/** A person says that they have taken a hold up; the first to say so is on the record. */
import type { Context } from '../context.ts';
import type { Actor, Operation } from '../operation.ts';
import { fromWireId } from '../personal/names.ts';
import { openHold } from './held.ts';

export function acknowledgeHold(context: Context, actor: Actor, holdId: string): Promise<{ receipt: { seq: number } }> {
  const action = fromWireId(holdId);
  const id = context.names.request('hold.acknowledge', actor.by, action);
  return context.writer.perform(ACKNOWLEDGE, {
    command: { id, action },
    actor,
    ids: [id],
    tag: context.names.tag([action]),
  });
}

const ACKNOWLEDGE: Operation<{ readonly id: string; readonly action: string }, { receipt: { seq: number } }> = {
  route: 'hold.acknowledge',
  decide(world, { id, action }) {
    const { agent, conversation, customer, lane } = openHold(world, action);
    const data = { hold: action, agent, conversation, ...(customer === null ? {} : { customer }) };
    const stream = lane === null ? {} : { stream: `${agent}/${lane}` };
    return [{ id, type: 'hold.acknowledged', ...stream, data }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};
