/** What an operation is: a pure decision on the world that gives entries, and the answer read from those entries. */
import type { Commitment, Draft, Placed } from '@surety/core/evidence';
import type { Json, Role } from '@surety/core/terms';
import type { RouteName } from '@surety/core/wire';
import type { World } from '@surety/core/world';
import type { Subject } from './personal/subjects.ts';

/** Who acts: `person:dana.kim`, `agent:support-bot`, `consumer:clock`. A key acts as the one it was made for. */
export interface Actor {
  readonly by: string;
  /** A key has one; a person may have several, of which one is enough. */
  readonly roles: readonly (Role | 'system')[];
  readonly scopes: readonly string[];
}

export const SYSTEM = (name: string): Actor => ({ by: name, roles: ['system'], scopes: [] });

/** When and by whom it is decided, with the one source of fresh salts. */
export interface Moment {
  readonly at: number;
  readonly actor: Actor;
  /** Puts a commitment in place of a personal value; its disclosure becomes durable with the entry. */
  commit(subject: Subject, label: string, value: Json): Commitment;
  /** Of an erasure: how many disclosures of each subject went with this transaction. */
  readonly erased: ReadonlyMap<string, number>;
}

/** Opens a commitment; `undefined` where it was erased. */
export type Opened = (commitment: Commitment | undefined) => Json | undefined;

export interface Operation<C, A> {
  /** Its route says who may do it; `undefined`: only the server itself. */
  readonly route: RouteName | undefined;
  /** Subjects that are erased in the transaction that records it; such an operation is never refused for the world. */
  erases?(command: C): readonly string[];
  /** Pure and synchronous. A refusal is thrown and changes nothing. */
  decide(world: World, command: C, moment: Moment): readonly Draft[];
  /** Read from the entries alone, so that a repeated request hears the same. */
  answer(entries: readonly Placed[], opened: Opened, command: C): A;
}

/** A command with what makes it idempotent: the ids its entries will have, the first being its own. */
export interface Asked<C> {
  readonly command: C;
  readonly actor: Actor;
  readonly ids: readonly string[];
  /** What was asked, keyed: the same id with another tag is a conflict. */
  readonly tag: Uint8Array;
  readonly subject?: string | undefined;
}

export const isOf = <T extends Placed['type']>(type: T, entry: Placed): entry is Placed<T> & Placed =>
  entry.type === type;

/** The entry of a kind that an operation always makes. */
export function entryOf<T extends Placed['type']>(entries: readonly Placed[], type: T): Placed<T> {
  const found = entries.find((entry) => entry.type === type);
  if (!found) throw new Error(`Surety is wrong here: no ${type} was recorded`);
  return found as Placed<T>;
}
