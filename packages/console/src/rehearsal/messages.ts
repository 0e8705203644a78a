/** What the page and the worker that rehearses say to each other. Conversations never leave the browser. */
import type { Conversation, Reason, Units } from '@surety/core/terms';
import type { RehearsalReport } from '@surety/core/world';

/** What is to be rehearsed: a pact's files by their path, and recordings in any of the four formats. */
export interface RehearseRequest {
  readonly pact: { readonly path: string; readonly files: Readonly<Record<string, string>> };
  readonly recordings: readonly File[];
  /** Unix milliseconds instead of the recording's times. */
  readonly now: number | undefined;
}

/** One call that the pact would have stopped, with the conversation it stands in. */
export interface Stop {
  /** `<conversation>\n<call>`: unique in one rehearsal. */
  readonly key: string;
  readonly conversation: Conversation;
  /** Which step of the conversation is the call. */
  readonly step: number;
  readonly tool: string;
  readonly lane: string | null;
  readonly decision: 'hold' | 'deny';
  /** False where only what is in shadow would have stopped it. */
  readonly enforced: boolean;
  /** With the units of the values they saw. */
  readonly reasons: readonly (Reason & Units)[];
}

export type RehearseMessage =
  | { readonly kind: 'progress'; readonly judged: number; readonly bytes: number; readonly total: number }
  | { readonly kind: 'stops'; readonly stops: readonly Stop[] }
  | { readonly kind: 'unreadable'; readonly says: string }
  | { readonly kind: 'done'; readonly report: RehearsalReport; readonly stops: number; readonly judged: number }
  | { readonly kind: 'refused'; readonly says: string };

/** More than a person will look at; the report counts the rest. */
export const STOPS_MAX = 500;
