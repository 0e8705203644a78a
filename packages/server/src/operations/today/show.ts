/** What needs a person now. */
import type { AnswerOf, QueryOf } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnavailableError } from '../errors.ts';
import type { Actor } from '../operation.ts';

export const showToday = async (
  _context: Context,
  _actor: Actor,
  _query: QueryOf<'today.show'>,
): Promise<AnswerOf<'today.show'>> => {
  throw new UnavailableError('This view is not there yet');
};
