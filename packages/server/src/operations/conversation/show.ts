/** Everything that happened in a conversation, in its order. */
import type { AnswerOf } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnavailableError } from '../errors.ts';

export const showConversation = async (_context: Context, _name: string): Promise<AnswerOf<'conversation.show'>> => {
  throw new UnavailableError('This view is not there yet');
};
