/** Each call of a tool at most once in this process, however often and from wherever it is asked for. */

/** How a call ended: what it came to or threw, and whether asking again changes nothing. */
export interface Ending<T> {
  readonly settle: () => T;
  readonly isFinal: boolean;
}

interface Entry {
  /** The tool and the digest of its arguments. */
  readonly what: string;
  readonly ending: Promise<Ending<unknown>>;
  isOver: boolean;
  isFinal: boolean;
}

/** Beyond this many the oldest that are over are forgotten; the gate knows them still. */
const CALLS_MAX = 10_000;

export class Calls {
  readonly #entries = new Map<string, Entry>();

  /** The same call again gets the same ending; other arguments under its id get undefined, and nothing runs. */
  once<T>(key: string, what: string, start: () => Promise<Ending<T>>): Promise<T> | undefined {
    const known = this.#entries.get(key);
    if (known && known.what !== what) return undefined;
    const { ending } = known && (!known.isOver || known.isFinal) ? known : this.#begin(key, what, start);
    return ending.then(({ settle }) => settle() as T);
  }

  #begin(key: string, what: string, start: () => Promise<Ending<unknown>>): Entry {
    const entry: Entry = { what, ending: start(), isOver: false, isFinal: false };
    const over = (isFinal: boolean) => {
      entry.isOver = true;
      entry.isFinal = isFinal;
    };
    entry.ending.then(
      ({ isFinal }) => over(isFinal),
      () => over(false),
    );
    this.#entries.set(key, entry);
    this.#forget();
    return entry;
  }

  #forget(): void {
    for (const [key, { isOver }] of this.#entries) {
      if (this.#entries.size <= CALLS_MAX) return;
      if (isOver) this.#entries.delete(key);
    }
  }
}
