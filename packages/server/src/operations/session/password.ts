/** Passwords: scrypt (RFC 7914) with its parameters beside the hash, a few at a time, never on the loop. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { WIRE_LIMITS } from '@surety/core/wire';
import { InvalidError, OperationError } from '../errors.ts';

/** 2^17 · 8 · 128 bytes: 128 MiB and some tenths of a second for each guess. */
export const COST: Cost = { log2N: 17, r: 8, p: 1 };
const HASH_BYTES = 32;
const FORM = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;
/** Each takes 128 MiB while it runs. */
const AT_ONCE = 2;
const WAITING_MAX = 64;

export class Passwords {
  readonly #cost: Cost;
  /** A password that nobody has: who is unknown costs as much as who is known. */
  readonly #decoy: string;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(cost: Cost = COST) {
    this.#cost = cost;
    this.#decoy = encode(randomBytes(16), randomBytes(HASH_BYTES), cost);
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    return encode(salt, await this.#derive(password, salt, this.#cost), this.#cost);
  }

  /** The same work whether there is a stored one or none; without one it is never right. */
  async isRight(password: string, stored: string | undefined): Promise<boolean> {
    const { salt, hash, cost } = decode(stored ?? this.#decoy);
    const isEqual = timingSafeEqual(await this.#derive(password, salt, cost), hash);
    return isEqual && stored !== undefined;
  }

  async #derive(password: string, salt: Uint8Array, { log2N, r, p }: Cost): Promise<Buffer> {
    await this.#turn();
    try {
      const N = 2 ** log2N;
      return await derive(spelling(password), salt, { N, r, p, maxmem: 256 * N * r });
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= WAITING_MAX)
        throw new OperationError('rate.exceeded', 'Too many people sign in at once; try again in a moment', {
          retry_after_s: 5,
        });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}

export interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

const derive = (password: string, salt: Uint8Array, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** The same word however a keyboard composes its letters. */
const spelling = (password: string): string => password.normalize('NFKC');

function encode(salt: Buffer, hash: Buffer, { log2N, r, p }: Cost): string {
  return `scrypt$${log2N}$${r}$${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

function decode(stored: string): { salt: Buffer; hash: Buffer; cost: Cost } {
  const [, log2N, r, p, salt, hash] = FORM.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('A stored password has another form than Surety gives');
  return {
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
    cost: { log2N: Number(log2N), r: Number(r), p: Number(p) },
  };
}

/** Length is what counts (NIST SP 800-63B); no rule about kinds of characters. */
export function checkPassword(password: string, name: string): void {
  const length = [...spelling(password)].length;
  const { passwordCharsMin: least, passwordCharsMax: most } = WIRE_LIMITS;
  if (length < least || length > most)
    throw new InvalidError('password.unfit', `A password has ${least} to ${most} characters; this one has ${length}`);
  if (name !== '' && password.toLowerCase() === name.toLowerCase())
    throw new InvalidError('password.unfit', 'The password is your name; choose another');
}
