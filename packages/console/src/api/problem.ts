/** A refusal of the API, or of the way to it. Its message is the sentence that a person reads. */
import type { Problem } from '@surety/core/wire';
import { type LocalCode, problemSentence } from '../words/index.ts';

export class ApiProblem extends Error {
  readonly code: Problem['code'] | LocalCode;
  readonly status: number;
  readonly diagnostics: readonly unknown[];

  constructor(code: ApiProblem['code'], status: number, detail = '', diagnostics: readonly unknown[] = []) {
    super(problemSentence(code, detail));
    this.code = code;
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

export const isProblem = (error: unknown, code: ApiProblem['code']): boolean =>
  error instanceof ApiProblem && error.code === code;
