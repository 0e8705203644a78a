/** A person answers holds: approves, edits or refuses, each bound to the digest of its exact arguments. */
import { canonical } from '@surety/core/crypto';
import type { DataOf, Draft } from '@surety/core/evidence';
import { isJsonObject, type Json, type JsonObject, type Reason } from '@surety/core/terms';
import type { AnswerHold, HoldAnswered } from '@surety/core/wire';
import { type HoldStanding, standsAgainst, type World } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, InvalidError } from '../errors.ts';
import { fromWireId, toHoldId } from '../names.ts';
import { type Actor, isOf, type Moment, type Operation } from '../operation.ts';
import { type Held, judgeHeld, limitsOf, openHold, prepareHeld } from './held.ts';

type Verb = 'approve' | 'edit' | 'refuse';

interface Command {
  readonly verb: Verb;
  readonly held: readonly Held[];
  /** Of an edit: the arguments to run instead. */
  readonly args: JsonObject | undefined;
  readonly reason: string | undefined;
  readonly note: string | undefined;
}

export async function answerHold(
  context: Context,
  actor: Actor,
  holdId: string,
  body: AnswerHold,
): Promise<HoldAnswered> {
  const also = body.also ?? [];
  const held: Held[] = [];
  for (const { id, digest } of [
    { id: holdId, digest: body.args_sha256 },
    ...also.map((one) => ({ id: one.id, digest: one.args_sha256 })),
  ]) {
    const one = await prepareHeld(context, fromWireId(id));
    if (digest !== one.argsSha256 && (digest !== undefined || body.answer !== 'refuse'))
      throw new ConflictError(
        'hold.args_changed',
        `The answer to ${id} names other arguments than those that are held; look at it again and send their args_sha256`,
      );
    held.push(one);
  }
  if (new Set(held.map(({ remembered }) => remembered.ref.name)).size > 1)
    throw new InvalidError(
      'request.malformed',
      'One answer covers holds of one conversation; answer the others by themselves',
    );
  if (body.answer === 'edit' && (also.length > 0 || !isJsonObject(body.args)))
    throw new InvalidError('request.malformed', 'An edit needs args and answers one hold alone');
  const command: Command = {
    verb: body.answer,
    held,
    args: body.args as JsonObject | undefined,
    reason: body.reason,
    note: body.note,
  };
  return context.writer.perform(ANSWER, {
    command,
    actor,
    ids: held.map(({ action }) => `${action}/answer`),
    tag: context.names.tag([
      actor.by,
      body.answer,
      held.map(({ argsSha256 }) => argsSha256),
      (body.args as Json) ?? null,
    ]),
  });
}

const ANSWERED = { approve: 'approved', edit: 'edited', refuse: 'refused' } as const;

const ANSWER: Operation<Command, HoldAnswered> = {
  route: 'hold.answer',
  decide: (world, command, moment) => command.held.map((held) => answerOne(world, held, command, moment)),
  answer: (entries) => ({
    holds: entries
      .filter((entry) => isOf('hold.answered', entry))
      .map(({ data, seq }) => ({
        id: toHoldId(data.hold),
        answer: data.answer === 'expired' ? 'refused' : data.answer,
        receipt: { seq },
      })),
  }),
};

function answerOne(world: World, held: Held, { verb, args, reason, note }: Command, moment: Moment): Draft {
  const hold = openHold(world, held.action);
  const data: DataOf<'hold.answered'> = {
    hold: hold.action,
    agent: hold.agent,
    conversation: hold.conversation,
    ...(hold.customer === null ? {} : { customer: hold.customer }),
    answer: ANSWERED[verb],
    args: { commitment: hold.args },
    ...(reason === undefined ? {} : { reason }),
    ...(note === undefined ? {} : { note: moment.commit(held.subject, 'note', note.toWellFormed()) }),
    ...(verb === 'refuse' ? {} : letRun(world, held, hold, verb === 'edit' ? (args ?? {}) : held.args, moment)),
  };
  const stream = hold.lane === null ? {} : { stream: `${hold.agent}/${hold.lane}` };
  return { id: `${hold.action}/answer`, type: 'hold.answered', ...stream, data };
}

/** `never` and the limits are judged once more; a limit that had held the action is overridden, once. */
function letRun(
  world: World,
  held: Held,
  hold: HoldStanding,
  args: JsonObject,
  moment: Moment,
): Partial<DataOf<'hold.answered'>> {
  const evaluation = judgeHeld(world, held, hold, args, moment.at);
  const overrides = limitsOf(held.pact, hold);
  const [against] = standsAgainst(evaluation, overrides);
  if (against) throw refusal(hold, against);
  const { charges, money } = evaluation;
  const isEdited = args !== held.args;
  return {
    ...(charges.length > 0
      ? {
          charges: charges.map(({ limit, key, amount, window }) => ({
            limit,
            key,
            amount,
            ...(window === undefined ? {} : { window }),
          })),
        }
      : {}),
    ...(money === undefined ? {} : { money: { currency: held.pact.currency, minor: money } }),
    ...(overrides.length > 0 ? { overrides } : {}),
    ...(isEdited ? { edited_args: moment.commit(held.subject, 'args', canonical(evaluation.args)) } : {}),
  };
}

function refusal(hold: HoldStanding, { id, says, kind, values }: Reason): ConflictError {
  if (kind !== 'limit')
    return new ConflictError(
      'hold.refused_by_pact',
      `${toHoldId(hold.action)} cannot be approved: ${says} (${id}). Refuse it, or change its arguments`,
    );
  const { used, at_most } = values as { used?: number; at_most?: number };
  return new ConflictError(
    'hold.limit_full',
    `${toHoldId(hold.action)} stays held: the limit ${id} is full (${used} of ${at_most} used). ${says}`,
  );
}
