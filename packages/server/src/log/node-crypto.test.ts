/** Node's crypto and noble's give the same answers. */
import { decodeHex, encodeUtf8, nobleEd25519, sha256, toHex } from '@surety/core/crypto';
import { describe, expect, it } from 'vitest';
import { nodeEd25519, nodeSha256 } from './node-crypto.ts';

/** Bytes that look random and are the same in every run. */
const bytesOf = (seed: string, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let block = sha256(encodeUtf8(seed));
  for (let i = 0; i < length; i++) {
    if (i % 32 === 0) block = sha256(block);
    bytes[i] = block[i % 32] as number;
  }
  return bytes;
};
const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = bytes.slice();
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
};
const hex = (text: string): Uint8Array => decodeHex(text) as Uint8Array;

describe('SHA-256', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 247, 1_000, 8_192, 65_535])('of %i bytes', (length) => {
    const bytes = bytesOf('sha', length);
    expect(toHex(nodeSha256(bytes))).toBe(toHex(sha256(bytes)));
    expect(toHex(nodeSha256(bytesOf('view', length + 7).subarray(3, 3 + length)))).toBe(
      toHex(sha256(bytesOf('view', length + 7).subarray(3, 3 + length))),
    );
  });

  it('gives bytes of their own, of the plain kind', () => {
    const digest = nodeSha256(encodeUtf8('abc'));
    expect(digest.constructor).toBe(Uint8Array);
    const again = toHex(digest);
    nodeSha256(encodeUtf8('abd'));
    expect(toHex(digest)).toBe(again);
  });
});

describe('Ed25519', () => {
  // RFC 8032, section 7.1, tests 1 to 3: https://www.rfc-editor.org/rfc/rfc8032#section-7.1
  it.each([
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
  ])('of the RFC: %s', (seed, publicKey, message, signature) => {
    for (const ed25519 of [nodeEd25519, nobleEd25519]) {
      expect(toHex(ed25519.publicKey(hex(seed)))).toBe(publicKey);
      expect(toHex(ed25519.sign(hex(seed), hex(message)))).toBe(signature);
      expect(ed25519.verify(hex(publicKey), hex(message), hex(signature))).toBe(true);
    }
  });

  it('signs alike with more keys than it remembers, and verifies what the other signed', () => {
    for (let i = 0; i < 100; i++) {
      const seed = bytesOf(`seed ${i}`, 32);
      const message = bytesOf(`message ${i}`, i * 7);
      const signature = nodeEd25519.sign(seed, message);
      const publicKey = nodeEd25519.publicKey(seed);
      expect(toHex(signature)).toBe(toHex(nobleEd25519.sign(seed, message)));
      expect(toHex(publicKey)).toBe(toHex(nobleEd25519.publicKey(seed)));
      expect(nodeEd25519.verify(publicKey, message, signature)).toBe(true);
      expect(nobleEd25519.verify(publicKey, message, signature)).toBe(true);
    }
  });

  it('refuses alike: a flipped bit of signature, key or message', () => {
    const seed = bytesOf('seed', 32);
    const message = bytesOf('message', 40);
    const signature = nodeEd25519.sign(seed, message);
    const publicKey = nodeEd25519.publicKey(seed);
    for (let bit = 0; bit < 512; bit += 5) {
      for (const ed25519 of [nodeEd25519, nobleEd25519]) {
        expect(ed25519.verify(publicKey, message, flip(signature, bit))).toBe(false);
        expect(ed25519.verify(flip(publicKey, bit % 256), message, signature)).toBe(false);
        expect(ed25519.verify(publicKey, flip(message, bit % 320), signature)).toBe(false);
      }
    }
  });

  it.each([
    ['1', `01${'00'.repeat(31)}`],
    ['1 with a sign', `01${'00'.repeat(30)}80`],
    ['2', `ec${'ff'.repeat(30)}7f`],
    ['4', '00'.repeat(32)],
    ['4 with a sign', `${'00'.repeat(31)}80`],
    ['8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['8, the other', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['1, spelled otherwise', `ee${'ff'.repeat(30)}7f`],
    ['4, spelled otherwise', `ed${'ff'.repeat(30)}ff`],
  ])('takes no signature under a key of order %s', (_, key) => {
    for (const ed25519 of [nodeEd25519, nobleEd25519])
      for (let i = 0; i < 16; i++) {
        // R is the point itself or the neutral one and S is 0: good for one message in eight without the check.
        expect(ed25519.verify(hex(key), bytesOf(`${i}`, 9), hex(key + '00'.repeat(32)))).toBe(false);
        expect(ed25519.verify(hex(key), bytesOf(`${i}`, 9), hex(`01${'00'.repeat(63)}`))).toBe(false);
      }
  });

  it('never throws for a key or signature of a wrong form', () => {
    const seed = bytesOf('seed', 32);
    const signature = nodeEd25519.sign(seed, seed);
    const publicKey = nodeEd25519.publicKey(seed);
    for (const ed25519 of [nodeEd25519, nobleEd25519]) {
      expect(ed25519.verify(publicKey.subarray(1), seed, signature)).toBe(false);
      expect(ed25519.verify(publicKey, seed, signature.subarray(1))).toBe(false);
      expect(ed25519.verify(new Uint8Array(32).fill(0xff), seed, signature)).toBe(false);
      expect(ed25519.verify(new Uint8Array(0), seed, new Uint8Array(0))).toBe(false);
      // S not below the order of the group (RFC 8032, section 5.1.7)
      expect(
        ed25519.verify(
          publicKey,
          seed,
          signature.map((byte, i) => (i < 32 ? byte : 0xff)),
        ),
      ).toBe(false);
    }
    expect(() => nodeEd25519.sign(seed.subarray(1), seed)).toThrow('32 bytes');
  });
});
