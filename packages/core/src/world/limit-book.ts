/** What the cumulative limits have used up, and what is reserved: in the world, so that every process agrees. */

import type { Charge, LimitPlan, Pact } from '../pact/index.ts';
import { MINUTE } from '../terms/time.ts';

/** A reservation without a report is given back after this long. */
export const RESERVATION_MS = 15 * MINUTE;

interface Use {
  readonly at: number;
  readonly amount: number;
  released: boolean;
}

interface Window {
  /** Oldest first; those before `from` have left the window. */
  readonly uses: Use[];
  from: number;
  total: number;
}

interface Reservation {
  readonly expiresAt: number;
  readonly uses: readonly { readonly window: Window; readonly use: Use }[];
}

/** Uses of one pact's limits. Times must not go back. */
export class LimitBook {
  readonly #limits: ReadonlyMap<string, LimitPlan>;
  readonly #windows = new Map<string, Map<string, Window>>();
  readonly #reserved = new Map<string, Reservation>();

  constructor(pact: Pact) {
    this.#limits = new Map(
      [...pact.tools.values()].flatMap(({ limits }) => limits.map((limit): [string, LimitPlan] => [limit.id, limit])),
    );
  }

  /** What is used up under a key, reservations included. */
  used(limit: LimitPlan, key: string, now: number): number {
    const window = this.#windows.get(limit.id)?.get(key);
    if (!window) return 0;
    if (limit.window !== undefined) slide(window, now - limit.window);
    return window.total;
  }

  /** Reserves before `allow` is answered, so that actions in flight count. */
  reserve(action: string, charges: readonly Charge[], now: number): void {
    const uses = charges.map(({ limit, key, amount }) => {
      const window = this.#windowOf(limit, key, now);
      const use: Use = { at: now, amount, released: false };
      window.uses.push(use);
      window.total += amount;
      return { window, use };
    });
    this.#reserved.set(action, { expiresAt: now + RESERVATION_MS, uses });
  }

  /** Executed: it stays in its window. Failed: it is given back. */
  settle(action: string, outcome: 'executed' | 'failed'): void {
    const reservation = this.#reserved.get(action);
    if (!reservation) return;
    this.#reserved.delete(action);
    if (outcome === 'executed') return;
    for (const { window, use } of reservation.uses) {
      if (!use.released) window.total -= use.amount;
      use.released = true;
    }
  }

  /** Gives back what nobody reported in time; the actions it was reserved for. */
  expire(now: number): readonly string[] {
    const late = [...this.#reserved].filter(([, { expiresAt }]) => expiresAt <= now).map(([action]) => action);
    for (const action of late) this.settle(action, 'failed');
    return late;
  }

  /** Forgets what a conversation used up by itself, once it is closed. */
  closeConversation(id: string): void {
    for (const [limit, windows] of this.#windows)
      if (this.#limits.get(limit)?.per === 'conversation') windows.delete(id);
  }

  #windowOf(limit: string, key: string, now: number): Window {
    const windows = this.#windows.get(limit) ?? new Map<string, Window>();
    this.#windows.set(limit, windows);
    const window = windows.get(key) ?? { uses: [], from: 0, total: 0 };
    windows.set(key, window);
    const span = this.#limits.get(limit)?.window;
    if (span !== undefined) slide(window, now - span);
    return window;
  }
}

/** Drops what happened at `until` or before. */
function slide(window: Window, until: number): void {
  for (let use = window.uses[window.from]; use && use.at <= until; use = window.uses[window.from]) {
    if (!use.released) window.total -= use.amount;
    use.released = true;
    window.from++;
  }
  // The dropped head is cut off now and then, so that a window costs what it holds.
  if (window.from > 64 && window.from * 2 > window.uses.length) {
    window.uses.splice(0, window.from);
    window.from = 0;
  }
}
