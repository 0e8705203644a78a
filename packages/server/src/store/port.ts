/** The store's port: where entries lie, and everything beside them (ledger, section 6). One ledger a store. */
import type { PersonReads, PersonTx } from './port-people.ts';

import type { ViewChanges, ViewReads } from './port-views.ts';

export { STORE_ERRORS, StoreError, type StoreErrorCode } from './port-error.ts';
export type { Link, Person, PersonReads, PersonTx, Session } from './port-people.ts';
export type {
  ConversationChange,
  DecisionFilter,
  StopChange,
  ViewChanges,
  ViewedConversation,
  ViewedDecision,
  ViewedStop,
  ViewPage,
  ViewReads,
} from './port-views.ts';

/** One entry as it is stored; `body` are its exact bytes. */
export interface Row {
  readonly idx: number;
  readonly id: string;
  readonly type: string;
  readonly body: Uint8Array;
}

/** The end of the ledger. Before entry 0: size 0, the empty root, no frontier, an empty checkpoint. */
export interface Head {
  readonly size: number;
  readonly at: number;
  readonly root: Uint8Array;
  readonly frontier: Uint8Array;
  readonly checkpoint: string;
}

/** Level 0 is written once, when full; a higher tile is written again each time it grew. */
export interface Tile {
  readonly level: number;
  readonly n: number;
  readonly hashes: Uint8Array;
}

/** What a request was asked with (ledger, section 6.4), by the index of its first entry. */
export interface RequestTag {
  readonly idx: number;
  readonly tag: Uint8Array;
  readonly subject?: string;
}

export interface SubjectKey {
  readonly subject: string;
  readonly kek: string;
  readonly wrapped: Uint8Array;
}

export interface Alias {
  readonly tag: Uint8Array;
  readonly subject: string;
}

/** Lies with the entry that commits to it; those of one entry are written together. */
export interface SealedDisclosure {
  readonly idx: number;
  readonly commitment: Uint8Array;
  readonly subject: string;
  readonly sealed: Uint8Array;
}

/** What is durable with the entries of a batch, or not at all. A subject's key or an alias already there stays as it is. */
export interface Side {
  readonly requests?: readonly RequestTag[];
  readonly subjects?: readonly SubjectKey[];
  readonly aliases?: readonly Alias[];
  readonly disclosures?: readonly SealedDisclosure[];
}

/** A checkpoint kept for ever: cosigned, or of a rotation. A later note of the same size replaces the earlier. */
export interface Kept {
  readonly size: number;
  readonly note: string;
}

export interface SnapshotKey {
  readonly fold: string;
  readonly version: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A fold's state to be kept. Parts are written one by one, so that no append waits for more than one. */
export interface Snapshot extends SnapshotKey {
  readonly parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A kept state. `parts` throws `snapshot_damaged` at its end unless all of them were as written: use nothing before. */
export interface StoredSnapshot extends SnapshotKey {
  /** SHA-256 over all parts in their order. */
  readonly digest: Uint8Array;
  readonly parts: AsyncIterable<Uint8Array>;
}

/** Where a consumer stands (ledger, section 8.1). */
export interface Consumer {
  readonly name: string;
  /** The first index not yet done. */
  readonly next: number;
  readonly owner: string;
  readonly until: number;
  readonly attempts: number;
  readonly retryAt: number;
}

/** The right to move a consumer, as long as nobody took the lease since: then `token` is another. */
export interface Lease extends Consumer {
  readonly token: number;
}

/** A key of the API: its hash, never itself. Times are Unix milliseconds. */
export interface ApiKey {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly role: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly created: number;
  readonly expires?: number;
  readonly revoked?: number;
}

export interface StoreFacts {
  readonly engine: 'sqlite' | 'postgres';
  readonly version: string;
  readonly schema: number;
  /** Durability settings as the database reads them back. */
  readonly settings: Readonly<Record<string, string>>;
  /** Sentences for the health report; what forbids a start was thrown at opening. */
  readonly warnings: readonly string[];
}

/** Lookups beside the entries. What is absent or erased is not in the answer. */
export interface SideReads extends PersonReads {
  /** All that belong to these entries; those of one entry in the order in which they were written. */
  disclosures(idxs: readonly number[]): Promise<SealedDisclosure[]>;
  subjectKeys(subjects: readonly string[]): Promise<SubjectKey[]>;
  aliases(tags: readonly Uint8Array[]): Promise<Alias[]>;
  meta(name: string): Promise<string | undefined>;
  blob(sha256: string): Promise<Uint8Array | undefined>;
  keys(): Promise<ApiKey[]>;
}

/** Changes beside the entries, in a transaction of their own. */
export interface SideTx extends SideReads, PersonTx {
  /** False where the subject has a key already; that one stays. */
  addSubject(key: SubjectKey): Promise<boolean>;
  /** Whose tag it is from now on: of two who claim it at once both hear the same subject. */
  claimAlias(alias: Alias): Promise<string>;
  putDisclosures(disclosures: readonly SealedDisclosure[]): Promise<void>;
  /** Subjects in ascending order, for the rotation of the key that wraps theirs. */
  subjectKeysAfter(subject: string, limit: number): Promise<SubjectKey[]>;
  /** False where the subject was erased or wrapped anew since it was read under `from`: nothing changes. */
  rewrapSubject(key: SubjectKey, from: string): Promise<boolean>;
  putMeta(name: string, value: string): Promise<void>;
  /** Keeps content under its own hash; what is already there stays. */
  putBlob(sha256: string, bytes: Uint8Array): Promise<void>;
  /** Adds a key, or replaces the one of this id: a revocation is a key with `revoked`. */
  putKey(key: ApiKey): Promise<void>;
  /** Takes in what entries change; with the cursor of the consumer that follows them. */
  changeViews(changes: ViewChanges): Promise<void>;
  /** Empties the views and forgets their consumer, which begins anew. */
  emptyViews(consumer: string): Promise<void>;
}

/** The transaction that holds the head. Nothing else may be awaited inside it. */
export interface AppendTx {
  readonly head: Head;
  /** From an index to the end, without gaps. */
  entries(from: number): Promise<Row[]>;
  find(ids: readonly string[]): Promise<Row[]>;
  /** One answer an index of a request's first entry: its tag; null where none was recorded or it was erased. */
  requests(idxs: readonly number[]): Promise<Map<number, Uint8Array | null>>;
  subjectKeys(subjects: readonly string[]): Promise<SubjectKey[]>;
  /** At most once. Rows follow the head without gaps and `next` is the head after them. */
  write(rows: readonly Row[], tiles: readonly Tile[], next: Head, side: Side): Promise<void>;
  /** Removes a subject's key, aliases, request tags and disclosures; tells how many disclosures. */
  erase(subject: string): Promise<number>;
}

/** What an append will surely ask: fetched together with the lock where a round trip costs something. */
export interface Ahead {
  /** The node's own size: `entries(from)`. */
  readonly from: number;
  /** The very array that `find` will be asked for. */
  readonly ids: readonly string[];
}

/**
 * Every failure is a `StoreError`. Only what its code says to retry was surely not written.
 * @example await store.append(async (tx) => { await tx.write(rows, tiles, next, { requests }); });
 */
export interface Store extends SideReads {
  readonly views: ViewReads;
  facts(): Promise<StoreFacts>;
  /** The head's row lock from start to commit; resolves after the commit is durable. */
  append<T>(run: (tx: AppendTx) => Promise<T>, ahead?: Ahead): Promise<T>;
  head(): Promise<Head>;
  /** Ascending, committed only, at most `limit` rows. */
  entries(from: number, limit: number): AsyncIterable<Row>;
  /** Entries by their indexes, ascending; absent ones are left out. */
  entriesAt(idxs: readonly number[]): Promise<Row[]>;
  find(ids: readonly string[]): Promise<Row[]>;
  /** The tiles n of a level with from <= n < to that there are, ascending. */
  tiles(level: number, from: number, to: number): Promise<Tile[]>;
  keepCheckpoint(kept: Kept): Promise<void>;
  /** Those of at least this size, ascending. */
  keptCheckpoints(from: number): Promise<Kept[]>;
  /** Two of a fold and version are kept. */
  putSnapshot(snapshot: Snapshot): Promise<void>;
  /** The newest that has all its parts. */
  snapshot(fold: string, version: string): Promise<StoredSnapshot | undefined>;
  consumers(): Promise<Consumer[]>;
  /** Undefined where another owner's lease still runs. A consumer asked for the first time starts at 0. */
  lease(name: string, owner: string, now: number, until: number): Promise<Lease | undefined>;
  /** Moves the cursor, and `side` with it or neither; false where the lease is no longer good. */
  advance(lease: Lease, to: number, side?: (tx: SideTx) => Promise<void>): Promise<boolean>;
  /** Records a failed attempt; false where the lease is no longer good. */
  postpone(lease: Lease, attempts: number, retryAt: number): Promise<boolean>;
  side<T>(run: (tx: SideTx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
