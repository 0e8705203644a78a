/**
 * The desk's clock: in its history it jumps from visit to visit, weeks ago; then it is this machine's. The server and
 * whoever plays the history run in two threads and look at the same one.
 */
export class SampleClock {
  /** One number of milliseconds; 0: this machine's clock. */
  readonly shared: SharedArrayBuffer;
  readonly #cell: BigInt64Array;

  constructor(shared = new SharedArrayBuffer(8)) {
    this.shared = shared;
    this.#cell = new BigInt64Array(shared);
  }

  readonly read = (): number => {
    const at = Number(Atomics.load(this.#cell, 0));
    return at === 0 ? Date.now() : at;
  };

  begin(at: number): void {
    Atomics.store(this.#cell, 0, BigInt(Math.round(at)));
  }

  /** Never back. */
  moveTo(at: number): void {
    if (at > Number(Atomics.load(this.#cell, 0))) this.begin(at);
  }

  goLive(): void {
    Atomics.store(this.#cell, 0, 0n);
  }
}
