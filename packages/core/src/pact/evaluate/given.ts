/** What is gathered before a decision: answers of inline judges, and facts that were fetched or sent. */
import type { Json } from '../../terms/json.ts';
import type { Value } from '../condition/unknown.ts';

/** What an inline judge answered. */
export interface JudgeAnswer {
  readonly verdict: 'ok' | 'violation' | 'unsure';
  readonly confidence?: number | undefined;
  readonly score?: number | undefined;
  readonly counts?: Readonly<Record<string, number>> | undefined;
}

/** Facts that were fetched or sent before the decision, as they came, for what their `with` asks. */
export type Given = (name: string, asked: Readonly<Record<string, Value>>) => Json | undefined;
export const NOTHING_GIVEN: Given = () => undefined;
