/** Decides a batch: one request after the other, on the world as those before it left it. */
import { equalBytes } from '@surety/core/crypto';
import { type Draft, ENTRY_LIMITS, type Entry, entryBytes, type Placed } from '@surety/core/evidence';
import type { Json } from '@surety/core/terms';
import { ROUTES } from '@surety/core/wire';
import { fold, nextFollowing, TRUST_ACTOR, type World } from '@surety/core/world';
import type { Keys } from '../../log/keys.ts';
import type { Position } from '../../log/position.ts';
import type { Head, RequestTag, Row, SealedDisclosure, Tile } from '../../store/port.ts';
import { ConflictError, ForbiddenError, InvalidError } from '../errors.ts';
import { refusalOf } from '../key/rights.ts';
import type { Actor, Asked, Opened, Operation } from '../operation.ts';
import type { Subjects } from '../personal/subjects.ts';
import { Drafting } from './drafting.ts';
import { commitmentsOf } from './placed.ts';

export interface Waiting {
  readonly operation: Operation<unknown, unknown>;
  readonly asked: Asked<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A batch as it goes into the store, the same again when it has to be tried again. */
export interface Prepared {
  readonly base: number;
  readonly rows: readonly Row[];
  readonly tiles: readonly Tile[];
  readonly head: Head;
  readonly position: Position;
  readonly requests: readonly RequestTag[];
  readonly disclosures: readonly SealedDisclosure[];
  readonly entries: readonly Placed[];
  readonly disclosed: ReadonlyMap<string, Json>;
  /** Subjects that are erased in the same transaction. */
  readonly erased: readonly string[];
  readonly outcomes: readonly (() => void)[];
  /** Those whose id was there already: answered from their entries. */
  readonly repeated: readonly Waiting[];
}

export interface BatchParts {
  readonly keys: Keys;
  readonly subjects: Subjects;
  readonly clock: () => number;
}

/** What of a batch is in the ledger already: ids with their entries, and the tags these were asked with (null where erased). */
export interface AlreadyThere {
  readonly idxs: ReadonlyMap<string, number>;
  readonly tags: ReadonlyMap<number, Uint8Array | null>;
}

/** Whom the new requests of a batch ask to erase; a request that may not is refused when it is decided. */
export const toErase = (batch: readonly Waiting[], idxs: AlreadyThere['idxs']): readonly string[] => [
  ...new Set(
    batch.flatMap(({ operation, asked }) =>
      idxs.has(asked.ids[0] as string) || whyNot(operation, asked.actor) !== undefined
        ? []
        : (operation.erases?.(asked.command) ?? []),
    ),
  ),
];

export function decideBatch(
  batch: readonly Waiting[],
  { world, position: from, head }: { readonly world: World; readonly position: Position; readonly head: Head },
  there: AlreadyThere,
  erased: ReadonlyMap<string, number>,
  parts: BatchParts,
): Prepared {
  const at = Math.max(parts.clock(), head.at);
  const taken = new Taken(world, parts, at, erased);
  const first = new Map<string, Waiting>();
  for (const waiting of batch) {
    const id = waiting.asked.ids[0] as string;
    const idx = there.idxs.get(id);
    const isThere = idx !== undefined;
    const earlier = isThere ? there.tags.get(idx) : first.get(id)?.asked.tag;
    // A tag that was erased can no longer tell a conflict: the recorded answer is given.
    if (earlier && !equalBytes(earlier, waiting.asked.tag)) taken.refuse(waiting, conflict());
    else if (isThere || earlier) taken.repeated.push(waiting);
    else if (taken.decide(waiting)) first.set(id, waiting);
  }
  const isEmpty = taken.rows.length === 0;
  const { position, tiles } = from.extend(
    taken.rows.map(({ body }) => body),
    isEmpty ? from.at : at,
  );
  return {
    base: from.size,
    rows: taken.rows,
    tiles,
    head: isEmpty ? head : position.seal([parts.keys.log], parts.keys.origin),
    position,
    requests: taken.requests,
    disclosures: taken.disclosures,
    entries: taken.entries,
    disclosed: taken.disclosed,
    erased: [...erased.keys()],
    outcomes: taken.outcomes,
    repeated: taken.repeated,
  };
}

const conflict = (): ConflictError =>
  new ConflictError(
    'request.conflict',
    'This id was used before for another request; nothing was recorded or done. Use a new id',
  );

/** What a batch makes, one request after the other on the world as those before it left it. */
class Taken {
  readonly rows: Row[] = [];
  readonly entries: Placed[] = [];
  readonly requests: RequestTag[] = [];
  readonly disclosures: SealedDisclosure[] = [];
  readonly disclosed = new Map<string, Json>();
  readonly outcomes: (() => void)[] = [];
  readonly repeated: Waiting[] = [];
  readonly #ids = new Set<string>();
  readonly #world: World;
  readonly #parts: BatchParts;
  readonly #at: number;
  readonly #erased: ReadonlyMap<string, number>;

  constructor(world: World, parts: BatchParts, at: number, erased: ReadonlyMap<string, number>) {
    this.#erased = erased;
    this.#world = world;
    this.#parts = parts;
    this.#at = at;
  }

  refuse({ reject }: Waiting, error: unknown): void {
    this.outcomes.push(() => reject(error));
  }

  /** Whether it was decided; a refusal leaves no trace. */
  decide(waiting: Waiting): boolean {
    const { operation, asked } = waiting;
    const drafting = new Drafting(this.#at, asked.actor, this.#erased, this.#parts.subjects);
    let placed: readonly Written[];
    try {
      checkRole(operation, asked.actor);
      placed = this.#place(operation.decide(this.#world, asked.command, drafting), asked.actor.by);
    } catch (error) {
      // Nothing was folded yet: also a defect in one request leaves its neighbours alone.
      this.refuse(waiting, error);
      return false;
    }
    for (const { entry, body } of placed) this.#take(entry, body, drafting);
    this.#promise(waiting, placed, drafting);
    this.#follow(drafting);
    return placed.length > 0;
  }

  /** What the evidence calls for stands in the same transaction: the next request is decided under it. */
  #follow(drafting: Drafting): void {
    for (let drafts = nextFollowing(this.#world); drafts.length > 0; drafts = nextFollowing(this.#world))
      for (const { entry, body } of this.#place(drafts, TRUST_ACTOR)) this.#take(entry, body, drafting);
  }

  /** Drafts in the places they will have, as the bytes they will be. */
  #place(drafts: readonly Draft[], by: string): readonly Written[] {
    const base = this.#world.size;
    const streams = new Map<string, number>();
    const ids = new Set<string>();
    return drafts.map((draft, i) => {
      const entry = this.#inPlace(draft, base + i, by, streams);
      // The store would refuse the whole batch for it.
      if (ids.has(entry.id) || this.#ids.has(entry.id))
        throw new Error(`Surety is wrong here: two entries would be called ${entry.id}`);
      ids.add(entry.id);
      return { entry, body: bytesOf(entry) };
    });
  }

  /** Member by member: a copy of a draft of any shape costs as much as hashing it. */
  #inPlace({ id, type, stream, data }: Draft, seq: number, by: string, streams: Map<string, number>): Placed {
    const at = this.#at;
    if (stream === undefined) return { seq, id, type, at, by, data } as Placed;
    return { seq, id, type, at, by, stream, n: this.#next(stream, streams), data } as Placed;
  }

  #next(stream: string, streams: Map<string, number>): number {
    const n = (streams.get(stream) ?? this.#world.streams.get(stream) ?? 0) + 1;
    streams.set(stream, n);
    return n;
  }

  #take(entry: Placed, body: Uint8Array, { committed }: Drafting): void {
    this.#ids.add(entry.id);
    this.rows.push({ idx: entry.seq, id: entry.id, type: entry.type, body });
    this.entries.push(entry);
    fold(this.#world, entry);
    if (committed.size === 0) return;
    for (const name of commitmentsOf(entry)) {
      const found = committed.get(name);
      if (!found) continue;
      this.disclosures.push({ idx: entry.seq, ...this.#parts.subjects.seal(found.subject, found.disclosure) });
      this.disclosed.set(name, found.disclosure.value);
    }
  }

  /** What the one who asked hears once it is durable. */
  #promise({ operation, asked, resolve, reject }: Waiting, placed: readonly Written[], { committed }: Drafting): void {
    const own = placed.find(({ entry }) => entry.id === asked.ids[0])?.entry;
    const subject = asked.subject === undefined ? {} : { subject: asked.subject };
    if (own) this.requests.push({ idx: own.seq, tag: asked.tag, ...subject });
    const opened: Opened = (commitment) => commitment && committed.get(commitment.commitment)?.disclosure.value;
    const entries = placed.map(({ entry }) => entry);
    this.outcomes.push(() => {
      try {
        resolve(operation.answer(entries, opened, asked.command));
      } catch (error) {
        reject(error);
      }
    });
  }
}

interface Written {
  readonly entry: Placed;
  readonly body: Uint8Array;
}

const rolesOf = ({ route }: Operation<unknown, unknown>): readonly string[] =>
  route === undefined ? [] : ROUTES[route].may;

const whyNot = (operation: Operation<unknown, unknown>, actor: Actor): string | undefined =>
  actor.roles.includes('system') ? undefined : refusalOf(actor, rolesOf(operation));

function checkRole(operation: Operation<unknown, unknown>, actor: Actor): void {
  const sentence = whyNot(operation, actor);
  if (sentence !== undefined) throw new ForbiddenError('role.forbidden', sentence);
}

function bytesOf(entry: Placed): Uint8Array {
  const { seq, id, type, at, by, stream, n, data } = entry;
  const placed = { v: 1, seq, id, type, at, by, data };
  const bytes = entryBytes((stream === undefined ? placed : { ...placed, stream, n }) as unknown as Entry);
  if (bytes.ok) return bytes.value;
  if (bytes.error.code === 'too_long')
    throw new InvalidError(
      'request.too_large',
      `Its ${entry.type} would take more than the ${ENTRY_LIMITS.bytesMax} bytes of an entry; ask for less at once`,
    );
  throw new Error(`Surety is wrong here: ${entry.type} is no entry: ${bytes.error.detail}`);
}
