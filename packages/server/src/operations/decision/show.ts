/** A decision in full. */
import type { AnswerOf } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnavailableError } from '../errors.ts';

export const showDecision = async (_context: Context, _id: string): Promise<AnswerOf<'decision.show'>> => {
  throw new UnavailableError('This view is not there yet');
};
