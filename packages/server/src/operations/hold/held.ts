/** An open hold prepared for its answer: its pact, its exact arguments, and what is remembered of its conversation. */
import type { Evaluation, Pact } from '@surety/core/pact';
import { isJsonObject, type Json, type JsonObject, type ZoneOffset } from '@surety/core/terms';
import { decideIn, type HoldStanding, type World } from '@surety/core/world';
import { parseArgs } from '../action/answer.ts';
import { subjectOf } from '../action/report.ts';
import type { Context } from '../context.ts';
import { ConflictError, UnknownError } from '../errors.ts';
import type { Remembered } from '../memory.ts';
import { toHoldId } from '../names.ts';
import { textSha256 } from '../plain.ts';
import type { Subject } from '../subjects.ts';

export interface Held {
  readonly action: string;
  readonly pact: Pact;
  readonly args: JsonObject;
  readonly argsText: string;
  readonly argsSha256: string;
  readonly remembered: Remembered;
  readonly subject: Subject;
  readonly offset: ZoneOffset;
}

export async function prepareHeld(context: Context, action: string): Promise<Held> {
  const hold = openHold(context.writer.world, action);
  const record = await context.records.get(action);
  const subject = await subjectOf(context, record);
  const args = parseArgs(record.argsText);
  if (!subject || record.argsText === undefined || !isJsonObject(args))
    throw new ConflictError(
      'hold.args_changed',
      `The arguments of ${toHoldId(action)} were erased; it can only be refused by a stop`,
    );
  const standing = context.writer.world.pacts.byDigest.get(hold.pact);
  if (!standing) throw new UnknownError('pact.unknown', `The pact of ${toHoldId(action)} is not on the record`);
  const pact = await context.shelf.get(standing);
  const remembered = await rememberedOf(context, hold);
  const argsSha256 = textSha256(record.argsText);
  return { action, pact, args, argsText: record.argsText, argsSha256, remembered, subject, offset: context.offset };
}

export function openHold(world: World, action: string): HoldStanding {
  const hold = world.holds.get(action);
  if (hold) return hold;
  const answered = world.answered.get(action)?.answered;
  if (answered)
    throw new ConflictError('hold.answered', `${toHoldId(action)} was ${answered.answer} already by ${answered.by}`);
  throw new UnknownError('hold.unknown', `There is no open hold ${toHoldId(action)}`);
}

async function rememberedOf(context: Context, { conversation, action }: HoldStanding): Promise<Remembered> {
  const standing = context.writer.world.conversations.get(conversation);
  const names = await namesOf(context, action);
  const ref = {
    name: conversation,
    id: names.conversation_id ?? conversation,
    customer: names.customer_id,
    channel: standing?.channel ?? undefined,
  };
  return context.memories.current(ref, standing) ?? context.memories.load(ref, standing);
}

/** What the operator calls the conversation and its customer, from what the first entries disclosed. */
export async function namesOf(
  context: Context,
  action: string,
): Promise<{ conversation_id?: string; customer_id?: string }> {
  const { proposed } = await context.records.get(action);
  const named = context.writer.world.conversations.get(proposed.data.conversation)?.named ?? [];
  const opened = await context.subjects.open(context.store, named);
  return Object.assign({}, ...[...opened.values()].map(({ value }) => value as JsonObject));
}

/** The limits that held an action, full or in doubt: an approval overrides these, once. */
export const limitsOf = ({ rules }: Pact, { reasons }: HoldStanding): string[] =>
  rules.filter(({ id, kind }) => kind === 'limit' && reasons.includes(id)).map(({ id }) => id);

/** The pact's judgement of held (or edited) arguments, in the world as it is now. */
export function judgeHeld(world: World, held: Held, hold: HoldStanding, args: Json, now: number): Evaluation {
  const { pact, remembered, offset } = held;
  const { ref } = remembered;
  return decideIn(world, pact, {
    proposal: { tool: hold.tool, args: isJsonObject(args) ? args : undefined },
    agent: hold.agent,
    conversation: { id: ref.id, customer: ref.customer, channel: ref.channel },
    countedAs: { conversation: hold.conversation, customer: hold.customer ?? undefined },
    memory: remembered.memoryFor(pact),
    now,
    offset,
    given: () => undefined,
    judges: {},
    undatedIsFresh: false,
    draw: 1_000_000,
  });
}
