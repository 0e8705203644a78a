/** A person answers holds: approves, edits or refuses, each bound to the digest of its exact arguments. */
import { canonical } from '@surety/core/crypto';
import type { DataOf, Draft } from '@surety/core/evidence';
import { isJsonObject, type Json, type JsonObject, type Reason } from '@surety/core/terms';
import type { AnswerHold, HoldAnswered } from '@surety/core/wire';
import { type HoldStanding, standsAgainst, type World } from '@surety/core/world';
import { isBehind } from '../action/proposal.ts';
import type { Context } from '../context.ts';
import { ConflictError, InvalidError, isConflict, StaleError, UnavailableError } from '../errors.ts';
import { type Actor, isOf, type Moment, type Operation } from '../operation.ts';
import { fromWireId, toHoldId } from '../personal/names.ts';
import { answeredBefore, type Held, judgeHeld, limitsOf, openHold, prepareHeld } from './held.ts';

type Verb = 'approve' | 'edit' | 'refuse';

interface Command {
  readonly by: string;
  readonly verb: Verb;
  readonly held: readonly Held[];
  /** Of an edit: the arguments to run instead. */
  readonly args: JsonObject | undefined;
  readonly reason: string | undefined;
  readonly note: string | undefined;
}

const PREPARED_AT_MOST = 4;

export async function answerHold(
  context: Context,
  actor: Actor,
  holdId: string,
  body: AnswerHold,
): Promise<HoldAnswered> {
  for (let tries = 1; ; tries++) {
    const held = await prepareAll(context, holdId, body);
    const { answer: verb, args, reason, note } = body;
    try {
      return await context.writer.perform(ANSWER, {
        command: { by: actor.by, verb, held, args: args as JsonObject | undefined, reason, note },
        actor,
        ids: held.map(({ action }) => `${action}/answer`),
        tag: context.names.tag([actor.by, verb, held.map(({ argsSha256 }) => argsSha256), (args as Json) ?? null]),
      });
    } catch (error) {
      // Two people on one hold: the second hears who was first.
      if (isConflict(error)) for (const { action } of held) openHold(context.writer.world, action);
      if (!(error instanceof StaleError)) throw error;
      if (tries === PREPARED_AT_MOST)
        throw new UnavailableError('More happened in this conversation while it was answered; ask again');
    }
  }
}

/** Every hold the answer names, each with the exact arguments it is bound to. */
async function prepareAll(context: Context, holdId: string, body: AnswerHold): Promise<Held[]> {
  const { answer, args, args_sha256, also = [] } = body;
  const named = [{ id: holdId, args_sha256 }, ...also];
  if (answer === 'edit' && (also.length > 0 || !isJsonObject(args)))
    throw new InvalidError('request.malformed', 'An edit needs args and answers one hold alone');
  if (new Set(named.map(({ id }) => id)).size < named.length)
    throw new InvalidError('request.malformed', 'The answer names a hold twice; name each once');
  const held: Held[] = [];
  for (const { id, args_sha256: digest } of named) {
    const edited = answer === 'edit' ? (args as JsonObject) : undefined;
    const one = await prepareHeld(context, fromWireId(id), { edited, refused: answer === 'refuse' });
    if (digest !== one.argsSha256 && (digest !== undefined || answer !== 'refuse'))
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
  return held;
}

const ANSWERED = { approve: 'approved', edit: 'edited', refuse: 'refused' } as const;

const ANSWER: Operation<Command, HoldAnswered> = {
  route: 'hold.answer',
  decide(world, command, moment) {
    if (command.verb !== 'refuse' && command.held.some(({ remembered }) => isBehind(world, remembered)))
      throw new StaleError();
    const drafts: Draft<'hold.answered'>[] = [];
    for (const held of command.held) {
      const pending = drafts.flatMap(({ data }) => data.charges ?? []);
      drafts.push(answerOne(world, held, command, moment, pending));
    }
    return drafts;
  },
  answer(entries, _opened, { by, verb, held }) {
    const given = entries.filter((entry) => isOf('hold.answered', entry));
    // Recorded before: by the same person in the same words, or it was somebody else's answer.
    const other = given.find((entry) => entry.by !== by || entry.data.answer !== ANSWERED[verb]);
    if (other) throw answeredBefore(other.data.hold, other.data.answer, other.by);
    if (given.length !== held.length)
      throw new ConflictError(
        'request.conflict',
        'An answer to fewer of these holds was recorded; answer the others alone',
      );
    return {
      holds: given.map(({ data, seq }) => ({ id: toHoldId(data.hold), answer: ANSWERED[verb], receipt: { seq } })),
    };
  },
};

type Charges = NonNullable<DataOf<'hold.answered'>['charges']>;

function answerOne(
  world: World,
  held: Held,
  { verb, args, reason, note }: Command,
  moment: Moment,
  pending: Charges,
): Draft<'hold.answered'> {
  const hold = openHold(world, held.action);
  const data: DataOf<'hold.answered'> = {
    hold: hold.action,
    agent: hold.agent,
    conversation: hold.conversation,
    ...(hold.customer === null ? {} : { customer: hold.customer }),
    answer: ANSWERED[verb],
    args: { commitment: hold.args },
    ...(reason === undefined ? {} : { reason }),
    ...(note === undefined || !held.subject ? {} : { note: moment.commit(held.subject, 'note', note.toWellFormed()) }),
    ...(verb === 'refuse'
      ? {}
      : letRun(world, held, hold, verb === 'edit' ? (args ?? {}) : held.args, moment, pending)),
  };
  const stream = hold.lane === null ? {} : { stream: `${hold.agent}/${hold.lane}` };
  return { id: `${hold.action}/answer`, type: 'hold.answered', ...stream, data };
}

/**
 * `never` and the limits are judged once more. A limit that had held the action is overridden, once, by approving it as
 * it is; other arguments are another action, for which a full limit is full.
 */
function letRun(
  world: World,
  held: Held,
  hold: HoldStanding,
  args: JsonObject,
  moment: Moment,
  pending: Charges,
): Partial<DataOf<'hold.answered'>> {
  const evaluation = judgeHeld(world, held, hold, args, { now: moment.at, pending });
  const isEdited = args !== held.args;
  const overrides = isEdited ? [] : limitsOf(held.pact, hold);
  const [against] = standsAgainst(evaluation, overrides);
  if (against) throw refusal(hold, against);
  const { charges, money } = evaluation;
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
    ...(isEdited && held.subject
      ? { edited_args: moment.commit(held.subject, 'args', canonical(evaluation.args)) }
      : {}),
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
