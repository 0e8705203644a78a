/** The sample shop's own systems: customers, orders and cases of the visits that are open, and what its tools do with them. */
import type { Running } from '@surety/sdk';
import type { Stock } from './stock.ts';
import type { Customer } from './visit.ts';

export type Args = Readonly<Record<string, unknown>>;
type Does = (args: Args, running: Running) => unknown;

export interface Order {
  readonly order_id: string;
  readonly customer_id: string;
  readonly total: number;
  refunded: number;
  readonly payment_method: string;
  readonly delivered_at: string;
}

export const TOOLS = [
  'find_customer',
  'get_order',
  'get_case',
  'open_article',
  'set_labels',
  'set_priority',
  'send_reply',
  'move_escalation',
  'issue_refund',
  'hand_over',
] as const;
export type ToolName = (typeof TOOLS)[number];

const DAY_MS = 86_400_000;
const cents = (amount: number): number => Math.round(amount * 100) / 100;

export class Shop {
  readonly tools: Readonly<Record<ToolName, Does>>;
  readonly #orders = new Map<string, Order>();
  readonly #customers = new Map<string, Customer>();
  #refunds = 0;

  constructor(stock: Stock, now: () => number) {
    this.tools = {
      find_customer: ({ email }) => {
        const found = this.#customers.get(`${email}`);
        if (!found) throw new Error('No customer has this e-mail and postcode');
        return { customer_id: found.customer_id };
      },
      get_order: ({ order_id }) => {
        const found = this.#orders.get(`${order_id}`);
        if (!found) throw new Error(`There is no order ${order_id}`);
        return { ...found };
      },
      get_case: ({ case_id }) => ({ case_id: `${case_id}`, priority: 2 }),
      open_article: ({ article_id }) => {
        const article = stock.articles.get(`${article_id}`);
        if (!article) throw new Error(`There is no article ${article_id}`);
        return { ...article, approved: true, valid_until: new Date(now() + 180 * DAY_MS).toISOString() };
      },
      set_labels: ({ labels }) => ({ labels }),
      set_priority: ({ priority }) => ({ priority }),
      send_reply: () => ({ sent: true }),
      move_escalation: ({ queue }) => ({ queue }),
      issue_refund: ({ order_id, amount }) => this.#refund(`${order_id}`, Number(amount)),
      hand_over: ({ queue }, { hand_over }) => ({ handed_to: hand_over?.owner ?? hand_over?.queue ?? queue }),
    };
  }

  arrives(customer: Customer): void {
    this.#customers.set(customer.email, customer);
  }

  bought(order: Omit<Order, 'refunded' | 'delivered_at'>, delivered: number): Order {
    const kept = { ...order, refunded: 0, delivered_at: new Date(delivered).toISOString() };
    this.#orders.set(order.order_id, kept);
    return kept;
  }

  /** The visit is over; the customer is known as before. */
  leaves(orders: readonly string[]): void {
    for (const order of orders) this.#orders.delete(order);
  }

  /** An order from before a restart is no longer in memory; its refund is paid all the same. */
  #refund(order_id: string, amount: number): unknown {
    const order = this.#orders.get(order_id);
    if (order) order.refunded = cents(order.refunded + amount);
    return { refund_id: `R-${order_id}-${++this.#refunds}`, refunded: cents(amount) };
  }
}
