/** The one place where an error becomes a status and a problem (RFC 9457). No stack ever leaves. */
import { PROBLEMS, type Problem, type ProblemCode } from '@surety/core/wire';
import type { FastifyError } from 'fastify';
import { asUnavailable, OperationError } from '../operations/errors.ts';
import { misfitInBody } from './misfit.ts';

const TITLES: Readonly<Partial<Record<ProblemCode, string>>> = {
  'key.missing': 'No key was sent',
  'key.unknown': 'The key is not valid',
  'role.forbidden': 'This role may not do this',
  'request.conflict': 'The id was used for another request',
  unavailable: 'Nothing can be recorded now',
  'server.defect': 'A defect in Surety',
};

export function problem(code: ProblemCode, detail: string, more: Readonly<Record<string, unknown>> = {}): Problem {
  const words = code.replaceAll('_', ' ').replace('.', ' ');
  const title = TITLES[code] ?? words.charAt(0).toUpperCase() + words.slice(1);
  return { type: `urn:surety:problem:${code}`, title, status: PROBLEMS[code], detail, code, ...more };
}

/** A refusal of the door itself: nothing was asked of an operation. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

export function toProblem(thrown: unknown): Problem {
  const error = asUnavailable(thrown) ?? thrown;
  if (error instanceof OperationError) return problem(error.code, error.message, error.more);
  if (error instanceof Refusal) return problem(error.code, error.message);
  const { code, statusCode, message, validation } = error as FastifyError;
  if (validation) return problem('request.malformed', `The request does not fit: ${misfitInBody(validation[0])}`);
  if (statusCode === 413) return problem('request.too_large', 'The body is too large; send less');
  if (statusCode === 415) return problem('request.media', 'Send the body as application/json');
  if (statusCode === 429) return problem('rate.exceeded', message);
  if (code === 'FST_ERR_BAD_URL')
    return problem('request.malformed', 'The address is not percent-encoded UTF-8; encode its parts');
  if (statusCode === 400 || code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return problem('request.malformed', message);
  return problem('server.defect', 'This is a defect in Surety; it is in the server’s log. Nothing was allowed');
}
