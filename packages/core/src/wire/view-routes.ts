/** Routes of the console's views: history and what needs a person now. They read and record nothing. */
import { z } from 'zod';
import { STAFF } from '../terms/role.ts';
import { ConversationList, ConversationParams, ConversationView, ListConversations } from './conversation.ts';
import { DecisionFull, DecisionList, ListDecisions } from './decision.ts';
import { ActionId } from './shapes.ts';
import { AskToday, Today } from './today.ts';

export const VIEW_ROUTES = {
  'today.show': {
    method: 'GET',
    path: '/v1/today',
    says: 'What needs a person now: open holds, stopped agents, waiting pacts, and what was decided today',
    may: STAFF,
    query: AskToday,
    answer: Today,
  },
  'conversation.list': {
    method: 'GET',
    path: '/v1/conversations',
    says: 'Conversations, the latest activity first; one page at a time',
    may: STAFF,
    query: ListConversations,
    answer: ConversationList,
  },
  'conversation.show': {
    method: 'GET',
    path: '/v1/conversations/{conversation}',
    says: 'Everything that happened in a conversation, in its order',
    may: STAFF,
    params: ConversationParams,
    answer: ConversationView,
  },
  'decision.list': {
    method: 'GET',
    path: '/v1/decisions',
    says: 'Decisions, the newest first; one page at a time',
    may: STAFF,
    query: ListDecisions,
    answer: DecisionList,
  },
  'decision.show': {
    method: 'GET',
    path: '/v1/decisions/{id}',
    says: 'A decision in full: every rule as it came out, limits, facts and their sources, the conversation as it stood',
    may: STAFF,
    params: z.object({ id: ActionId }),
    answer: DecisionFull,
  },
} as const;
