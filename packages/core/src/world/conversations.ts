/** The conversations that are open, or still count: whose they are, where they stand, which entries are their trace. */
import type { DataOf, Placed } from '../evidence/kinds.ts';
import { DAY, HOUR } from '../terms/time.ts';

/** A conversation without an entry for this long has left every window a pact may have, and leaves the world. */
export const QUIET_MS = 90 * DAY;
/** Above this a conversation keeps the latest entries of its trace alone. */
export const TRACE_ENTRIES = 600;

export interface ConversationStanding {
  readonly name: string;
  readonly agents: string[];
  customer: string | null;
  channel: string | null;
  readonly lanes: string[];
  last_at: number;
  /** When it was last moved to the end of the order: not at every entry, since an hour is near enough. */
  ordered_at: number;
  /** Indexes of the entries from which its memory is rebuilt. */
  trace: number[];
  /** Whether older entries of its trace were let go. */
  cut: boolean;
  resolved: boolean;
  /** Held actions a person approved that may still be used. */
  readonly approvals: string[];
  /** Indexes of the entries that commit to the operator's own names of it and its customer. */
  readonly named: number[];
  handed_over: { readonly queue: string | null; readonly owner: string | null; readonly at: number } | null;
}

/** Nearly in the order of their last entry, so that the quiet ones are found at the front. */
export type Conversations = Map<string, ConversationStanding>;

type Within = Pick<DataOf<'action.proposed'>, 'agent' | 'conversation' | 'customer' | 'channel' | 'named'>;

/** The conversation an entry is about, known from here on, moved to the end of the order. */
export function touch(conversations: Conversations, data: Within, at: number, seq: number): ConversationStanding {
  const known = conversations.get(data.conversation);
  const conversation: ConversationStanding = known ?? {
    name: data.conversation,
    agents: [],
    customer: null,
    channel: null,
    lanes: [],
    last_at: at,
    ordered_at: at,
    trace: [],
    cut: false,
    resolved: false,
    approvals: [],
    named: [],
    handed_over: null,
  };
  if (!conversation.agents.includes(data.agent)) conversation.agents.push(data.agent);
  conversation.customer ??= data.customer ?? null;
  conversation.channel ??= data.channel ?? null;
  if (data.named) conversation.named.push(seq);
  conversation.last_at = at;
  if (known && at - known.ordered_at < HOUR) return conversation;
  conversation.ordered_at = at;
  if (known) conversations.delete(data.conversation);
  conversations.set(data.conversation, conversation);
  return conversation;
}

export function extendTrace(conversation: ConversationStanding, seq: number): void {
  conversation.trace.push(seq);
  if (conversation.trace.length <= TRACE_ENTRIES) return;
  conversation.trace = conversation.trace.slice(-TRACE_ENTRIES / 2);
  conversation.cut = true;
}

export function enterLane(conversation: ConversationStanding, lane: string | null): void {
  if (lane !== null && !conversation.lanes.includes(lane)) conversation.lanes.push(lane);
}

export function observeOutcome(conversations: Conversations, { data, at, seq }: Placed<'outcome.observed'>): void {
  const conversation = touch(conversations, data, at, seq);
  if (data.outcome === 'resolved') conversation.resolved = true;
  if (data.outcome === 'reopened' || data.outcome === 'recontact') conversation.resolved = false;
}

/** Before this instant none of them is quiet: each was ordered no later than its last entry, the first one before all. */
export function quietFrom(conversations: Conversations, now: number): number {
  for (const { ordered_at } of conversations.values()) return ordered_at + QUIET_MS;
  return now + QUIET_MS;
}

/** Names of the conversations that leave the world at an instant. */
export function quietAt(conversations: Conversations, now: number): string[] {
  const quiet: string[] = [];
  for (const { name, last_at } of conversations.values()) {
    if (last_at > now - QUIET_MS) break;
    quiet.push(name);
  }
  return quiet;
}

/** Conversations of an agent, in a lane or in all, that nobody has resolved or given to a person. */
export const openOf = (
  conversations: Conversations,
  agent: string,
  lane: string | undefined,
): readonly ConversationStanding[] =>
  [...conversations.values()].filter(
    (one) =>
      one.agents.includes(agent) &&
      !one.resolved &&
      !one.handed_over &&
      (lane === undefined || one.lanes.includes(lane)),
  );
