/** SHA-256 (FIPS 180-4) and Ed25519 (RFC 8032) by Node, as core's values: the same answers, several times faster. */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { concatBytes, type Ed25519, fromHex, type Sha256, toHex } from '@surety/core/crypto';

/** Key objects are dear to make and few are in use: the log's, the pack's, some witnesses'. */
const KEYS_MAX = 64;
/** RFC 8410: what stands before the 32 bytes of a private and of a public key. */
const PKCS8 = fromHex('302e020100300506032b657004220420');
const SPKI = fromHex('302a300506032b6570032100');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** Points of order 1, 2, 4 and 8, without their sign: under such a key anybody can sign. OpenSSL takes them, noble does not. */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '00'.repeat(32),
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

const HASH_BYTES = 32;

/** Through a text of 32 characters: a third of what a Buffer from Node's own pool costs, and a plain Uint8Array. */
export const nodeSha256: Sha256 = (bytes) => {
  const text = hash('sha256', bytes, 'binary');
  const digest = new Uint8Array(HASH_BYTES);
  for (let i = 0; i < HASH_BYTES; i++) digest[i] = text.charCodeAt(i);
  return digest;
};

const privateKeyOf = remembered((seed) => createPrivateKey({ key: der(PKCS8, seed), format: 'der', type: 'pkcs8' }));
const publicKeyOf = remembered((key) => {
  if (isWeak(key)) throw new RangeError('A public key that proves nothing.');
  return createPublicKey({ key: der(SPKI, key), format: 'der', type: 'spki' });
});

export const nodeEd25519: Ed25519 = {
  publicKey(seed) {
    const exported = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
    return new Uint8Array(exported.subarray(SPKI.length));
  },
  sign: (seed, message) => new Uint8Array(sign(null, message, privateKeyOf(seed))),
  verify(publicKey, message, signature) {
    if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
    try {
      return verify(null, message, publicKeyOf(publicKey), signature);
    } catch {
      return false;
    }
  },
};

/** Of small order, or spelled otherwise than RFC 8032, section 5.1.3, has it: a coordinate of 2^255 - 19 or more. */
function isWeak(key: Uint8Array): boolean {
  const unsigned = key.map((byte, i) => (i === KEY_BYTES - 1 ? byte & 0x7f : byte));
  const text = toHex(unsigned);
  return SMALL_ORDER.has(text) || (text.endsWith(`${'ff'.repeat(30)}7f`) && (key[0] ?? 0) >= 0xed);
}

function der(head: Uint8Array, key: Uint8Array): Buffer {
  if (key.length !== KEY_BYTES) throw new RangeError(`A key of Ed25519 has ${KEY_BYTES} bytes, not ${key.length}.`);
  return Buffer.from(concatBytes(head, key));
}

/** The oldest is forgotten first. */
function remembered(make: (bytes: Uint8Array) => KeyObject): (bytes: Uint8Array) => KeyObject {
  const made = new Map<string, KeyObject>();
  return (bytes) => {
    const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const known = made.get(name);
    if (known) return known;
    const key = make(bytes);
    const [oldest] = made.keys();
    if (made.size >= KEYS_MAX && oldest !== undefined) made.delete(oldest);
    made.set(name, key);
    return key;
  };
}
