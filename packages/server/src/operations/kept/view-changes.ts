/** What entries change in the console's views: read from the entries alone, so that a view built anew is the same. */
import type { Placed } from '@surety/core/evidence';
import type { ConversationChange, StopChange, ViewChanges, ViewedDecision } from '../../store/port.ts';

/** A view's version changes with its meaning: one of another version is emptied and built anew. */
export const VIEWS_VERSION = '1';
export const QUARTER_MS = 900_000;
/** Names with the customer's number in them are kept before names without. */
const RANKED = { conversation: 0, customer: 1 } as const;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function viewChanges(entries: readonly Placed[]): ViewChanges {
  const taken = new Taken();
  for (const entry of entries) taken.take(entry);
  return taken.changes();
}

class Taken {
  readonly #conversations = new Map<string, Writable<ConversationChange>>();
  readonly #items: { readonly conversation: string; readonly seq: number }[] = [];
  readonly #decisions: ViewedDecision[] = [];
  readonly #tallies = new Map<string, { readonly quarter: number; readonly what: string; count: number }>();
  readonly #stops: StopChange[] = [];
  readonly #versions: ViewChanges['versions'][number][] = [];

  changes(): ViewChanges {
    return {
      conversations: [...this.#conversations.values()],
      items: this.#items,
      decisions: this.#decisions,
      tallies: [...this.#tallies.values()],
      stops: this.#stops,
      versions: this.#versions,
    };
  }

  take(entry: Placed): void {
    const { seq, type, data } = entry;
    switch (type) {
      case 'agent.changed':
        this.#versions.push({ agent: data.agent, seq, version: data.version });
        return;
      case 'agent.stopped':
        this.#stops.push({ agent: data.agent, lane: data.lane ?? '', seq });
        return;
      case 'agent.resumed':
        this.#stops.push({ agent: data.agent, lane: data.lane ?? '', seq: undefined });
        return;
      case 'consequence.applied':
        this.#handOvers(entry as Placed<'consequence.applied'>);
        return;
    }
    if (!('conversation' in data)) return;
    this.#items.push({ conversation: data.conversation, seq });
    this.#within(entry, this.#changeOf(data.conversation, data.agent, entry));
  }

  #within(entry: Placed, change: Writable<ConversationChange>): void {
    const { seq, at, type, data } = entry;
    change.seq = seq;
    change.at = at;
    if (type === 'trace.observed' || type === 'action.proposed') {
      const rank = data.customer === undefined ? RANKED.conversation : RANKED.customer;
      if (data.named && rank >= (change.named?.rank ?? 0)) change.named = { seq, rank };
    } else if (type === 'action.decided') this.#decided(entry as Placed<'action.decided'>, change);
    else if (type === 'hold.answered') {
      change.openHolds--;
      if (data.answer === 'expired' && data.then === 'route_to_owner') this.#handOver(change, at);
    }
  }

  #decided({ seq, at, data }: Placed<'action.decided'>, change: Writable<ConversationChange>): void {
    const { conversation, agent, lane, decision, imported = false, hold, pact, routed_to } = data;
    this.#decisions.push({ seq, conversation, agent, lane, decision });
    change[decision]++;
    if (imported) {
      change.imported = true;
      return;
    }
    if (hold && pact !== null) change.openHolds++;
    this.#tally(at, decision);
    if (routed_to) this.#handOver(change, at);
  }

  #handOvers({ at, seq, data }: Placed<'consequence.applied'>): void {
    if (data.consequence !== 'hand_over') return;
    for (const conversation of data.conversations ?? []) {
      this.#items.push({ conversation, seq });
      const change = this.#changeOf(conversation, data.agent, { at, seq: -1 });
      this.#handOver(change, at);
    }
  }

  #handOver(change: Writable<ConversationChange>, at: number): void {
    change.handedOver = true;
    this.#tally(at, 'hand_over');
  }

  #tally(at: number, what: string): void {
    const quarter = Math.floor(at / QUARTER_MS);
    const key = `${quarter}/${what}`;
    const tally = this.#tallies.get(key) ?? { quarter, what, count: 0 };
    tally.count++;
    this.#tallies.set(key, tally);
  }

  #changeOf(
    conversation: string,
    agent: string,
    { at, seq }: Pick<Placed, 'at' | 'seq'>,
  ): Writable<ConversationChange> {
    const key = `${conversation}/${agent}`;
    const known = this.#conversations.get(key);
    if (known) return known;
    const change: Writable<ConversationChange> = {
      conversation,
      agent,
      openedAt: at,
      at,
      seq,
      allow: 0,
      hold: 0,
      deny: 0,
      openHolds: 0,
      handedOver: false,
      imported: false,
      named: undefined,
    };
    this.#conversations.set(key, change);
    return change;
  }
}
