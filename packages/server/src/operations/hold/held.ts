/** An open hold prepared for its answer: its pact, its exact arguments, and what is remembered of its conversation. */
import type { Evaluation, Given, Pact, Situation } from '@surety/core/pact';
import type { JsonObject, ZoneOffset } from '@surety/core/terms';
import { type AskedLive, decideIn, type HoldStanding, type World } from '@surety/core/world';
import { asObject, parseArgs } from '../action/answer.ts';
import { gather, givenFrom, type Vouched } from '../action/gather.ts';
import { subjectOf } from '../action/records.ts';
import type { Context } from '../context.ts';
import { ConflictError, UnknownError } from '../errors.ts';
import type { Remembered } from '../kept/memory.ts';
import { toHoldId } from '../personal/names.ts';
import type { Subject } from '../personal/subjects.ts';
import { textSha256 } from '../writing/plain.ts';

export interface Held {
  readonly action: string;
  readonly pact: Pact;
  readonly args: JsonObject;
  readonly argsText: string;
  readonly argsSha256: string;
  readonly remembered: Remembered;
  /** Absent where it was erased. */
  readonly subject: Subject | undefined;
  readonly offset: ZoneOffset;
  /** Facts of sources, asked for again, and those that were vouched for with the proposal. */
  readonly given: Given;
}

/** `edited`: the arguments that a person puts in place of those that are held; `refused`: nothing will run. */
export async function prepareHeld(
  context: Context,
  action: string,
  { edited, refused }: { readonly edited?: JsonObject | undefined; readonly refused: boolean },
): Promise<Held> {
  const { world } = context.writer;
  // One that was answered is prepared too: the same answer sent again hears what was recorded.
  const hold = world.answered.get(action) ?? openHold(world, action);
  const record = await context.records.get(action);
  const subject = await subjectOf(context, record);
  const { argsText = '' } = record;
  const args = asObject(parseArgs(argsText)) ?? {};
  if (!refused && (!subject || argsText === ''))
    throw new ConflictError(
      'hold.args_changed',
      `The arguments of ${toHoldId(action)} were erased; it can only be refused`,
    );
  const standing = world.pacts.byDigest.get(hold.pact);
  if (!standing) throw new UnknownError('pact.unknown', `The pact of ${toHoldId(action)} is not on the record`);
  const pact = await context.shelf.get(standing);
  const remembered = await rememberedOf(context, hold);
  const argsSha256 = textSha256(argsText);
  const { offset } = context;
  const held = { action, pact, args, argsText, argsSha256, remembered, subject, offset };
  return { ...held, given: await askAgain(context, held, hold, edited ?? args) };
}

/** What has changed since speaks at the approval too: a `never` that has begun to fire refuses it. */
async function askAgain(
  context: Context,
  held: Omit<Held, 'given'>,
  hold: HoldStanding,
  args: JsonObject,
): Promise<Given> {
  const [detail] = [...(await context.subjects.open(context.store, [hold.seq])).values()];
  const { vouched } = (asObject(parseArgs(detail?.value as string | undefined)) ?? {}) as { vouched?: Vouched };
  const facts = vouched?.facts ?? {};
  const situation: Situation = {
    ...situationOf({ ...held, given: () => undefined }, hold, args, context.clock()),
    state: 'autonomous',
    used: () => 0,
  };
  return givenFrom(held.pact, await gather(held.pact, situation, facts, context.askSource), facts);
}

export function openHold(world: World, action: string): HoldStanding {
  const hold = world.holds.get(action);
  if (hold) return hold;
  const answered = world.answered.get(action)?.answered;
  if (answered) throw answeredBefore(action, answered.answer, answered.by);
  throw new UnknownError('hold.unknown', `There is no open hold ${toHoldId(action)}`);
}

export const answeredBefore = (action: string, answer: string, by: string): ConflictError =>
  new ConflictError('hold.answered', `${toHoldId(action)} was already ${answer} by ${by}`);

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

/** The pact's judgement of held (or edited) arguments, in the world as it is now and after what `pending` charges. */
export function judgeHeld(
  world: World,
  held: Held,
  hold: HoldStanding,
  args: JsonObject,
  { now, pending }: { readonly now: number; readonly pending: AskedLive['pending'] },
): Evaluation {
  return decideIn(world, held.pact, { ...situationOf(held, hold, args, now), pending, draw: 1_000_000 });
}

const situationOf = ({ remembered, pact, offset, given }: Held, hold: HoldStanding, args: JsonObject, now: number) => ({
  proposal: { tool: hold.tool, args },
  agent: hold.agent,
  conversation: { id: remembered.ref.id, customer: remembered.ref.customer, channel: remembered.ref.channel },
  countedAs: { conversation: hold.conversation, customer: hold.customer ?? undefined },
  memory: remembered.memoryFor(pact),
  now,
  offset,
  given,
  judges: {},
  undatedIsFresh: false,
});
