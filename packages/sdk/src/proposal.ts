/** A guarded call as the gate is asked about it. */
import { type BodyOf, WIRE_LIMITS } from '@surety/core/wire';
import type { ExactArgs } from './exact-args.ts';

type ProposeAction = BodyOf<'action.propose'>;

/** One call of a tool, as the agent's framework knows it. */
export type ToolCall = Pick<ProposeAction, 'conversation_id' | 'call_id'> &
  Partial<
    Pick<
      ProposeAction,
      'trace' | 'customer_id' | 'channel' | 'calls_in_turn' | 'text_in_turn' | 'confidence' | 'lane' | 'facts'
    >
  > & {
    /** How long to wait for a person, in milliseconds, where the action is held; without it the call returns at once. */
    readonly wait?: number | undefined;
  };

export function toProposal(agent: string, tool: string, { value }: ExactArgs, call: ToolCall): ProposeAction {
  const { conversation_id, call_id, trace, wait: _, ...rest } = call;
  return { agent, conversation_id, call_id, tool, args: value, ...(trace && { trace: latestOf(trace) }), ...rest };
}

const TRACE_CHARS = WIRE_LIMITS.bodyBytes / 4;

/** The latest messages that fit: the gate keeps the earlier ones, and what it never saw is doubt there. */
function latestOf(trace: NonNullable<ProposeAction['trace']>): NonNullable<ProposeAction['trace']> {
  let chars = 0;
  let from = trace.length;
  for (; from > 0 && trace.length - from < WIRE_LIMITS.traceMessages; from--) {
    chars += textLength(trace[from - 1]);
    if (chars > TRACE_CHARS) break;
  }
  return trace.slice(from);
}

/** What is no JSON is left for the request to refuse. */
function textLength(value: unknown): number {
  try {
    return JSON.stringify(value)?.length ?? 0;
  } catch {
    return 0;
  }
}
