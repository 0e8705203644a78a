/** Slows down whoever guesses: after some wrong passwords each further one waits twice as long. */
import { OperationError } from '../errors.ts';

interface Tally {
  wrong: number;
  /** Until then nobody is asked. */
  until: number;
  last: number;
}

interface Brake {
  /** Wrong ones before the first wait. */
  readonly free: number;
  readonly waitMaxMs: number;
}

const FIRST_WAIT_MS = 5_000;
/** One name from one address; one address over all names; one name from everywhere, where a wait locks its owner out. */
const BRAKES = {
  both: { free: 5, waitMaxMs: 900_000 },
  address: { free: 30, waitMaxMs: 900_000 },
  name: { free: 50, waitMaxMs: 60_000 },
} as const satisfies Readonly<Record<string, Brake>>;
const FORGET_MS = 3_600_000;
const TALLIES_MAX = 20_000;

export interface Attempt {
  /** It was right: what this name from this address got wrong before is forgotten. */
  succeed(): void;
  /** It was not answered: it counts for nothing. */
  undo(): void;
}

export class Attempts {
  readonly #tallies = new Map<string, Tally>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Counts before it is known whether it is right: many at once are no way around. */
  begin(name: string, address: string): Attempt {
    const now = this.#clock();
    const keys = [
      ['both', `both ${address} ${name}`],
      ['address', `address ${address}`],
      ['name', `name ${name}`],
    ] as const;
    const wait = Math.max(...keys.map(([, key]) => (this.#tallies.get(key)?.until ?? 0) - now));
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1_000);
      throw new OperationError(
        'rate.exceeded',
        `Too many wrong passwords; try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
        { retry_after_s: seconds },
      );
    }
    for (const [brake, key] of keys) this.#count(key, BRAKES[brake], now);
    return {
      succeed: () => {
        this.#tallies.delete(keys[0][1]);
        for (const [, key] of keys.slice(1)) this.#uncount(key);
      },
      undo: () => {
        for (const [, key] of keys) this.#uncount(key);
      },
    };
  }

  #count(key: string, { free, waitMaxMs }: Brake, now: number): void {
    const before = this.#tallies.get(key);
    const wrong = (before && now - before.last < FORGET_MS ? before.wrong : 0) + 1;
    const over = wrong - free;
    const until = over < 0 ? 0 : now + Math.min(waitMaxMs, FIRST_WAIT_MS * 2 ** Math.min(over, 30));
    this.#tallies.delete(key);
    this.#tallies.set(key, { wrong, until, last: now });
    // The longest untouched goes first: memory stays bounded whoever tries.
    const [oldest] = this.#tallies.keys();
    if (this.#tallies.size > TALLIES_MAX && oldest !== undefined) this.#tallies.delete(oldest);
  }

  #uncount(key: string): void {
    const tally = this.#tallies.get(key);
    if (!tally) return;
    tally.wrong -= 1;
    tally.until = 0;
    if (tally.wrong <= 0) this.#tallies.delete(key);
  }
}
