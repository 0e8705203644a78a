/** How an operation may be refused: few classes, each with a code of the wire's closed list and one sentence. */
import type { ProblemCode } from '@surety/core/wire';
import { STORE_ERRORS, StoreError } from '../store/port.ts';

export class OperationError extends Error {
  override readonly name: string = 'OperationError';
  readonly code: ProblemCode;
  /** More for the problem's body, such as diagnostics. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, sentence: string, more: Readonly<Record<string, unknown>> = {}) {
    super(sentence);
    this.code = code;
    this.more = more;
  }
}

/** The actor may not do this. */
export class ForbiddenError extends OperationError {
  override readonly name = 'ForbiddenError';
}
/** What it is about is not there. */
export class UnknownError extends OperationError {
  override readonly name = 'UnknownError';
}
/** The world stands otherwise than the request assumes. */
export class ConflictError extends OperationError {
  override readonly name = 'ConflictError';
}
/** The id of a request was taken by another one. */
export const isConflict = (error: unknown): boolean =>
  error instanceof ConflictError && error.code === 'request.conflict';

/** The request can never be carried out as it is. */
export class InvalidError extends OperationError {
  override readonly name = 'InvalidError';
}
/** Nothing was recorded, and whether it will be is not known now: the agent's side holds or denies, never allows. */
export class UnavailableError extends OperationError {
  override readonly name = 'UnavailableError';
  constructor(sentence: string) {
    super('unavailable', sentence);
  }
}
/** As it should be: the server was told to stop. */
export class LeavingError extends UnavailableError {
  constructor() {
    super('The server is shutting down; ask again in a moment');
  }
}
/** What a command was prepared for changed before it was decided: it is prepared once more. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
}
/** A database that cannot be asked now is no defect: whoever asked hears that nothing was recorded. */
export function asUnavailable(error: unknown): UnavailableError | undefined {
  if (error instanceof StaleError) return new UnavailableError('What this is about changed just now; ask again');
  if (!(error instanceof StoreError)) return undefined;
  const isAway = STORE_ERRORS[error.code] !== 'refuse' || error.code === 'closed' || error.code === 'unfit';
  return isAway ? new UnavailableError('The database cannot be asked now; ask again in a moment') : undefined;
}
