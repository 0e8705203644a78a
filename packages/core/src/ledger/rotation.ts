/**
 * Rotation of the log's key: the new key signs
 *
 *     "surety.key-rotation.v1" LF origin LF old vkey LF new vkey LF from LF
 */
import { decodeBase64, type Ed25519, encodeBase64, encodeUtf8, nobleEd25519 } from '../crypto/index.ts';
import { invariant, ok, type Result } from '../result.ts';
import { ED25519, formatVkey, type NoteKey, type PrivateKey, parseVkey } from './note/note-key.ts';
import { type LedgerRefusal, refuse } from './refusal.ts';
import { isSize } from './tree/size.ts';

export interface Rotation {
  readonly origin: string;
  readonly old: NoteKey;
  readonly new: NoteKey;
  /** The index of the entry that carries it. */
  readonly from: number;
}

export function rotationStatement(rotation: Rotation): string {
  const { origin, from } = rotation;
  invariant(isSize(from), 'a rotation is an entry of the ledger');
  return `surety.key-rotation.v1\n${origin}\n${formatVkey(rotation.old)}\n${formatVkey(rotation.new)}\n${from}\n`;
}

/** `accept` of the entry: base64 of the new key's signature. */
export function acceptRotation(
  { origin, old, from }: Omit<Rotation, 'new'>,
  next: PrivateKey,
  ed25519: Ed25519 = nobleEd25519,
): string {
  return encodeBase64(ed25519.sign(next.seed, encodeUtf8(rotationStatement({ origin, old, new: next.key, from }))));
}

/** Checks the members of a `ledger.key_rotated`: two different keys of the origin, and the new one's signature. */
export function verifyRotation(
  entry: {
    readonly origin: string;
    readonly old: string;
    readonly new: string;
    readonly from: number;
    readonly accept: string;
  },
  ed25519: Ed25519 = nobleEd25519,
): Result<Rotation, LedgerRefusal> {
  const { origin, from } = entry;
  const before = parseVkey(entry.old);
  const after = parseVkey(entry.new);
  if (!before.ok) return before;
  if (!after.ok) return after;
  const keys = [before.value, after.value];
  if (!isSize(from) || keys.some(({ name, type }) => name !== origin || type !== ED25519)) {
    return refuse('rotation_malformed', `A rotation is from one Ed25519 key of ${origin} to another.`);
  }
  if (before.value.id === after.value.id) return refuse('rotation_malformed', 'A rotation is to another key.');
  const rotation: Rotation = { origin, old: before.value, new: after.value, from };
  const signature = decodeBase64(entry.accept);
  const statement = encodeUtf8(rotationStatement(rotation));
  if (!signature || !ed25519.verify(after.value.publicKey, statement, signature)) {
    return refuse('rotation_not_accepted', 'The new key did not sign the statement of this rotation.');
  }
  return ok(rotation);
}
