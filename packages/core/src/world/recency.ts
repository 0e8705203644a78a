/**
 * Things in the order in which each was last moved to the end. To move one is to note it there once more; where it was
 * noted before it is passed over, so that nothing is searched for and nothing taken out of the middle.
 */
export interface Ordered {
  /** When it was last moved to the end: another value each time. */
  readonly ordered_at: number;
}

/** Notes that are passed over are dropped once they are so many times those that stand: a note is small. */
const MOST = 8;
const SPARE = 64;

export class Recency<T extends Ordered> implements Iterable<T> {
  /** Kept as long as they have grown, and written over: they are filled from `from` to `to`. */
  readonly #noted: (T | undefined)[] = [];
  /** Its `ordered_at` when it was noted: a note stands as long as it still is. */
  readonly #at: number[] = [];
  #from = 0;
  #to = 0;
  size = 0;

  /** Comes in at the end. */
  add(one: T): void {
    this.size++;
    this.move(one);
  }

  /** To the end, once `ordered_at` says so. */
  move(one: T): void {
    if (this.#to >= MOST * this.size + SPARE) this.#tidy();
    this.#noted[this.#to] = one;
    this.#at[this.#to] = one.ordered_at;
    this.#to++;
  }

  first(): T | undefined {
    while (this.#from < this.#to && !this.#stands(this.#from)) this.#pass();
    return this.#from < this.#to ? this.#noted[this.#from] : undefined;
  }

  /** Takes out the first. */
  shift(): void {
    if (this.first() === undefined) return;
    this.#pass();
    this.size--;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = this.#from; i < this.#to; i++) if (this.#stands(i)) yield this.#noted[i] as T;
  }

  /** What has gone is not held on to. */
  #pass(): void {
    this.#noted[this.#from] = undefined;
    this.#from++;
  }

  #stands(i: number): boolean {
    return this.#at[i] === this.#noted[i]?.ordered_at;
  }

  #tidy(): void {
    let kept = 0;
    for (let i = this.#from; i < this.#to; i++) {
      if (!this.#stands(i)) continue;
      this.#noted[kept] = this.#noted[i];
      this.#at[kept] = this.#at[i] as number;
      kept++;
    }
    this.#noted.fill(undefined, kept, this.#to);
    this.#from = 0;
    this.#to = kept;
  }
}
