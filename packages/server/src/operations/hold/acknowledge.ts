/** A person says that they have taken a hold up; the first to say so is on the record. */
import type { Context } from '../context.ts';
import { fromWireId } from '../names.ts';
import type { Actor, Operation } from '../operation.ts';
import { openHold } from './held.ts';

export function acknowledgeHold(context: Context, actor: Actor, holdId: string): Promise<{ receipt: { seq: number } }> {
  const action = fromWireId(holdId);
  return context.writer.perform(ACKNOWLEDGE, {
    command: action,
    actor,
    ids: [`${action}/ack/${actor.by}`],
    tag: context.names.tag([actor.by]),
  });
}

const ACKNOWLEDGE: Operation<string, { receipt: { seq: number } }> = {
  route: 'hold.acknowledge',
  decide(world, action, { actor }) {
    const { agent, conversation, customer, lane } = openHold(world, action);
    const data = { hold: action, agent, conversation, ...(customer === null ? {} : { customer }) };
    const stream = lane === null ? {} : { stream: `${agent}/${lane}` };
    return [{ id: `${action}/ack/${actor.by}`, type: 'hold.acknowledged', ...stream, data }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};
