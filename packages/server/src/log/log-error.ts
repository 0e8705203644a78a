/** Everything the log refuses, on one screen. None of it is mended here: only a backup or a new ledger mends it. */

export type LogErrorCode =
  /** Some of the key files are there and some are not. */
  | 'keys_missing'
  /** Somebody else can read a key, or owns it. */
  | 'keys_exposed'
  /** A key file that is not what it has to be, or a pair that does not belong together. */
  | 'keys_damaged'
  /** The database, the checkpoint or the keys are of another ledger than the one configured. */
  | 'other_origin'
  /** The head's checkpoint does not parse, is not signed by our key, or says another size or root than the head. */
  | 'bad_checkpoint'
  /** A frontier that does not lead to the head's root, or a time that is not the last entry's. */
  | 'head_wrong'
  /** The rows do not go from 0 to size - 1 without a gap. */
  | 'rows_missing'
  /** Rows behind the head. */
  | 'rows_beyond'
  /** Tiles that are absent, too many, or do not lead to the head's frontier and root. */
  | 'tiles_wrong'
  /** An entry whose bytes are not those that were hashed. */
  | 'tampered'
  /** The ledger is shorter than what it has released. */
  | 'rolled_back'
  /** The ledger is another than the one whose checkpoint was released. */
  | 'forked'
  | 'anchor_damaged'
  /** A disk refused to keep what had to be durable. */
  | 'durability'
  /** An index, tile or size that this ledger does not have. */
  | 'not_there'
  /** An export that would overwrite something. */
  | 'occupied'
  /** An export for which there is no room or right where it was to go; the ledger itself is as it was. */
  | 'unwritable';

export class LogError extends Error {
  override readonly name = 'LogError';
  readonly code: LogErrorCode;
  /** The entry it is about, where it is about one. */
  readonly index: number | undefined;

  constructor(code: LogErrorCode, sentence: string, index?: number, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.code = code;
    this.index = index;
  }
}
