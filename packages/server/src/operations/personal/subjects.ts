/**
 * Whose personal values they are: a subject per customer (or conversation), found by a keyed alias, with a key of its
 * own under which its disclosures are sealed (ledger.md § 4). Deleting that key erases them.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { encodeUtf8, toHex } from '@surety/core/crypto';
import { type Disclosure, disclosureBytes, readDisclosure } from '@surety/core/evidence';
import { LRUCache } from 'lru-cache';
import { nodeSha256 } from '../../log/node-crypto.ts';
import type { SealedDisclosure, SideReads, Store } from '../../store/port.ts';
import { UnavailableError } from '../errors.ts';

export interface Subject {
  /** `s_` and 26 characters: random, never a hash of anything. */
  readonly name: string;
  readonly key: Uint8Array;
}

/** Which alias finds a subject: the customer's number in the operator's systems, or the conversation's own name. */
export interface AliasOf {
  readonly kind: 'customer' | 'conversation';
  readonly value: string;
}

export interface SubjectKeys {
  readonly alias: Uint8Array;
  readonly kek: { readonly id: string; readonly key: Uint8Array };
  readonly keks: ReadonlyMap<string, Uint8Array>;
}

const textOf = ({ kind, value }: AliasOf): string => `${kind}\n${value.normalize('NFC')}`;

const KEPT = 50_000;
const NONCE = 12;
const TAG = 16;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

export class Subjects {
  readonly #store: Store;
  readonly #keys: SubjectKeys;
  readonly #byAlias = new LRUCache<string, Subject>({ max: KEPT });
  readonly #byName = new LRUCache<string, Subject>({ max: KEPT });
  /** Aliases that wait for the next transaction, together. */
  #waiting: { tag: Uint8Array; resolve: (subject: Subject) => void; reject: (error: unknown) => void }[] = [];
  #isClaiming = false;
  /** Since this process began. */
  readonly #erased = new Set<string>();

  constructor(store: Store, keys: SubjectKeys) {
    this.#store = store;
    this.#keys = keys;
  }

  /** The subject of an alias; new ones get a key, durable before anything is sealed under it. */
  resolve(of: AliasOf): Subject | Promise<Subject> {
    const alias = textOf(of);
    const known = this.#byAlias.get(alias);
    if (known) return known;
    const tag = this.#tagOf(alias);
    return new Promise<Subject>((resolve, reject) => {
      this.#waiting.push({ tag, resolve, reject });
      if (!this.#isClaiming) void this.#claim();
    }).then((subject) => {
      if (!this.#erased.has(subject.name)) this.#byAlias.set(alias, subject);
      return subject;
    });
  }

  /** The name of an alias's subject; none is made. */
  async lookup(alias: AliasOf): Promise<string | undefined> {
    const [row] = await this.#store.aliases([this.#tagOf(textOf(alias))]);
    return row?.subject;
  }

  #tagOf(alias: string): Uint8Array {
    return createHmac('sha256', this.#keys.alias).update(alias).digest();
  }

  /** A subject by its name, where its key is still there. */
  async find(name: string): Promise<Subject | undefined> {
    const known = this.#byName.get(name);
    if (known) return known;
    const [row] = await this.#store.subjectKeys([name]);
    return row ? this.#keep({ name, key: this.#unwrap(row.subject, row.kek, row.wrapped) }) : undefined;
  }

  /** After an erasure, here or on another node. */
  forget(name: string): void {
    this.#erased.add(name);
    this.#byName.delete(name);
    for (const [alias, subject] of [...this.#byAlias.entries()]) if (subject.name === name) this.#byAlias.delete(alias);
  }

  /** What other nodes erased meanwhile may not be known. */
  forgetAll(): void {
    this.#byName.clear();
    this.#byAlias.clear();
  }

  /** What was prepared for a subject erased since must not be sealed: its key may still be in somebody's hands. */
  isErased(name: string): boolean {
    return this.#erased.has(name);
  }

  seal({ name, key }: Subject, disclosure: Disclosure): Omit<SealedDisclosure, 'idx'> {
    const commitment = Buffer.from(disclosure.commitment, 'hex');
    return { commitment, subject: name, sealed: encrypt(key, disclosureBytes(disclosure), commitment) };
  }

  /** What entries disclose, by commitment; what was erased is absent. */
  async open(reads: SideReads, seqs: readonly number[]): Promise<Map<string, Disclosure>> {
    const opened = new Map<string, Disclosure>();
    if (seqs.length === 0) return opened;
    for (const { commitment, subject, sealed } of await reads.disclosures(seqs)) {
      const owner = await this.find(subject);
      const plain = owner && decrypt(owner.key, sealed, commitment);
      const read = plain && readDisclosure(plain, nodeSha256);
      if (read?.ok) opened.set(toHex(commitment), read.value);
    }
    return opened;
  }

  async #claim(): Promise<void> {
    this.#isClaiming = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const claimed = await this.#claimAll([...new Set(batch.map(({ tag }) => toHex(tag)))]);
        for (const { tag, resolve, reject } of batch) {
          const subject = claimed.get(toHex(tag));
          if (subject) resolve(subject);
          else reject(new UnavailableError('Whose request this is was erased just now; ask again'));
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isClaiming = false;
  }

  async #claimAll(tags: readonly string[]): Promise<Map<string, Subject>> {
    const claimed = new Map<string, Subject>();
    const bytes = tags.map((tag) => Buffer.from(tag, 'hex'));
    const there = await this.#store.aliases(bytes);
    for (const { tag, subject } of there) {
      const found = await this.find(subject);
      if (found) claimed.set(toHex(tag), found);
    }
    const missing = tags.filter((tag) => !claimed.has(tag));
    if (missing.length > 0) {
      const others: [string, string][] = [];
      await this.#store.side(async (tx) => {
        for (const tag of missing) {
          const fresh: Subject = { name: randomName(), key: randomBytes(32) };
          await tx.addSubject({ subject: fresh.name, kek: this.#keys.kek.id, wrapped: this.#wrap(fresh) });
          const owner = await tx.claimAlias({ tag: Buffer.from(tag, 'hex'), subject: fresh.name });
          if (owner === fresh.name) claimed.set(tag, fresh);
          else others.push([tag, owner]);
        }
      });
      for (const [tag, owner] of others) {
        const found = await this.find(owner);
        if (found) claimed.set(tag, found);
      }
    }
    for (const subject of claimed.values()) this.#keep(subject);
    return claimed;
  }

  #keep(subject: Subject): Subject {
    if (this.#erased.has(subject.name)) return subject;
    this.#byName.set(subject.name, subject);
    return subject;
  }

  #wrap({ name, key }: Subject): Uint8Array {
    return encrypt(this.#keys.kek.key, key, wrapContext(name));
  }

  #unwrap(name: string, kek: string, wrapped: Uint8Array): Uint8Array {
    const key = this.#keys.keks.get(kek);
    if (!key) throw new Error(`The key ${kek} that wraps ${name} is not in the folder of keys`);
    return decrypt(key, wrapped, wrapContext(name));
  }
}

const wrapContext = (subject: string): Uint8Array => encodeUtf8(`surety.subject-key.v1\n${subject}`);

/** 130 random bits in lowercase base32. */
function randomName(): string {
  const bytes = randomBytes(26);
  return `s_${[...bytes].map((byte) => BASE32[byte & 31]).join('')}`;
}

let pool = randomBytes(4_096);
let poolAt = 0;
/** Random bytes, drawn in larger portions. */
export function freshBytes(size: number): Uint8Array {
  if (poolAt + size > pool.length) {
    pool = randomBytes(4_096);
    poolAt = 0;
  }
  poolAt += size;
  return pool.subarray(poolAt - size, poolAt);
}

function encrypt(key: Uint8Array, plain: Uint8Array, context: Uint8Array): Uint8Array {
  const nonce = freshBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(context);
  const text = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, text, cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, bytes: Uint8Array, context: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE));
  decipher.setAAD(context);
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()]);
}
