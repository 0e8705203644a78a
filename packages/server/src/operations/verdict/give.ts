/** A person's verdict on an action or a conversation: the truth the others are measured by. */
import type { DataOf } from '@surety/core/evidence';
import type { GiveVerdict } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { InvalidError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { fromWireId } from '../personal/names.ts';
import type { Subject } from '../personal/subjects.ts';

interface Giving {
  readonly id: string;
  readonly about: Pick<DataOf<'verdict.given'>, 'agent' | 'lane' | 'conversation' | 'action'>;
  readonly body: GiveVerdict;
  readonly staff: Subject;
}

export async function giveVerdict(
  context: Context,
  actor: Actor,
  body: GiveVerdict,
  id: string,
): Promise<{ receipt: { seq: number } }> {
  const about = await aboutOf(context, body);
  const staff = await context.subjects.resolve({ kind: 'conversation', value: `staff ${actor.by}` });
  return context.writer.perform(GIVE, {
    command: { id, about, body, staff },
    actor,
    ids: [id],
    tag: context.names.tag(JSON.parse(JSON.stringify([actor.by, body]))),
  });
}

async function aboutOf(
  context: Context,
  { action, conversation_id, agent, lane }: GiveVerdict,
): Promise<Giving['about']> {
  if (action !== undefined) {
    const { proposed, decided } = await context.records.get(fromWireId(action));
    const { agent: whose, conversation } = proposed.data;
    return { agent: whose, lane: decided.data.lane, conversation, action: proposed.id };
  }
  if (conversation_id === undefined || agent === undefined)
    throw new InvalidError('request.malformed', 'A verdict names an action, or a conversation_id with its agent');
  return { agent, lane: lane ?? null, conversation: context.names.conversation(conversation_id) };
}

const GIVE: Operation<Giving, { receipt: { seq: number } }> = {
  route: 'verdict.give',
  decide(_world, { id, about, body, staff }, moment) {
    const { verdict, severity, rule, confirmed, note } = body;
    const data: DataOf<'verdict.given'> = {
      ...about,
      verdict,
      ...(severity === undefined ? {} : { severity }),
      ...(rule === undefined ? {} : { rule }),
      ...(confirmed === undefined ? {} : { confirmed }),
      ...(note === undefined ? {} : { note: moment.commit(staff, 'note', note.toWellFormed()) }),
    };
    return [{ id, type: 'verdict.given', data }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};
