/**
 * Keys of signed notes (C2SP signed-note):
 *
 *     key ID = SHA-256(name || LF || type byte || public key)[0:4]
 *     vkey   = name+hex(key ID)+b64(type byte || public key)
 *     secret = PRIVATE+KEY+name+hex(key ID)+b64(0x01 || seed)
 */
import {
  concatBytes,
  decodeBase64,
  type Ed25519,
  encodeBase64,
  encodeUtf8,
  nobleEd25519,
  sha256,
  toHex,
} from '../../crypto/index.ts';
import { invariant, ok, type Result } from '../../result.ts';
import { type LedgerRefusal, refuse } from '../refusal.ts';

/** Of the log and of packs. */
export const ED25519 = 0x01;
/** Of witnesses: a cosignature that tells its time. */
export const COSIGNATURE = 0x04;

export interface NoteKey {
  readonly name: string;
  /** 8 lowercase hex digits. */
  readonly id: string;
  readonly type: typeof ED25519 | typeof COSIGNATURE;
  readonly publicKey: Uint8Array;
}

/** A private key: its seed and the public key of it. */
export interface PrivateKey {
  readonly key: NoteKey;
  readonly seed: Uint8Array;
}

/** No white space, no plus, no control character; U+0085 is a space to others, though not to `\s`. */
const NAME = /^[^\s+\u0000-\u001f\u007f\u0085]+$/;
const KEY_BYTES = 32;
const SECRET = 'PRIVATE+KEY+';

export const isKeyName = (name: string): boolean => NAME.test(name) && name.isWellFormed();

export function noteKey(name: string, type: NoteKey['type'], publicKey: Uint8Array): NoteKey {
  invariant(isKeyName(name) && publicKey.length === KEY_BYTES, 'a key has a name without spaces and 32 bytes');
  const hashed = sha256(concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, id: toHex(hashed.subarray(0, 4)), type, publicKey };
}

export const formatVkey = ({ name, id, type, publicKey }: NoteKey): string =>
  `${name}+${id}+${encodeBase64(concatBytes(Uint8Array.of(type), publicKey))}`;

export function parseVkey(text: string): Result<NoteKey, LedgerRefusal> {
  const parts = readParts(text);
  if (!parts) return malformed('A vkey is name+id+key, the key 33 bytes in base64.');
  const { name, id, type, bytes } = parts;
  if (type !== ED25519 && type !== COSIGNATURE) {
    return malformed('The type of a vkey is 0x01 (Ed25519) or 0x04 (cosignature).');
  }
  const key = noteKey(name, type, bytes);
  return key.id === id ? ok(key) : malformed(`The id of this vkey is not ${id} but ${key.id}: it was cut or mistyped.`);
}

/** The key pair of a seed. */
export function privateKey(
  name: string,
  seed: Uint8Array,
  type: NoteKey['type'] = ED25519,
  ed25519: Ed25519 = nobleEd25519,
): PrivateKey {
  return { key: noteKey(name, type, ed25519.publicKey(seed)), seed };
}

export const formatPrivateKey = ({ key, seed }: PrivateKey): string =>
  `${SECRET}${key.name}+${key.id}+${encodeBase64(concatBytes(Uint8Array.of(key.type), seed))}`;

/** Reads one line without its LF. What is refused is not repeated in the detail: it may be half a secret. */
export function parsePrivateKey(line: string, ed25519: Ed25519 = nobleEd25519): Result<PrivateKey, LedgerRefusal> {
  const parts = line.startsWith(SECRET) ? readParts(line.slice(SECRET.length)) : undefined;
  if (!parts) return malformed('A private key is PRIVATE+KEY+name+id+seed, the seed 33 bytes in base64.');
  const { name, id, type, bytes } = parts;
  if (type !== ED25519 && type !== COSIGNATURE) return malformed('The type of a private key is 0x01 or 0x04.');
  const pair = privateKey(name, bytes, type, ed25519);
  return pair.key.id === id ? ok(pair) : malformed('The id of this private key is not that of its name and seed.');
}

/** name+id+b64, where the base64 may hold a plus of its own. */
function readParts(text: string) {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = decodeBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 1 + KEY_BYTES) return undefined;
  return { name, id, type: bytes[0], bytes: bytes.slice(1) };
}

const malformed = (detail: string) => refuse('key_malformed', detail);
