/** The conversations that are open, or still count: whose they are, where they stand, which entries are their trace. */
import type { DataOf, Placed } from '../evidence/kinds.ts';
import { DAY, HOUR } from '../terms/time.ts';
import { isAmong, withOne } from './few.ts';
import { Recency } from './recency.ts';
import type { Case } from './trust/case.ts';
import type { Contact } from './week/contact.ts';

/** A conversation without an entry for this long has left every window a pact may have, and leaves the world. */
export const QUIET_MS = 90 * DAY;
/** Above this a conversation keeps the latest entries of its trace alone. */
export const TRACE_ENTRIES = 600;

export interface ConversationStanding {
  readonly name: string;
  agents: string[];
  customer: string | null;
  channel: string | null;
  lanes: string[];
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
  named: number[];
  handed_over: { readonly queue: string | null; readonly owner: string | null; readonly at: number } | null;
}

/** What is known under one name: beside where it stands, what trust and the weeks keep of it. */
export interface Known {
  readonly name: string;
  standing: ConversationStanding | undefined;
  /** Nearly always one; several where an agent works in several lanes. */
  cases: Case[];
  /** Nearly always one; several where agents share a conversation. */
  contacts: Contact[];
}

/** One index for all slices, which ask for the same conversation one after the other. */
export class Conversations {
  readonly #known = new Map<string, Known>();
  /** What was asked for last, and found. */
  #asked = '';
  #latest: Known | undefined;
  /** Nearly in the order of their last entry, so that the quiet ones are found at the front. */
  readonly #order = new Recency<ConversationStanding>();

  find(name: string): Known | undefined {
    if (name === this.#asked && this.#latest) return this.#latest;
    const known = this.#known.get(name);
    this.#asked = name;
    this.#latest = known;
    return known;
  }

  /** Known from here on. */
  know(name: string): Known {
    const known = this.find(name);
    if (known) return known;
    const fresh: Known = { name, standing: undefined, cases: [], contacts: [] };
    this.#known.set(name, fresh);
    this.#latest = fresh;
    return fresh;
  }

  /** Forgotten where nothing is kept of it any more. */
  release({ name, standing, cases, contacts }: Known): void {
    if (standing || cases.length > 0 || contacts.length > 0) return;
    this.#known.delete(name);
    if (name === this.#asked) this.#latest = undefined;
  }

  get(name: string): ConversationStanding | undefined {
    return this.find(name)?.standing;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  values(): Iterable<ConversationStanding> {
    return this.#order;
  }

  keep(standing: ConversationStanding): void {
    this.know(standing.name).standing = standing;
    this.#order.add(standing);
  }

  /** To the end of the order. */
  move(standing: ConversationStanding): void {
    this.#order.move(standing);
  }

  /** Takes out the next one that is quiet at an instant, if there is one; what else is kept of it stays. */
  takeQuiet(now: number): Known | undefined {
    const first = this.#order.first();
    if (!first || first.last_at > now - QUIET_MS) return undefined;
    this.#order.shift();
    const known = this.know(first.name);
    known.standing = undefined;
    return known;
  }

  /** Before this instant none of them is quiet: each was ordered no later than its last entry, the first one before all. */
  quietFrom(now: number): number {
    return (this.#order.first()?.ordered_at ?? now) + QUIET_MS;
  }
}

type Within = Pick<DataOf<'action.proposed'>, 'agent' | 'conversation' | 'customer' | 'channel' | 'named'>;

/** The conversation an entry is about, known from here on, moved to the end of the order. */
export function touch(conversations: Conversations, data: Within, at: number, seq: number): ConversationStanding {
  const { agent } = data;
  const known = conversations.get(data.conversation);
  const conversation = known ?? newConversation(data.conversation, at);
  if (!isAmong(conversation.agents, agent)) conversation.agents = withOne(conversation.agents, agent);
  conversation.customer ??= data.customer ?? null;
  conversation.channel ??= data.channel ?? null;
  if (data.named) conversation.named = withOne(conversation.named, seq);
  conversation.last_at = at;
  if (!known) conversations.keep(conversation);
  else if (at - known.ordered_at >= HOUR) {
    known.ordered_at = at;
    conversations.move(known);
  }
  return conversation;
}

const newConversation = (name: string, at: number): ConversationStanding => ({
  name,
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
});

export function extendTrace(conversation: ConversationStanding, seq: number): void {
  conversation.trace.push(seq);
  if (conversation.trace.length <= TRACE_ENTRIES) return;
  conversation.trace = conversation.trace.slice(-TRACE_ENTRIES / 2);
  conversation.cut = true;
}

export function enterLane(conversation: ConversationStanding, lane: string | null): void {
  if (lane !== null && !isAmong(conversation.lanes, lane)) conversation.lanes = withOne(conversation.lanes, lane);
}

export function observeOutcome(conversations: Conversations, { data, at, seq }: Placed<'outcome.observed'>): void {
  const conversation = touch(conversations, data, at, seq);
  if (data.outcome === 'resolved') conversation.resolved = true;
  if (data.outcome === 'reopened' || data.outcome === 'recontact') conversation.resolved = false;
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
