/**
 * Signed notes (C2SP signed-note): a text that ends with LF, an empty line, and signature lines
 *
 *     — name b64(key ID || signature)
 */
import {
  concatBytes,
  decodeBase64,
  type Ed25519,
  encodeBase64,
  encodeUtf8,
  fromHex,
  nobleEd25519,
  toHex,
} from '../../crypto/index.ts';
import { invariant, ok, type Result } from '../../result.ts';
import { type LedgerRefusal, refuse } from '../refusal.ts';
import { cosign, verifyCosignature } from './cosignature.ts';
import { ED25519, isKeyName, type NoteKey, type PrivateKey } from './note-key.ts';

export const NOTE_LIMITS = Object.freeze({ bytesMax: 65_536, signaturesMax: 100 });

export interface SignatureLine {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
}

export interface Note {
  /** With its last LF. */
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

export interface Verified {
  readonly key: NoteKey;
  /** Of a cosignature: POSIX seconds. */
  readonly time?: number;
}

/** Reads a note's form; verifies nothing. */
export function parseNote(note: string): Result<Note, LedgerRefusal> {
  // A character has at least one byte: what is longer need not be encoded to be refused.
  if (note.length > NOTE_LIMITS.bytesMax || encodeUtf8(note).length > NOTE_LIMITS.bytesMax) {
    return refuse('note_too_long', `A note has at most ${NOTE_LIMITS.bytesMax} bytes.`);
  }
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    return malformed('A note is UTF-8 without control characters but LF.');
  }
  const end = note.lastIndexOf('\n\n');
  if (end === -1) return malformed('A note has an empty line before its signatures.');
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) return malformed('A note ends with signature lines, each with an LF.');
  if (lines.length > NOTE_LIMITS.signaturesMax) {
    return malformed(`A note has at most ${NOTE_LIMITS.signaturesMax} signature lines.`);
  }
  const signatures: SignatureLine[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (!signature) return malformed(`Signature line ${signatures.length + 1} is not "— name base64".`);
    signatures.push(signature);
  }
  return ok({ text: note.slice(0, end + 1), signatures });
}

/** Keys whose signatures are good, each once and in order of appearance; and those of which one is bad. */
export function checkSignatures(
  { text, signatures }: Note,
  keys: readonly NoteKey[],
  ed25519: Ed25519 = nobleEd25519,
): { readonly good: Verified[]; readonly bad: NoteKey[] } {
  const good = new Map<NoteKey, Verified>();
  const bad = new Set<NoteKey>();
  for (const { name, id, signature } of signatures) {
    const key = keys.find((known) => known.name === name && known.id === id);
    if (!key) continue;
    const verified = verifyLine(key, text, signature, ed25519);
    if (!verified) bad.add(key);
    else if (!good.has(key)) good.set(key, verified);
  }
  return { good: [...good.values()].filter(({ key }) => !bad.has(key)), bad: [...bad] };
}

/** Reads a note and verifies the lines of known keys. One bad line of a known key refuses the whole note. */
export function openNote(
  note: string,
  keys: readonly NoteKey[],
  ed25519: Ed25519 = nobleEd25519,
): Result<Note & { readonly verified: readonly Verified[] }, LedgerRefusal> {
  const twin = keys.find((key, i) => keys.findIndex(({ name, id }) => name === key.name && id === key.id) < i);
  if (twin) return refuse('key_ambiguous', `Two known keys are called ${twin.name}+${twin.id}: remove one.`);
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { good, bad } = checkSignatures(parsed.value, keys, ed25519);
  const [first] = bad;
  if (first) return refuse('signature_wrong', `The signature of ${first.name}+${first.id} does not verify.`);
  return ok({ ...parsed.value, verified: good });
}

/** The line of a signature made anywhere: in a key file's process, in a KMS, by a witness. */
export const signatureLine = ({ name, id }: Pick<NoteKey, 'name' | 'id'>, signature: Uint8Array): string =>
  `— ${name} ${encodeBase64(concatBytes(fromHex(id), signature))}\n`;

/** Signs a text with keys of type 0x01. */
export function signNote(text: string, keys: readonly PrivateKey[], ed25519: Ed25519 = nobleEd25519): string {
  invariant(text.endsWith('\n') && keys.length > 0, 'a text ends with LF and is signed by someone');
  invariant(
    keys.every(({ key }) => key.type === ED25519),
    'a cosignature is made by cosignatureLine',
  );
  const message = encodeUtf8(text);
  return `${text}\n${keys.map(({ key, seed }) => signatureLine(key, ed25519.sign(seed, message))).join('')}`;
}

/** The line that a witness adds under a checkpoint. */
export const cosignatureLine = (
  { key, seed }: PrivateKey,
  text: string,
  seconds: number,
  ed25519: Ed25519 = nobleEd25519,
): string => signatureLine(key, cosign(seed, text, seconds, ed25519));

function parseSignatureLine(line: string): SignatureLine | undefined {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  if (!isKeyName(name) || !bytes || bytes.length < 5) return undefined;
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

function verifyLine(key: NoteKey, text: string, signature: Uint8Array, ed25519: Ed25519): Verified | undefined {
  if (key.type === ED25519) {
    return ed25519.verify(key.publicKey, encodeUtf8(text), signature) ? { key } : undefined;
  }
  const time = verifyCosignature(key.publicKey, text, signature, ed25519);
  return time === undefined ? undefined : { key, time };
}

const malformed = (detail: string) => refuse('note_malformed', detail);
