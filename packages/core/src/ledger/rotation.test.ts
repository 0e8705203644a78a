import { describe, expect, it } from 'vitest';
import { COSIGNATURE, formatVkey, privateKey } from './note/note-key.ts';
import { acceptRotation, rotationStatement, verifyRotation } from './rotation.ts';

const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const ORIGIN = 'ledger.example.com/support';
const old = privateKey(ORIGIN, seed(1));
const next = privateKey(ORIGIN, seed(2));
const rotation = { origin: ORIGIN, old: old.key, new: next.key, from: 12 };
const entry = {
  origin: ORIGIN,
  old: formatVkey(old.key),
  new: formatVkey(next.key),
  from: 12,
  accept: acceptRotation({ origin: ORIGIN, old: old.key, from: 12 }, next),
};
const codeOf = (change: object): string => {
  const verified = verifyRotation({ ...entry, ...change });
  return verified.ok ? 'accepted' : verified.error.code;
};

describe('a rotation of the log key', () => {
  it('is a statement of five lines that the new key signs', () => {
    expect(rotationStatement(rotation)).toBe(`surety.key-rotation.v1\n${ORIGIN}\n${entry.old}\n${entry.new}\n12\n`);
    expect(verifyRotation(entry)).toEqual({ ok: true, value: rotation });
  });

  it('is not accepted by another key, for another place or from another key', () => {
    const third = privateKey(ORIGIN, seed(3));
    expect(codeOf({ accept: acceptRotation(rotation, old) })).toBe('rotation_not_accepted');
    expect(codeOf({ accept: acceptRotation(rotation, third) })).toBe('rotation_not_accepted');
    expect(codeOf({ from: 13 })).toBe('rotation_not_accepted');
    expect(codeOf({ old: formatVkey(third.key) })).toBe('rotation_not_accepted');
    expect(codeOf({ accept: '' })).toBe('rotation_not_accepted');
    expect(codeOf({ accept: '?' })).toBe('rotation_not_accepted');
  });

  it('is between two Ed25519 keys of the origin', () => {
    expect(codeOf({ new: entry.old })).toBe('rotation_malformed');
    expect(codeOf({ origin: 'another.example.com' })).toBe('rotation_malformed');
    expect(codeOf({ new: formatVkey(privateKey(ORIGIN, seed(2), COSIGNATURE).key) })).toBe('rotation_malformed');
    expect(codeOf({ from: -1 })).toBe('rotation_malformed');
    expect(codeOf({ old: 'no key' })).toBe('key_malformed');
  });
});
