/** Everything that happened in a conversation, in its order. */
import type { ConversationView } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { saysOf } from '../decision/sentences.ts';
import { UnknownError } from '../errors.ts';
import { historyOf, namesOf, viewsNow } from './history.ts';
import { itemsOf } from './items.ts';

const OWN_NAME = /^c_[0-9a-f]{32}$/;

/** By the name it has here, or by the operator's own. */
export async function showConversation(context: Context, asked: string): Promise<ConversationView> {
  const conversation = OWN_NAME.test(asked) ? asked : context.names.conversation(asked);
  const size = await viewsNow(context);
  const viewed = await context.store.views.conversationsNamed([conversation]);
  const [first] = viewed;
  if (!first)
    throw new UnknownError('conversation.unknown', `There is no conversation ${asked} on the record; look at the list`);
  const names = await namesOf(context, viewed);
  const { entries, opened, cut } = await historyOf(context, conversation);
  const channel = entries.flatMap(({ data }) =>
    'channel' in data && data.channel !== undefined ? [data.channel] : [],
  );
  return {
    conversation,
    ...names(conversation),
    agent: first.agent,
    agents: viewed.map(({ agent }) => agent),
    channel: channel.at(-1) ?? null,
    items: itemsOf(entries, opened, await saysOf(context, entries)),
    cut,
    size,
  };
}
