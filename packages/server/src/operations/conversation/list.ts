/** Conversations, the one in which something happened last first. */
import type { AnswerOf, QueryOf } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnavailableError } from '../errors.ts';

export const listConversations = async (
  _context: Context,
  _query: QueryOf<'conversation.list'>,
): Promise<AnswerOf<'conversation.list'>> => {
  throw new UnavailableError('This view is not there yet');
};
