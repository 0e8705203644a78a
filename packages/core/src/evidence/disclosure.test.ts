import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, decodeUtf8, encodeUtf8, fromHex } from '../crypto/index.ts';
import type { Json } from '../terms/json.ts';
import { checkDisclosure, commit, commitmentsIn, disclose, disclosureBytes, readDisclosure } from './disclosure.ts';

const example = (
  JSON.parse(readFileSync(new URL('../../../../fixtures/entries/worked-example.json', import.meta.url), 'utf8')) as {
    commitment: { salt: string; label: string; value: string; commitment: string };
  }
).commitment;
const SALT = fromHex(example.salt);
const disclosure = disclose(SALT, example.label, example.value);
const codeOf = (text: string): string => {
  const read = readDisclosure(encodeUtf8(text));
  return read.ok ? 'read' : read.error.code;
};

describe('a commitment', () => {
  it('is that of the worked example', () => {
    expect(commit(SALT, example.label, example.value)).toEqual({ commitment: example.commitment });
  });

  it('differs with salt, label and value', () => {
    const other = Uint8Array.from(SALT, (byte) => byte ^ 1);
    const all = [
      commit(SALT, 'a', 'x'),
      commit(other, 'a', 'x'),
      commit(SALT, 'b', 'x'),
      commit(SALT, 'a', 'y'),
      commit(SALT, 'a', ['x']),
    ];
    expect(new Set(all.map(({ commitment }) => commitment)).size).toBe(all.length);
  });

  it('refuses a salt of another length, and what is not in the profile', () => {
    expect(() => commit(new Uint8Array(16), 'a', 1)).toThrow('32 bytes');
    expect(() => commit(SALT, 'a', 0.5)).toThrow('entry profile');
  });

  it('is found wherever it stands', () => {
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    const found = commitmentsIn({ x: [{ commitment: a }], y: { z: { commitment: b } }, commitment: 'no', w: 'text' });
    expect([...found]).toEqual([a, b]);
  });
});

describe('a disclosure', () => {
  it('is one canonical line and opens its commitment', () => {
    const bytes = disclosureBytes(disclosure);
    expect(decodeUtf8(bytes)).toBe(
      `{"commitment":"${example.commitment}","label":"args","salt":"${example.salt}","value":${JSON.stringify(example.value)}}`,
    );
    expect(readDisclosure(bytes)).toEqual({ ok: true, value: disclosure });
  });

  it('opens no other commitment', () => {
    for (const change of [{ value: 'another' }, { label: 'arg' }, { salt: '00'.repeat(32) }]) {
      expect(checkDisclosure({ ...disclosure, ...change })).toMatchObject({ error: { code: 'disclosure_mismatch' } });
    }
  });

  it.each<[string, string]>([
    ['white space', ` ${canonical(disclosure)}`],
    ['another order', JSON.stringify(Object.fromEntries(Object.entries(disclosure).reverse()))],
    ['one member more', canonical({ ...disclosure, note: '' })],
    ['a name twice', canonical(disclosure).replace('"label"', '"commitment":"","label"')],
    ['no value', canonical({ commitment: example.commitment, label: 'args', salt: example.salt })],
    ['uppercase hex', canonical({ ...disclosure, salt: example.salt.toUpperCase() })],
    ['a fraction as value', canonical({ ...disclosure, value: 0.5 })],
    ['no JSON', '{'],
  ])('with %s is refused', (_, text) => {
    expect(codeOf(text)).toBe('disclosure_malformed');
  });

  it('holds values of up to 32 levels and 1 MiB', () => {
    const nested = (levels: number): Json => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(codeOf(canonical(disclose(SALT, 'a', nested(32))))).toBe('read');
    expect(codeOf(canonical({ ...disclosure, value: nested(33) }))).toBe('disclosure_malformed');
    expect(codeOf(canonical(disclose(SALT, 'a', 'x'.repeat(1_048_574))))).toBe('read');
    expect(codeOf(canonical(disclose(SALT, 'a', 'x'.repeat(1_048_575))))).toBe('disclosure_malformed');
  });

  it('of any value comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string(),
        fc.string({ unit: 'grapheme' }),
        (salt, label, value) => {
          const given = disclose(salt, label, value);
          expect(readDisclosure(disclosureBytes(given))).toEqual({ ok: true, value: given });
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });
});
