/** Decides a batch: one request after the other, on the world as those before it left it. */
import { equalBytes } from '@surety/core/crypto';
import { type Disclosure, disclose, type Entry, entryBytes, type Placed } from '@surety/core/evidence';
import type { Json } from '@surety/core/terms';
import { ROUTES } from '@surety/core/wire';
import { fold, type World } from '@surety/core/world';
import type { Keys } from '../log/keys.ts';
import { nodeSha256 } from '../log/node-crypto.ts';
import type { Position } from '../log/position.ts';
import type { Head, RequestTag, Row, SealedDisclosure, Tile } from '../store/port.ts';
import { ConflictError, ForbiddenError } from './errors.ts';
import { LOCAL_SCOPE } from './keys.ts';
import type { Actor, Asked, Moment, Operation } from './operation.ts';
import { openedFrom } from './placed.ts';
import { freshBytes, type Subject, type Subjects } from './subjects.ts';

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
  readonly outcomes: readonly (() => void)[];
  /** Those whose id was there already: answered from their entries. */
  readonly repeated: readonly Waiting[];
}

export interface BatchParts {
  readonly keys: Keys;
  readonly subjects: Subjects;
  readonly clock: () => number;
}

/** What of a batch is in the ledger already: the ids, and the tags they were asked with (null where erased). */
export interface AlreadyThere {
  readonly ids: ReadonlySet<string>;
  readonly tags: ReadonlyMap<string, Uint8Array | null>;
}

export function decideBatch(
  batch: readonly Waiting[],
  { world, position: from, head }: { readonly world: World; readonly position: Position; readonly head: Head },
  there: AlreadyThere,
  parts: BatchParts,
): Prepared {
  const at = Math.max(parts.clock(), head.at);
  const taken = new Taken(world, parts, at);
  const first = new Map<string, Waiting>();
  for (const waiting of batch) {
    const id = waiting.asked.ids[0] as string;
    const isThere = there.ids.has(id);
    const earlier = isThere ? there.tags.get(id) : first.get(id)?.asked.tag;
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
  readonly #world: World;
  readonly #parts: BatchParts;
  readonly #at: number;

  constructor(world: World, parts: BatchParts, at: number) {
    this.#world = world;
    this.#parts = parts;
    this.#at = at;
  }

  refuse({ reject }: Waiting, error: unknown): void {
    this.outcomes.push(() => reject(error));
  }

  /** Whether it was decided; a refusal leaves no trace. */
  decide(waiting: Waiting): boolean {
    const { operation, asked, resolve, reject } = waiting;
    const mine: SealedDisclosure[] = [];
    const values = new Map<string, Json>();
    const moment: Moment = {
      at: this.#at,
      actor: asked.actor,
      commit: (subject, label, value) => this.#commit(subject, label, value, mine, values),
    };
    let placed: { entry: Placed; body: Uint8Array }[];
    try {
      checkRole(operation, asked.actor);
      const drafts = operation.decide(this.#world, asked.command, moment);
      const base = this.#world.size;
      const streams = new Map<string, number>();
      placed = drafts.map((draft, i): { entry: Placed; body: Uint8Array } => {
        const n = draft.stream === undefined ? undefined : this.#next(draft.stream, streams);
        const entry = { ...draft, seq: base + i, at: this.#at, by: asked.actor.by, ...(n === undefined ? {} : { n }) };
        return { entry: entry as Placed, body: bytesOf(entry as Placed) };
      });
    } catch (error) {
      // Nothing was folded yet: also a defect in one request leaves its neighbours alone.
      this.refuse(waiting, error);
      return false;
    }
    for (const { entry, body } of placed) {
      this.rows.push({ idx: entry.seq, id: entry.id, type: entry.type, body });
      this.entries.push(entry);
      fold(this.#world, entry);
    }
    this.disclosures.push(...mine);
    for (const [name, value] of values) this.disclosed.set(name, value);
    const id = asked.ids[0] as string;
    if (placed.length > 0)
      this.requests.push({ id, tag: asked.tag, ...(asked.subject === undefined ? {} : { subject: asked.subject }) });
    const entries = placed.map(({ entry }) => entry);
    this.outcomes.push(() => {
      try {
        resolve(operation.answer(entries, openedFrom(values), asked.command));
      } catch (error) {
        reject(error);
      }
    });
    return placed.length > 0;
  }

  #next(stream: string, streams: Map<string, number>): number {
    const n = (streams.get(stream) ?? this.#world.streams.get(stream) ?? 0) + 1;
    streams.set(stream, n);
    return n;
  }

  #commit(subject: Subject, label: string, value: Json, mine: SealedDisclosure[], values: Map<string, Json>) {
    const disclosure: Disclosure = disclose(freshBytes(32), label, value, nodeSha256);
    mine.push(this.#parts.subjects.seal(subject, disclosure));
    values.set(disclosure.commitment, value);
    return { commitment: disclosure.commitment };
  }
}

function checkRole({ route }: Operation<unknown, unknown>, { role, scopes }: Actor): void {
  if (role === 'system' || scopes.includes(LOCAL_SCOPE)) return;
  const may: readonly string[] = route === undefined ? [] : ROUTES[route].may;
  if (!may.includes(role))
    throw new ForbiddenError(
      'role.forbidden',
      `The role ${role} may not do this; it takes one of: ${may.join(', ') || 'none'}`,
    );
}

function bytesOf(entry: Placed): Uint8Array {
  const bytes = entryBytes({ v: 1, ...entry } as unknown as Entry);
  if (!bytes.ok) throw new Error(`Surety is wrong here: ${entry.type} is no entry: ${bytes.error.detail}`);
  return bytes.value;
}
