/** The portable hash and signature against known answers and against those of Node. */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, encodeUtf8, fromHex, toHex } from './bytes.ts';
import { sha256, sha256Hex } from './digest.ts';
import { type Ed25519, nobleEd25519 } from './signature.ts';

const PKCS8 = fromHex('302e020100300506032b657004220420');
const SPKI = fromHex('302a300506032b6570032100');
const privateOf = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.from(concatBytes(PKCS8, seed)), format: 'der', type: 'pkcs8' });
const publicOf = (key: Uint8Array) =>
  createPublicKey({ key: Buffer.from(concatBytes(SPKI, key)), format: 'der', type: 'spki' });
const nodeEd25519: Ed25519 = {
  publicKey: (seed) =>
    new Uint8Array(createPublicKey(privateOf(seed)).export({ format: 'der', type: 'spki' })).slice(SPKI.length),
  sign: (seed, message) => new Uint8Array(sign(null, message, privateOf(seed))),
  verify: (key, message, signature) => verify(null, message, publicOf(key), signature),
};

describe('SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of %j (FIPS 180-4 examples)', (text, digest) => {
    expect(sha256Hex(encodeUtf8(text))).toBe(digest);
  });

  it('is that of Node', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
      { seed: 7 },
    );
  });
});

/** RFC 8032, section 7.1: seed, public key, message, signature. */
const KNOWN: readonly (readonly [string, string, string, string])[] = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
];

describe('Ed25519', () => {
  it.each(KNOWN)('of the seed %s (RFC 8032)', (seed, publicKey, message, signature) => {
    for (const ed25519 of [nobleEd25519, nodeEd25519]) {
      expect(toHex(ed25519.publicKey(fromHex(seed)))).toBe(publicKey);
      expect(toHex(ed25519.sign(fromHex(seed), fromHex(message)))).toBe(signature);
      expect(ed25519.verify(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(true);
    }
  });

  it('is that of Node, for good signatures and for changed ones', () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(seed, fc.uint8Array({ maxLength: 100 }), fc.nat(63), fc.nat(7), (key, message, at, bit) => {
        const [ours, theirs] = [nobleEd25519.sign(key, message), nodeEd25519.sign(key, message)];
        expect(ours).toEqual(theirs);
        const publicKey = nobleEd25519.publicKey(key);
        const changed = ours.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        for (const ed25519 of [nobleEd25519, nodeEd25519]) {
          expect(ed25519.verify(publicKey, message, ours)).toBe(true);
          expect(ed25519.verify(publicKey, message, changed)).toBe(false);
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('does not verify, rather than throw, what has a wrong form', () => {
    const [, key, message, signature] = (KNOWN[1] as [string, string, string, string]).map(fromHex) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    expect(nobleEd25519.verify(key, message, signature.subarray(1))).toBe(false);
    expect(nobleEd25519.verify(key.subarray(1), message, signature)).toBe(false);
    expect(nobleEd25519.verify(new Uint8Array(32).fill(255), message, signature)).toBe(false);
    expect(nobleEd25519.verify(key, message, new Uint8Array(64).fill(255))).toBe(false);
  });

  it('refuses a key of small order and a signature with S of the group order or above, as RFC 8032 has it', () => {
    const identity = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0));
    expect(nobleEd25519.verify(identity, encodeUtf8('any'), concatBytes(identity, new Uint8Array(32)))).toBe(false);
    const [, key, message, signature] = KNOWN[1] as [string, string, string, string];
    const bytes = fromHex(signature);
    // S + L, little-endian: the same point, another text.
    const order = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
    let carry = 0;
    for (let i = 0; i < 32; i++) {
      const sum = (bytes[32 + i] as number) + (order[i] as number) + carry;
      bytes[32 + i] = sum & 0xff;
      carry = sum >> 8;
    }
    expect(nobleEd25519.verify(fromHex(key), fromHex(message), bytes)).toBe(false);
  });
});
