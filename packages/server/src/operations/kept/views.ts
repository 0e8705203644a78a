/** Follows the ledger into the console's views: they are exactly what the first `next` entries make (ledger, section 8.2). */
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Lease, Store } from '../../store/port.ts';
import { toPlaced } from '../writing/placed.ts';
import { VIEWS_VERSION, viewChanges } from './view-changes.ts';

const CONSUMER = 'views';
/** One transaction takes in so many: little enough to hold nobody up. */
const ENTRIES_A_STEP = 200;
/** A node that died with the lease keeps the others waiting so long; it is real time, whatever the desk's clock says. */
const LEASE_MS = 2_000;
const LOOK_AGAIN_MS = 25;

export class Views {
  readonly #store: Store;
  readonly #owner: string;
  #running: Promise<number> | undefined;
  #lease: Lease | undefined;
  #isOfThisVersion = false;
  #next = 0;

  /** `owner` names this process among those that share the store. */
  constructor(store: Store, owner: string) {
    this.#store = store;
    this.#owner = owner;
  }

  /** Entries taken in, as far as this process knows. */
  get next(): number {
    return this.#next;
  }

  /** Takes in one portion; how many entries the views have then. */
  step(): Promise<number> {
    this.#running ??= this.#step().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Until the views have so many entries, or the time is over: they say themselves how many they have. */
  async catchUp(size: number, withinMs: number): Promise<number> {
    const until = performance.now() + withinMs;
    while (this.#next < size) {
      const before = this.#next;
      await this.step();
      if (performance.now() >= until) break;
      await (this.#next > before ? turn() : pause(LOOK_AGAIN_MS));
    }
    return this.#next;
  }

  async #step(): Promise<number> {
    const now = Date.now();
    if (!this.#isOfThisVersion) await this.#holdToVersion();
    const held = this.#lease && now < this.#lease.until - LEASE_MS / 2 ? this.#lease : undefined;
    this.#lease = undefined;
    const lease = held ?? (await this.#store.lease(CONSUMER, this.#owner, now, now + LEASE_MS));
    if (lease) await this.#takeIn(lease);
    else await this.#readNext();
    return this.#next;
  }

  async #takeIn(lease: Lease): Promise<void> {
    const rows = [];
    for await (const row of this.#store.entries(lease.next, ENTRIES_A_STEP)) rows.push(row);
    const to = lease.next + rows.length;
    const changes = viewChanges(rows.map(toPlaced));
    if (rows.length === 0 || (await this.#store.advance(lease, to, (tx) => tx.changeViews(changes)))) {
      this.#next = to;
      this.#lease = { ...lease, next: to };
    } else {
      // Another took the lease meanwhile: nothing was changed, and it goes on from there.
      await this.#readNext();
    }
  }

  /** Where another process has brought them. */
  async #readNext(): Promise<void> {
    const consumer = (await this.#store.consumers()).find(({ name }) => name === CONSUMER);
    this.#next = consumer?.next ?? 0;
  }

  async #holdToVersion(): Promise<void> {
    if ((await this.#store.meta(CONSUMER)) !== VIEWS_VERSION) await this.rebuild();
    this.#isOfThisVersion = true;
  }

  /** Throws the views away; the next steps build them anew from the first entry. */
  async rebuild(): Promise<void> {
    await this.#store.side(async (tx) => {
      await tx.emptyViews(CONSUMER);
      await tx.putMeta(CONSUMER, VIEWS_VERSION);
    });
    this.#next = 0;
    this.#lease = undefined;
  }
}
