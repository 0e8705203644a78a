/** Names that nobody can turn back without the request key (HMAC-SHA-256), which is shared by all nodes and never rotated. */
import { hash } from 'node:crypto';
import { canonical } from '@surety/core/crypto';
import type { Json } from '@surety/core/terms';
import { LRUCache } from 'lru-cache';

const PLAIN_CALL = /^[A-Za-z0-9._:-]{1,96}$/;
const KEPT = 20_000;

const BLOCK = 64;
const SCRATCH = 4_096;

/** HMAC-SHA-256 (RFC 2104) with its key prepared once; two plain hashes are cheaper than an object of Node's. */
function hmacOf(key: Uint8Array): (text: string) => string {
  const block = Buffer.alloc(BLOCK);
  block.set(key.length > BLOCK ? hash('sha256', key, 'buffer') : key);
  const inner = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.alloc(SCRATCH)]);
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.alloc(32)]);
  return (text) => {
    const fits = text.length * 3 <= SCRATCH;
    const message = fits
      ? inner.subarray(0, BLOCK + inner.write(text, BLOCK))
      : Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(text)]);
    outer.write(hash('sha256', message, 'binary'), BLOCK, 'latin1');
    return hash('sha256', outer, 'hex');
  };
}

export class Names {
  readonly #hmac: (text: string) => string;
  readonly #conversations = new LRUCache<string, string>({ max: KEPT });

  constructor(requestKey: Uint8Array) {
    this.#hmac = hmacOf(requestKey);
  }

  /** `a/` and 32 hex digits: the id of an action's proposal. */
  action(agent: string, conversation: string, call: string): string {
    return `a/${this.#hex([agent, conversation, call])}`;
  }

  conversation(id: string): string {
    const known = this.#conversations.get(id);
    if (known) return known;
    const name = `c_${this.#hex(['conversation', id])}`;
    this.#conversations.set(id, name);
    return name;
  }

  /** The framework's own id of a call, or its digest where it has another form. */
  call(id: string): string {
    return PLAIN_CALL.test(id) ? id : `h_${this.#hex(['call', id])}`;
  }

  /** The id of a request that a person or script named, or of one that nobody named. */
  request(route: string, actor: string, key: string): string {
    return `r/${this.#hex([route, actor, key])}`;
  }

  tag(asked: Json): Uint8Array {
    return Buffer.from(this.#hmac(canonical(asked)), 'hex');
  }

  #hex(parts: readonly string[]): string {
    return this.#hmac(canonical(parts)).slice(0, 32);
  }
}

export const toActionId = (entryId: string): string => `act_${entryId.slice(2, 34)}`;
export const toHoldId = (entryId: string): string => `hld_${entryId.slice(2, 34)}`;
/** `act_…` or `hld_…` to the id of the action's entry. */
export const fromWireId = (id: string): string => `a/${id.slice(4)}`;

/** A draw in parts per million from the action's id, which is keyed: the agent can neither choose nor foresee it. */
export const drawOf = (actionId: string): number => Number.parseInt(actionId.slice(-12), 16) % 1_000_000;
