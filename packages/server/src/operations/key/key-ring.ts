/** API keys: `surety_<id>_<secret>`, of which only the hash is kept. A key acts as the one it was made for. */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role } from '@surety/core/terms';
import type { ApiKey, Store } from '../../store/port.ts';
import { InvalidError } from '../errors.ts';
import type { Actor } from '../operation.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FORM = /^surety_([0-9A-Za-z]{1,32})_([0-9A-Za-z]{40,50})$/;
const NAME = /^[A-Za-z0-9._-]{1,96}$/;

/** Holds every right and may act as any person: whoever can read the folder of the data owns it. */
export const LOCAL_SCOPE = 'local';

export interface NewKey {
  readonly role: Role;
  readonly name: string;
  readonly scopes?: readonly string[];
  readonly expires?: number;
}

export const hashOf = (secret: string): Uint8Array => hash('sha256', secret, 'buffer');

/** 32 random bytes in base 62. */
export function freshSecret(bytes = 32): string {
  let rest = BigInt(`0x${randomBytes(bytes).toString('hex')}`);
  let text = '';
  for (; rest > 0n; rest /= 62n) text = (DIGITS[Number(rest % 62n)] as string) + text;
  return text.padStart(Math.ceil((bytes * 8) / Math.log2(62)), '0');
}

/** The key itself is given here and nowhere again. */
export async function createKey(
  store: Store,
  { role, name, scopes = [], expires }: NewKey,
  now: number,
): Promise<string> {
  if (!NAME.test(name))
    throw new InvalidError('request.malformed', `A key is for a name of letters, digits, . _ and -, not ${name}`);
  const id = freshSecret(9);
  const secret = freshSecret();
  const key: ApiKey = {
    id,
    hash: hashOf(secret),
    role,
    name,
    scopes,
    created: now,
    ...(expires === undefined ? {} : { expires }),
  };
  await store.side((tx) => tx.putKey(key));
  return `surety_${id}_${secret}`;
}

export function actorOf({ role, name, scopes }: Pick<ApiKey, 'role' | 'name' | 'scopes'>): Actor {
  const kind = role === 'agent' ? 'agent' : role === 'connector' ? 'system' : 'person';
  return { by: `${kind}:${name}`, roles: [role as Role], scopes };
}

/** How long a key that was made or revoked elsewhere may go unnoticed. */
const FRESH_MS = 2_000;

export class KeyRing {
  readonly #store: Store;
  readonly #clock: () => number;
  #keys = new Map<string, ApiKey>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(store: Store, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  async actor(token: string): Promise<Actor | undefined> {
    const [, id = '', secret = ''] = FORM.exec(token) ?? [];
    if (id === '') return undefined;
    const now = this.#clock();
    if (Math.abs(now - this.#readAt) > FRESH_MS || !this.#keys.has(id)) await this.#read();
    const key = this.#keys.get(id);
    if (!key || !timingSafeEqual(hashOf(secret), key.hash)) return undefined;
    const isOver = key.revoked !== undefined || (key.expires !== undefined && key.expires <= now);
    return isOver ? undefined : actorOf(key);
  }

  /** What changed is noticed at the next request. */
  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  #read(): Promise<void> {
    this.#reading ??= this.#store
      .keys()
      .then((keys) => {
        this.#keys = new Map(keys.map((key) => [key.id, key]));
        this.#readAt = this.#clock();
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }
}
