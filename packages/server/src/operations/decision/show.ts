/** A decision in full: every rule as it came out, limits, facts, the conversation as it stood, and what followed. */
import type { Placed } from '@surety/core/evidence';
import { formatTime, isJsonObject, type Step } from '@surety/core/terms';
import type { DecisionFull } from '@surety/core/wire';
import { detailOf, parseArgs } from '../action/answer.ts';
import type { Context } from '../context.ts';
import { holdView, resultOf, statusOf, toFollowUps } from '../conversation/action-item.ts';
import { historyOf, namesOf, openedOf, viewsNow } from '../conversation/history.ts';
import { itemsOf } from '../conversation/items.ts';
import type { Opened } from '../operation.ts';
import { fromWireId, toActionId } from '../personal/names.ts';
import { toPlaced } from '../writing/placed.ts';
import { textSha256 } from '../writing/plain.ts';
import { gatheredFrom, judgeAgain } from './judge-again.ts';
import { factsOf, limitsOf, rulesOf } from './rules.ts';
import { pactOf, saysOf } from './sentences.ts';

export async function showDecision(context: Context, actionId: string): Promise<DecisionFull> {
  const id = fromWireId(actionId);
  await viewsNow(context);
  const record = await context.records.get(id);
  const { proposed, decided, argsText } = record;
  const { data } = decided;
  const viewed = await context.store.views.conversationsNamed([data.conversation]);
  const names = (await namesOf(context, viewed))(data.conversation);
  const before = await historyOf(context, data.conversation, proposed.seq);
  const own = await ownEntries(context, id, data.conversation);
  const opened = await openedOf(
    context,
    own.map(({ seq }) => seq),
  );
  const { acknowledged, answered, reported } = toFollowUps(own).get(id) ?? {};
  const pact = await pactOf(context, data.pact);
  const gathered = gatheredFrom(decided, opened);
  const again = judgeAgain(context, { record, pact, gathered, names, before, own: stepOf(reported, opened) }, opened);
  const says = await saysOf(context, before.entries.concat(decided));
  const detail = detailOf(decided, opened);
  const reasons = says(data, detail.reasons);
  return {
    id: toActionId(id),
    conversation: data.conversation,
    ...names,
    agent: data.agent,
    version: await context.store.views.versionBefore(data.agent, decided.seq),
    tool: data.tool,
    args: parseArgs(argsText) ?? null,
    args_sha256: argsText === undefined ? null : textSha256(argsText),
    lane: data.lane,
    state: data.state,
    pact: pact ? { digest: pact.digest, name: pact.name, version: pact.version, currency: pact.currency } : null,
    decision: data.decision,
    enforced: data.enforced,
    imported: data.imported ?? false,
    at: formatTime(decided.at),
    reasons,
    tell_the_agent: detail.tell_the_agent,
    tell_the_human: detail.tell_the_human,
    rules: rulesOf(record, pact, reasons, again),
    limits: limitsOf(record, pact, reasons, gathered, again),
    facts: factsOf(pact, gathered, again),
    judged_again: { agrees: again.agrees, sentence: again.sentence },
    trace: itemsOf(before.entries, before.opened, says),
    trace_cut: before.cut,
    hold: holdView(decided, { acknowledged, answered }, opened),
    approval: data.approval === undefined ? null : toActionId(data.approval),
    reported: statusOf(reported),
    permitted: reported?.type === 'action.executed' ? reported.data.permitted : null,
    result: resultOf(reported, opened),
    entries: own.map(({ type, seq, by, at }) => ({ type, seq, by, at: formatTime(at) })),
    receipt: { seq: decided.seq },
  };
}

/** What of the conversation is about the action itself. */
async function ownEntries({ store }: Context, id: string, conversation: string): Promise<Placed[]> {
  const found = await store.find([
    id,
    `${id}/trace`,
    `${id}/decided`,
    `${id}/answer`,
    `${id}/report`,
    `${id}/unreported`,
  ]);
  const entries = new Map(found.map(toPlaced).map((entry) => [entry.seq, entry]));
  // Who acknowledges a hold gives that entry an id of its own.
  if ([...entries.values()].some(({ data }) => 'hold' in data && typeof data.hold === 'object'))
    for (const row of await store.entriesAt(
      await store.views.itemsOf(conversation, { before: undefined, limit: 2_000 }),
    ))
      if (row.type === 'hold.acknowledged') {
        const entry = toPlaced(row) as Placed<'hold.acknowledged'>;
        if (entry.data.hold === id) entries.set(entry.seq, entry);
      }
  return [...entries.values()].sort((a, b) => a.seq - b.seq);
}

function stepOf(reported: Placed<'action.executed'> | Placed<'action.failed'> | undefined, opened: Opened) {
  const text = opened(reported?.data.result);
  const step = typeof text === 'string' ? parseArgs(text) : undefined;
  return isJsonObject(step) ? (step as unknown as Step) : undefined;
}
