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
  #noted: T[] = [];
  /** Its `ordered_at` when it was noted: a note stands as long as it still is. */
  #at: number[] = [];
  #from = 0;
  size = 0;

  /** Comes in at the end. */
  add(one: T): void {
    this.size++;
    this.move(one);
  }

  /** To the end, once `ordered_at` says so. */
  move(one: T): void {
    this.#noted.push(one);
    this.#at.push(one.ordered_at);
    if (this.#noted.length > MOST * this.size + SPARE) this.#tidy();
  }

  first(): T | undefined {
    while (this.#from < this.#noted.length && !this.#stands(this.#from)) this.#from++;
    return this.#noted[this.#from];
  }

  /** Takes out the first. */
  shift(): void {
    if (this.first() === undefined) return;
    this.#from++;
    this.size--;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = this.#from; i < this.#noted.length; i++) if (this.#stands(i)) yield this.#noted[i] as T;
  }

  #stands(i: number): boolean {
    return this.#at[i] === (this.#noted[i] as T).ordered_at;
  }

  #tidy(): void {
    let kept = 0;
    for (let i = this.#from; i < this.#noted.length; i++) {
      if (!this.#stands(i)) continue;
      this.#noted[kept] = this.#noted[i] as T;
      this.#at[kept] = this.#at[i] as number;
      kept++;
    }
    this.#noted.length = kept;
    this.#at.length = kept;
    this.#from = 0;
  }
}
