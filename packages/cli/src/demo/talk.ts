/** A conversation as its agent holds it: what the customer says, what the agent tries, and what came of it. */
import type { Held, Outcome } from '@surety/sdk';
import type { SampleAgent } from './agent.ts';
import type { Args, Order, Shop, ToolName } from './shop.ts';
import type { Saying, Stock } from './stock.ts';
import type { Visit } from './visit.ts';

/** Something the agent did or tried. `bad` says what is wrong with it, in a word, where something is. */
export interface Act {
  readonly no: number;
  readonly call_id: string;
  readonly tool: ToolName;
  readonly args: Args;
  readonly bad: string | undefined;
}

/** An act that waits for a person. */
export interface Waiting extends Act {
  readonly visit: Visit;
  readonly hold: Held;
}

/** Where a visit takes place: in a history that is written, or now, while one watches. */
export interface Floor {
  now(): number;
  /** The agent thinks or types, or the customer does. */
  pause(seconds: number, visit: Visit): Promise<void>;
  /** Until a person has answered, or silence has. */
  untilAnswered(waiting: Waiting): Promise<void>;
}

export interface Done {
  readonly act: Act;
  /** The action at the gate. */
  readonly action: string;
}

/** The gate said that the agent is stopped: it does nothing more but give the conversation away. */
export class StoppedError extends Error {}

const DAY_MS = 86_400_000;

export class Talk {
  readonly visit: Visit;
  readonly stock: Stock;
  readonly done: Done[] = [];
  readonly #parts: { readonly agent: SampleAgent; readonly shop: Shop; readonly floor: Floor };
  readonly #trace: { readonly role: string; readonly content: string }[] = [];
  readonly #orders: string[] = [];
  #calls = 0;

  constructor(visit: Visit, stock: Stock, parts: { agent: SampleAgent; shop: Shop; floor: Floor }) {
    this.visit = visit;
    this.stock = stock;
    this.#parts = parts;
    parts.shop.arrives(visit.customer);
  }

  leave(): void {
    this.#parts.shop.leaves(this.#orders);
  }

  get isNew(): boolean {
    return this.#calls === 0;
  }

  /** An order of this customer, or of the one who is named. */
  bought(order: { order_id?: string; customer_id?: string; total: number; daysAgo: number }): Order {
    const { visit } = this;
    const { order_id = visit.order_id, customer_id = visit.customer.customer_id, total, daysAgo } = order;
    this.#orders.push(order_id);
    const delivered = this.#parts.floor.now() - daysAgo * DAY_MS;
    return this.#parts.shop.bought({ order_id, customer_id, total, payment_method: 'card_1' }, delivered);
  }

  /** The customer says one of the sayings, its blanks filled. */
  async hears(
    saying: Saying | { readonly text: string },
    blanks: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const said = typeof saying === 'string' ? this.visit.draw.pick(this.stock.sayings[saying]) : saying.text;
    const all: Readonly<Record<string, string>> = { order: this.visit.order_id, case: this.visit.case_id, ...blanks };
    const content = said.replace(/\{(\w+)\}/g, (blank, name: string) => all[name] ?? blank);
    await this.#parts.floor.pause(this.visit.draw.between(2, 9), this.visit);
    this.#trace.push({ role: 'user', content });
  }

  /** The agent says something in the chat that is no reply of the desk's. */
  tells(content: string): void {
    this.#trace.push({ role: 'assistant', content });
  }

  async reads(tool: ToolName, args: Args): Promise<void> {
    const outcome = await this.does(tool, args);
    if (!('ok' in outcome)) throw new Error(`${tool} of ${this.visit.id} was not read: ${outcome.tell_the_agent}`);
  }

  /** Tries it; where it is held, until a person has answered. */
  async does(tool: ToolName, args: Args, bad?: string): Promise<Outcome<unknown>> {
    const { agent, floor } = this.#parts;
    await floor.pause(this.visit.draw.between(1, 4), this.visit);
    const no = ++this.#calls;
    const act: Act = { no, call_id: `call_${no}`, tool, args, bad };
    const call = { ...callOf(this.visit, act), trace: [...this.#trace] };
    let outcome = await agent.tools[tool](args, call);
    if ('held' in outcome) {
      if (outcome.held.why === 'unreachable') throw new Error(outcome.tell_the_agent);
      await floor.untilAnswered({ ...act, visit: this.visit, hold: outcome.held });
      outcome = await agent.tools[tool](args, call);
    }
    if ('ok' in outcome && outcome.action !== null) this.done.push({ act, action: outcome.action });
    if ('denied' in outcome && outcome.denied.why === 'stopped') throw new StoppedError(outcome.tell_the_agent);
    return outcome;
  }

  /** Sends a reply that cites this article. */
  replies(text: string, article: { article_id: string; version: number }, bad?: string): Promise<Outcome<unknown>> {
    const { article_id, version } = article;
    return this.does('send_reply', { text, citations: [{ article_id, version }] }, bad);
  }

  async handsOver(queue: string, severity: number, summary: string, bad?: string): Promise<'with_people'> {
    await this.does('hand_over', { queue, severity, summary }, bad);
    return 'with_people';
  }
}

/** Which call of which conversation this is, for the gate. */
export const callOf = ({ id, customer }: Pick<Visit, 'id' | 'customer'>, { call_id }: Pick<Act, 'call_id'>) => ({
  conversation_id: id,
  call_id,
  customer_id: customer.customer_id,
  channel: 'chat',
});
