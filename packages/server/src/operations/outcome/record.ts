/** Records what became of a conversation: resolved, reopened, re-contacted, rated, a refund reversed. */
import type { DataOf } from '@surety/core/evidence';
import { MINUTE, parseTime } from '@surety/core/terms';
import type { RecordOutcome } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { InvalidError, UnknownError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { fromWireId } from '../personal/names.ts';

interface Recording {
  readonly id: string;
  readonly conversation: string;
  readonly body: RecordOutcome;
  readonly observedAt: number | undefined;
}

export async function recordOutcome(
  context: Context,
  actor: Actor,
  body: RecordOutcome,
  id: string,
): Promise<{ receipt: { seq: number } }> {
  const observedAt = body.at === undefined ? undefined : parseTime(body.at);
  if (body.at !== undefined && observedAt === undefined)
    throw new InvalidError(
      'request.malformed',
      `at is a time with offset such as 2026-06-15T12:00:00Z, not ${body.at}`,
    );
  if (observedAt !== undefined && observedAt > context.clock() + MINUTE)
    throw new InvalidError('request.malformed', `at is ${body.at}, which is still to come; give the time it happened`);
  const isRated = body.rating !== undefined || body.satisfied !== undefined;
  if ((body.outcome === 'csat') !== isRated || (body.rating !== undefined && body.satisfied !== undefined))
    throw new InvalidError(
      'request.malformed',
      'A rating from 1 to 5, or satisfied, comes with the outcome csat, and with no other',
    );
  if (body.closed_by !== undefined && body.outcome !== 'resolved')
    throw new InvalidError('request.malformed', 'closed_by comes with the outcome resolved, and with no other');
  const conversation = context.names.conversation(body.conversation_id);
  if (body.action !== undefined) await checkAction(context, body, conversation);
  return context.writer.perform(RECORD, {
    command: { id, conversation, body, observedAt },
    actor,
    ids: [id],
    tag: context.names.tag(JSON.parse(JSON.stringify(body))),
  });
}

/** Money that was given back is that of an action on the record, in this conversation. */
async function checkAction(
  context: Context,
  { action = '', conversation_id, agent }: RecordOutcome,
  conversation: string,
): Promise<void> {
  const { proposed } = await context.records.get(fromWireId(action));
  if (proposed.data.conversation !== conversation || proposed.data.agent !== agent)
    throw new UnknownError(
      'action.unknown',
      `${action} is not an action of ${agent} in the conversation ${conversation_id}; name one that is`,
    );
}

const RECORD: Operation<Recording, { receipt: { seq: number } }> = {
  route: 'outcome.record',
  decide(world, { id, conversation, body, observedAt }) {
    const standing = world.conversations.get(conversation);
    if (!standing?.agents.includes(body.agent))
      throw new UnknownError(
        'conversation.unknown',
        `No action of ${body.agent} in the conversation ${body.conversation_id} is on the record`,
      );
    const data: DataOf<'outcome.observed'> = {
      agent: body.agent,
      conversation,
      ...(standing.customer === null ? {} : { customer: standing.customer }),
      outcome: body.outcome,
      ...(body.closed_by === undefined ? {} : { closed_by: body.closed_by }),
      ...(body.rating === undefined ? {} : { rating: body.rating }),
      ...(body.satisfied === undefined ? {} : { satisfied: body.satisfied }),
      ...(body.action === undefined ? {} : { action: fromWireId(body.action) }),
      ...(body.money === undefined ? {} : { money: body.money }),
      ...(observedAt === undefined ? {} : { observed_at: observedAt }),
    };
    return [{ id, type: 'outcome.observed', data }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};
