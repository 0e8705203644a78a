/**
 * Checkpoints (C2SP tlog-checkpoint), exactly three lines:
 *
 *     <origin> LF <size> LF <b64 root> LF
 */
import { decodeBase64, type Ed25519, encodeBase64, encodeUtf8, nobleEd25519 } from '../crypto/index.ts';
import { invariant, ok, type Result } from '../result.ts';
import { type Note, openNote, parseNote, signNote, type Verified } from './note/note.ts';
import { ED25519, type NoteKey, type PrivateKey } from './note/note-key.ts';
import { type LedgerRefusal, refuse } from './refusal.ts';
import { HASH_BYTES } from './tree/merkle.ts';
import { isSize, parseSize } from './tree/size.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export interface OpenCheckpoint extends Checkpoint, Note {
  /** Known keys that signed it: the log's, and of witnesses with their times. */
  readonly verified: readonly Verified[];
}

const ORIGIN = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9._-]+)*$/;
const ORIGIN_MAX = 255;

export const isOrigin = (text: string): boolean => text.length <= ORIGIN_MAX && ORIGIN.test(text);

export function checkpointText({ origin, size, root }: Checkpoint): string {
  invariant(
    isOrigin(origin) && isSize(size) && root.length === HASH_BYTES,
    'a checkpoint is an origin, a size, a root',
  );
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

export function parseCheckpointText(text: string): Result<Checkpoint, LedgerRefusal> {
  const [origin = '', sizeText = '', rootText = '', end, ...more] = text.split('\n');
  const size = parseSize(sizeText);
  const root = decodeBase64(rootText);
  if (end !== '' || more.length > 0) return malformed('A checkpoint has exactly three lines.');
  if (!isOrigin(origin)) return malformed('The first line of a checkpoint is its origin.');
  if (size === undefined) return malformed('The second line of a checkpoint is its size.');
  if (root?.length !== HASH_BYTES) return malformed('The third line of a checkpoint is its root, 32 bytes in base64.');
  return ok({ origin, size, root });
}

/** Signs with the log's key; during a rotation with the old and the new one. */
export function signCheckpoint(
  checkpoint: Checkpoint,
  keys: readonly PrivateKey[],
  ed25519: Ed25519 = nobleEd25519,
): string {
  invariant(
    keys.every(({ key }) => key.name === checkpoint.origin),
    "the log's key is called like its origin",
  );
  return signNote(checkpointText(checkpoint), keys, ed25519);
}

/** Reads a signed checkpoint's form; verifies nothing. */
export function parseCheckpoint(note: string): Result<Checkpoint & Note, LedgerRefusal> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const checkpoint = parseCheckpointText(parsed.value.text);
  return checkpoint.ok ? ok({ ...parsed.value, ...checkpoint.value }) : checkpoint;
}

/** Reads and verifies. One of `keys` must be the log's: of type 0x01, called like the origin, and under this note. */
export function openCheckpoint(
  note: string,
  keys: readonly NoteKey[],
  ed25519: Ed25519 = nobleEd25519,
): Result<OpenCheckpoint, LedgerRefusal> {
  const opened = openNote(note, keys, ed25519);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpointText(opened.value.text);
  if (!checkpoint.ok) return checkpoint;
  const { origin } = checkpoint.value;
  if (!opened.value.verified.some(({ key }) => key.type === ED25519 && key.name === origin)) {
    return refuse('log_signature_missing', `No known key of ${origin} signed this checkpoint.`);
  }
  return ok({ ...opened.value, ...checkpoint.value });
}

/** A checkpoint with one more line, of a witness. */
export function withSignature(note: string, line: string): string {
  invariant(line.startsWith('— ') && line.endsWith('\n'), 'a signature line begins with a dash and ends with LF');
  return note + line;
}

/** What the log's key signs: the text with its last LF and without the empty line. */
export const checkpointMessage = (checkpoint: Checkpoint): Uint8Array => encodeUtf8(checkpointText(checkpoint));

const malformed = (detail: string) => refuse('checkpoint_malformed', detail);
