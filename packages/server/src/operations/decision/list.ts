/** Decisions, the newest first. */
import type { AnswerOf, QueryOf } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnavailableError } from '../errors.ts';

export const listDecisions = async (
  _context: Context,
  _query: QueryOf<'decision.list'>,
): Promise<AnswerOf<'decision.list'>> => {
  throw new UnavailableError('This view is not there yet');
};
