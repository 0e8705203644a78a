/** Everything that can go wrong between an agent and the gate: one class, a closed list of codes. */
import type { ProblemCode } from '@surety/core/wire';

/** Where no answer of Surety arrived at all, beside the problems that it answers with. */
export type SuretyErrorCode = ProblemCode | 'gate.unreachable' | 'gate.silent' | 'gate.unreadable';

export class SuretyError extends Error {
  readonly code: SuretyErrorCode;
  /** The HTTP status; null where none arrived. */
  readonly status: number | null;
  readonly diagnostics: readonly unknown[];

  constructor(code: SuretyErrorCode, sentence: string, status: number | null = null, diagnostics: unknown[] = []) {
    super(sentence);
    this.name = 'SuretyError';
    this.code = code;
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

/**
 * Codes that say nothing about what was asked: nobody looked at it, and asking again may succeed. A wrong key or
 * address belongs here, for it is the engineer's slip and not a judgement of the action.
 */
const UNANSWERED: ReadonlySet<SuretyErrorCode> = new Set<SuretyErrorCode>([
  'gate.unreachable',
  'gate.silent',
  'gate.unreadable',
  'server.defect',
  'unavailable',
  'rate.exceeded',
  'key.missing',
  'key.unknown',
  'route.unknown',
  'method.unknown',
]);

/** Whether nobody looked at what was asked: unreachable is not allow, and not deny either. */
export const isUnanswered = (error: SuretyError): boolean => UNANSWERED.has(error.code);
