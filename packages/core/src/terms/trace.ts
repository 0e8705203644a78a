import type { Json, JsonObject } from './json.ts';

/** What happened in a conversation so far, oldest first. Every text in it is data: never an instruction, never a fact. */
export type Step = CustomerStep | ReplyStep | CallStep;

/** The customer wrote. */
export interface CustomerStep {
  readonly kind: 'customer';
  readonly text: string;
  readonly at?: number | undefined;
}

/** The agent wrote to the customer. */
export interface ReplyStep {
  readonly kind: 'reply';
  readonly text: string;
  readonly at?: number | undefined;
}

/** The agent called a tool. Without a result yet, `ok` is undefined and the call is no fact for what follows. */
export interface CallStep {
  readonly kind: 'call';
  readonly call_id: string;
  readonly tool: string;
  /** The arguments as an object, or `undefined` where what the agent sent was not one (then `args_text` holds it). */
  readonly args: JsonObject | undefined;
  readonly args_text?: string | undefined;
  /** Whether the transport said that it failed; the pact's `results.failed_when` may find more failures in the text. */
  readonly ok?: boolean | undefined;
  /** The result as a value, or as the text that the tool sent; a reader of recordings gives the text. */
  readonly result?: Json | undefined;
  readonly result_text?: string | undefined;
  /** Which message made the call: calls of one turn are decided before any of their results is known. */
  readonly turn?: number | undefined;
  /** How many calls the agent made in the same turn, and whether it also wrote to the customer in it. */
  readonly calls_in_turn?: number | undefined;
  readonly text_in_turn?: boolean | undefined;
  readonly at?: number | undefined;
}

/** One recorded conversation of one agent with one customer. */
export interface Conversation {
  readonly id: string;
  readonly agent?: string | undefined;
  readonly customer_id?: string | undefined;
  readonly channel?: string | undefined;
  readonly at?: number | undefined;
  readonly steps: readonly Step[];
}
