/** Conversations, the one in which something happened last first. */
import { formatTime } from '@surety/core/terms';
import type { ConversationList, QueryOf } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { namesOf, viewsNow } from './history.ts';

export const PAGE_ROWS = 50;

export async function listConversations(
  context: Context,
  { agent, before, limit = PAGE_ROWS }: QueryOf<'conversation.list'>,
): Promise<ConversationList> {
  const size = await viewsNow(context);
  // One more than is shown tells whether there is a next page.
  const found = await context.store.views.conversationsPage(agent, { before, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const { views } = context.store;
  // Where two agents took part, the names may have come with the other's entries.
  const names = await namesOf(context, await views.conversationsNamed(rows.map(({ conversation }) => conversation)));
  return {
    conversations: rows.map((row) => ({
      conversation: row.conversation,
      ...names(row.conversation),
      agent: row.agent,
      opened_at: formatTime(row.openedAt),
      last_at: formatTime(row.lastAt),
      decisions: { allow: row.allow, hold: row.hold, deny: row.deny },
      open_holds: row.openHolds,
      handed_over: row.handedOver,
      imported: row.imported,
    })),
    next: found.length > limit ? (rows.at(-1)?.lastSeq ?? null) : null,
    size,
  };
}
