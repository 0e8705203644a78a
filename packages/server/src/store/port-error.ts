/** How a store may fail: a closed list (ledger, section 6.5), and what each code asks of the caller. */

/** `retry`: nothing is durable, ask again · `look`: take the head's lock and look · `stop`: the process ends · `refuse`: this call was wrong or cannot be served. */
export const STORE_ERRORS = {
  busy: 'retry', // another writer holds the lock, or the database chose this transaction to give way
  unavailable: 'retry', // no connection, or it was lost before COMMIT was sent
  unknown_outcome: 'look', // COMMIT was sent and not answered
  durability: 'stop', // input/output error, full disk, read-only: exit 70
  damaged: 'stop', // the file is not a whole database: exit 70
  forked: 'stop', // someone wrote past the lock: exit 71
  rolled_back: 'stop', // the ledger is shorter than what was released: exit 71
  newer_schema: 'refuse',
  other_origin: 'refuse',
  locked: 'refuse', // another Surety process owns the folder
  unfit: 'refuse', // version or settings under which nothing can be promised
  snapshot_damaged: 'refuse',
  refused: 'refuse', // what was to be written has no place in the ledger
  closed: 'refuse',
} as const;

export type StoreErrorCode = keyof typeof STORE_ERRORS;

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.code = code;
  }

  get isRetryable(): boolean {
    return STORE_ERRORS[this.code] === 'retry';
  }

  /** The process must not go on with this store. */
  get isFatal(): boolean {
    return STORE_ERRORS[this.code] === 'stop';
  }
}
