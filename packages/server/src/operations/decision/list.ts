/** Decisions, the newest first. */
import type { Placed } from '@surety/core/evidence';
import { DECISIONS, formatTime } from '@surety/core/terms';
import type { DecisionList, QueryOf } from '@surety/core/wire';
import { detailOf } from '../action/answer.ts';
import type { Context } from '../context.ts';
import { namesOf, openedOf, viewsNow } from '../conversation/history.ts';
import { PAGE_ROWS } from '../conversation/list.ts';
import { toActionId } from '../personal/names.ts';
import { toPlaced } from '../writing/placed.ts';
import { saysOf } from './sentences.ts';

export async function listDecisions(
  context: Context,
  { agent, lane, decision, before, limit = PAGE_ROWS }: QueryOf<'decision.list'>,
): Promise<DecisionList> {
  const size = await viewsNow(context);
  const { views } = context.store;
  const filter = { agent, lane, decisions: decision === undefined ? DECISIONS : [decision] };
  // One more than is shown tells whether there is a next page.
  const found = await views.decisionsPage(filter, { before, limit: limit + 1 });
  const seqs = found.slice(0, limit).map(({ seq }) => seq);
  const entries = (await context.store.entriesAt(seqs)).map(toPlaced).reverse() as Placed<'action.decided'>[];
  const opened = await openedOf(context, seqs);
  const names = await namesOf(context, await views.conversationsNamed(entries.map(({ data }) => data.conversation)));
  const says = await saysOf(context, entries);
  const decisions = entries.map((entry) => {
    const { seq, at, data } = entry;
    const [first] = says(data, detailOf(entry, opened).reasons);
    return {
      id: toActionId(data.action),
      conversation: data.conversation,
      conversation_id: names(data.conversation).conversation_id,
      agent: data.agent,
      tool: data.tool,
      lane: data.lane,
      decision: data.decision,
      enforced: data.enforced,
      says: first?.says ?? null,
      imported: data.imported ?? false,
      at: formatTime(at),
      seq,
    };
  });
  return { decisions, next: found.length > limit ? (seqs.at(-1) ?? null) : null, size };
}
