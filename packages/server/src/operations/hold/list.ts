/** The queue: one card a conversation, the most urgent first. */
import { formatTime } from '@surety/core/terms';
import { type HoldCard, type HoldList, WIRE_LIMITS } from '@surety/core/wire';
import type { HoldStanding } from '@surety/core/world';
import { detailOf, parseArgs } from '../action/answer.ts';
import type { Context } from '../context.ts';
import { pactOf, saysOf } from '../decision/sentences.ts';
import { toActionId, toHoldId } from '../personal/names.ts';
import { openedFrom } from '../writing/placed.ts';
import { textSha256 } from '../writing/plain.ts';
import { namesOf } from './held.ts';

export interface HoldFilter {
  readonly owner?: string | undefined;
  readonly agent?: string | undefined;
  /** By the name that it has here: its card, however many are more urgent. */
  readonly conversation?: string | undefined;
}

export async function listHolds(context: Context, { owner, agent, conversation }: HoldFilter): Promise<HoldList> {
  const ofAgent = [...context.writer.world.holds.values()].filter(
    (hold) =>
      (agent === undefined || hold.agent === agent) &&
      (conversation === undefined || hold.conversation === conversation),
  );
  const open = ofAgent.filter((hold) => owner === undefined || hold.owner === owner);
  const byConversation = new Map<string, HoldStanding[]>();
  for (const hold of open.sort((a, b) => a.answer_by - b.answer_by)) {
    const others = byConversation.get(hold.conversation);
    if (!others) byConversation.set(hold.conversation, [hold]);
    else if (others.length < WIRE_LIMITS.holdsPerAnswer) others.push(hold);
  }
  const cards = [...byConversation.values()];
  return {
    cards: await Promise.all(cards.slice(0, CARDS).map((holds) => cardOf(context, holds))),
    open: open.length,
    conversations: cards.length,
    late: cards.filter(([first]) => isLate(context, first as HoldStanding)).length,
    owners: [...new Set(ofAgent.map((hold) => hold.owner))].sort(),
  };
}

const CARDS = 200;
const isLate = ({ clock }: Context, { answer_by }: HoldStanding): boolean => answer_by < clock();

/** Of holds that come most urgent first; they are shown in the order in which the agent asked. */
async function cardOf(context: Context, holds: readonly HoldStanding[]): Promise<HoldCard> {
  const [first] = holds as [HoldStanding];
  const names = await namesOf(context, first.action);
  const who = (await pactOf(context, first.pact))?.file.owners[first.owner];
  return {
    conversation: first.conversation,
    conversation_id: names.conversation_id ?? null,
    agent: first.agent,
    customer: names.customer_id ?? first.customer,
    owner: first.owner,
    primary: who?.primary ?? null,
    backup: who?.backup ?? null,
    answer_by: formatTime(first.answer_by),
    late: isLate(context, first),
    holds: await Promise.all(holds.toSorted((a, b) => a.seq - b.seq).map((hold) => rowOf(context, hold))),
  };
}

async function rowOf(context: Context, hold: HoldStanding): Promise<HoldCard['holds'][number]> {
  const { decided, argsText } = await context.records.get(hold.action);
  const opened = await context.subjects.open(context.store, [decided.seq]);
  const detail = detailOf(decided, openedFrom(new Map([...opened].map(([name, { value }]) => [name, value]))));
  const says = await saysOf(context, [decided]);
  const pact = await pactOf(context, hold.pact);
  return {
    id: toHoldId(hold.action),
    action: toActionId(hold.action),
    tool: hold.tool,
    lane: hold.lane,
    is: pact?.tools.get(hold.tool)?.is === 'reply' ? 'reply' : 'action',
    state: decided.data.state,
    money: decided.data.money ?? null,
    pact: hold.pact,
    args: parseArgs(argsText) ?? null,
    args_sha256: argsText === undefined ? null : textSha256(argsText),
    reasons: says(decided.data, detail.reasons),
    tell_the_human: detail.tell_the_human,
    since: formatTime(hold.at),
    answer_by: formatTime(hold.answer_by),
    expires: hold.expires === null ? null : formatTime(hold.expires),
    then: hold.then,
    acknowledged: hold.acknowledged && { by: hold.acknowledged.by, at: formatTime(hold.acknowledged.at) },
    receipt: { seq: hold.seq },
  };
}
