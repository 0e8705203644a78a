/**
 * Several visits of a history at once: time stands still while any of them is at work, then jumps to the next tick that
 * one waits for. So their order does not depend on the machine, and the server records many of their acts together.
 */
import type { SampleClock } from './sample-clock.ts';

const TICK_MS = 60_000;

export class Ticks {
  readonly #clock: SampleClock;
  readonly #waiting: { readonly at: number; readonly wake: () => void }[] = [];
  #busy = 0;

  constructor(clock: SampleClock) {
    this.#clock = clock;
  }

  /** Runs them side by side; time passes only where they pause. */
  async together<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
    this.#busy += works.length;
    return Promise.all(works.map((work) => work().finally(() => this.#rest())));
  }

  pause(seconds: number): Promise<void> {
    const at = Math.ceil((this.#clock.read() + seconds * 1_000) / TICK_MS) * TICK_MS;
    return new Promise((wake) => {
      this.#waiting.push({ at, wake });
      this.#rest();
    });
  }

  #rest(): void {
    this.#busy--;
    if (this.#busy > 0 || this.#waiting.length === 0) return;
    const at = Math.min(...this.#waiting.map((one) => one.at));
    this.#clock.moveTo(at);
    const due = this.#waiting.filter((one) => one.at === at);
    this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter((one) => one.at !== at));
    this.#busy += due.length;
    for (const { wake } of due) wake();
  }
}
