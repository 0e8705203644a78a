/** What the cumulative limits have used up, and what is reserved: in the world, so that every process agrees. */
import { DAY, MINUTE } from '../terms/time.ts';
import { withOne } from './few.ts';

/** A reservation without a report is given back after this long. */
export const RESERVATION_MS = 15 * MINUTE;

/** No window is longer: what nobody used for this long is let go. */
const LONGEST_MS = 90 * DAY;

/** What one action takes of one limit; without a window it counts for the whole conversation. */
export interface Charged {
  readonly limit: string;
  readonly key: string;
  readonly amount: number;
  /** Sliding, in milliseconds. */
  readonly window?: number | undefined;
}

interface Use {
  readonly action: string;
  readonly at: number;
  readonly amount: number;
}

interface Window {
  span: number | undefined;
  /** Oldest first; those before `from` have left the window. */
  uses: Use[];
  from: number;
  total: number;
}

/** As it is kept in a snapshot: `[limit, key, span or null, [action, at, amount]…]`, and `[action, expires, charges]`. */
export interface LimitBookState {
  readonly windows: readonly (readonly [
    string,
    string,
    number | null,
    readonly (readonly [string, number, number])[],
  ])[];
  readonly reserved: readonly (readonly [string, number, readonly Charged[]])[];
}

/**
 * Uses by limit and key. A query changes nothing; times must not go back. What is let go, and when, follows from what was
 * reserved alone: a book from a snapshot and one from the first entry are the same, also where a new pact widens a window.
 */
export class LimitBook {
  /** The keys of a limit in the order of their latest use. */
  readonly #windows = new Map<string, Map<string, Window>>();
  readonly #reserved = new Map<string, { readonly expires: number; readonly charges: readonly Charged[] }>();

  /** What is used up under a key, reservations included, in the last `span` milliseconds. */
  used(limit: string, key: string, span: number | undefined, now: number): number {
    const window = this.#windows.get(limit)?.get(key);
    if (!window) return 0;
    if (span === undefined) return window.total;
    let total = window.total;
    for (let i = window.from; i < window.uses.length && (window.uses[i] as Use).at <= now - span; i++)
      total -= (window.uses[i] as Use).amount;
    return total;
  }

  /** Reserves before `allow` is answered, so that actions in flight count. */
  reserve(action: string, charges: readonly Charged[], now: number, expires: number = now + RESERVATION_MS): void {
    if (charges.length === 0) return;
    for (const { limit, key, amount, window: span } of charges) {
      const windows = this.#windowsOf(limit);
      const window = lastOf(windows, key, span);
      slide(window, now);
      window.uses = withOne(window.uses, { action, at: now, amount });
      window.total += amount;
      letGo(windows, now);
    }
    this.#reserved.set(action, { expires, charges });
  }

  /** The limits in which an action has room reserved. */
  reservedBy(action: string): readonly string[] {
    return (this.#reserved.get(action)?.charges ?? []).map(({ limit }) => limit);
  }

  /** Executed: it stays in its window. Failed: it is given back. */
  settle(action: string, outcome: 'executed' | 'failed'): void {
    const reservation = this.#reserved.get(action);
    if (!reservation) return;
    this.#reserved.delete(action);
    if (outcome === 'failed') for (const charge of reservation.charges) this.#giveBack(action, charge);
  }

  #giveBack(action: string, { limit, key }: Charged): void {
    const window = this.#windows.get(limit)?.get(key);
    if (!window) return;
    for (let i = window.uses.length - 1; i >= window.from; i--) {
      const use = window.uses[i] as Use;
      if (use.action !== action) continue;
      window.uses.splice(i, 1);
      window.total -= use.amount;
      return;
    }
  }

  /** Actions whose reservation nobody reported on in time. */
  late(now: number, atMost = Number.POSITIVE_INFINITY): readonly string[] {
    const late: string[] = [];
    for (const [action, { expires }] of this.#reserved) {
      if (late.length >= atMost) break;
      if (expires <= now) late.push(action);
    }
    return late;
  }

  isLate(action: string, now: number): boolean {
    const reservation = this.#reserved.get(action);
    return reservation !== undefined && reservation.expires <= now;
  }

  /** Forgets what a conversation used up by itself, once it is closed. */
  closeConversation(key: string): void {
    for (const [limit, windows] of this.#windows) {
      if (windows.get(key)?.span === undefined) windows.delete(key);
      if (windows.size === 0) this.#windows.delete(limit);
    }
  }

  #windowsOf(limit: string): Map<string, Window> {
    const known = this.#windows.get(limit);
    if (known) return known;
    const fresh = new Map<string, Window>();
    this.#windows.set(limit, fresh);
    return fresh;
  }

  toState(): LimitBookState {
    return {
      windows: [...this.#windows].flatMap(([limit, byKey]) =>
        [...byKey].map(([key, { span, uses, from }]) => {
          const counting = uses.slice(from).map(({ action, at, amount }) => [action, at, amount] as const);
          return [limit, key, span ?? null, counting] as const;
        }),
      ),
      reserved: [...this.#reserved].map(([action, { expires, charges }]) => [action, expires, charges] as const),
    };
  }

  static fromState({ windows, reserved }: LimitBookState): LimitBook {
    const book = new LimitBook();
    for (const [limit, key, span, uses] of windows) {
      const window = lastOf(book.#windowsOf(limit), key, span ?? undefined);
      for (const [action, at, amount] of uses) {
        window.uses.push({ action, at, amount });
        window.total += amount;
      }
    }
    for (const [action, expires, charges] of reserved) book.#reserved.set(action, { expires, charges });
    return book;
  }
}

/** The window of a key, moved to the end of their order. */
function lastOf(windows: Map<string, Window>, key: string, span: number | undefined): Window {
  const known = windows.get(key);
  if (known) windows.delete(key);
  const window = known ?? { span, uses: [], from: 0, total: 0 };
  window.span = span;
  windows.set(key, window);
  return window;
}

/** A customer who does not come back leaves nothing behind for ever. */
function letGo(windows: Map<string, Window>, now: number): void {
  for (const [key, { span, uses, from }] of windows) {
    const last = uses.length > from ? (uses.at(-1) as Use).at : Number.NEGATIVE_INFINITY;
    if (span === undefined || last > now - LONGEST_MS) return;
    windows.delete(key);
  }
}

/** Drops what has left the window at `now`. */
function slide(window: Window, now: number): void {
  if (window.span === undefined) return;
  const until = now - window.span;
  for (let use = window.uses[window.from]; use && use.at <= until; use = window.uses[window.from]) {
    window.total -= use.amount;
    window.from++;
  }
  // The dropped head is cut off now and then, so that a window costs what it holds.
  if (window.from > 64 && window.from * 2 > window.uses.length) {
    window.uses = window.uses.slice(window.from);
    window.from = 0;
  }
}
