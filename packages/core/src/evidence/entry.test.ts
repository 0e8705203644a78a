import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, concatBytes, encodeUtf8, fromHex, sha256Hex, toHex } from '../crypto/index.ts';
import { type Entry, entryBytes, readCanonical, readEntry } from './entry.ts';
import { textProblem } from './entry-text.ts';
import { profileProblem } from './profile.ts';

interface Case {
  readonly name: string;
  readonly code?: string;
  readonly text?: string;
  readonly hex?: string;
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../fixtures/entries/${name}.json`, import.meta.url), 'utf8'));
const bytesOf = ({ text, hex }: Case): Uint8Array => (hex === undefined ? encodeUtf8(text ?? '') : fromHex(hex));
const codeOf = (bytes: Uint8Array): string => {
  const read = readEntry(bytes);
  return read.ok ? 'read' : read.error.code;
};

const ENTRY: Entry = { v: 1, seq: 0, id: 'a', type: 'ledger.opened', at: 1, by: 'system:ledger', data: {} };
/** An entry whose bytes are exactly so many. */
const padded = (size: number): Entry => {
  const empty = entryBytes({ ...ENTRY, data: { a: '' } });
  if (!empty.ok) throw new Error(empty.error.detail);
  return { ...ENTRY, data: { a: 'x'.repeat(size - empty.value.length) } };
};

describe('an entry is read', () => {
  it.each(fixture('accepted') as Case[])('$name', (given) => {
    const bytes = bytesOf(given);
    const read = readEntry(bytes);
    if (!read.ok) throw new Error(read.error.detail);
    expect(entryBytes(read.value)).toEqual({ ok: true, value: bytes });
  });

  it('of the worked example, to the byte', () => {
    const { entries } = fixture('worked-example') as { entries: string[] };
    for (const text of entries) {
      const read = readEntry(encodeUtf8(text));
      if (!read.ok) throw new Error(read.error.detail);
      expect(entryBytes({ ...read.value })).toEqual({ ok: true, value: encodeUtf8(text) });
    }
  });

  it('up to 65,535 bytes, and written up to as many', () => {
    const full = entryBytes(padded(65_535));
    if (!full.ok) throw new Error(full.error.detail);
    expect(full.value).toHaveLength(65_535);
    expect(codeOf(full.value)).toBe('read');
    expect(entryBytes(padded(65_536))).toMatchObject({ ok: false, error: { code: 'too_long' } });
    expect(codeOf(encodeUtf8(canonical(padded(65_536))))).toBe('too_long');
  });
});

describe('an entry is refused', () => {
  it.each(fixture('refused') as Case[])('$name', (given) => {
    expect(codeOf(bytesOf(given))).toBe(given.code);
  });

  it('with a byte cut off, changed to a space, or put before', () => {
    const bytes = bytesOf((fixture('accepted') as [Case])[0]);
    expect(codeOf(bytes.subarray(1))).toBe('not_json');
    expect(codeOf(bytes.subarray(0, -1))).toBe('not_json');
    expect(codeOf(concatBytes(Uint8Array.of(0x20), bytes))).toBe('not_canonical');
  });
});

describe('an entry is not written', () => {
  it.each<[string, object, string]>([
    ['with a fraction', { data: { a: 0.5 } }, 'not_integer'],
    ['with a lone surrogate', { data: { a: '\ud800' } }, 'lone_surrogate'],
    ['with a lone surrogate in a name', { data: { '\udc00': 1 } }, 'lone_surrogate'],
    ['with a member that is undefined', { data: { a: undefined } }, 'not_json'],
    ['with a date', { data: { a: new Date(0) } }, 'not_json'],
    ['with a wrong envelope', { by: 'nobody' }, 'envelope'],
  ])('%s', (_, change, code) => {
    expect(entryBytes({ ...ENTRY, ...change } as Entry)).toMatchObject({ ok: false, error: { code } });
  });
});

it('minus zero, which arithmetic can give, is written as zero', () => {
  expect(entryBytes({ ...ENTRY, data: { a: -0 } })).toEqual(entryBytes({ ...ENTRY, data: { a: 0 } }));
});

/** What the one pass over the text must agree with: written anew, it is the same text. */
function isOneForm(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return profileProblem(value) === undefined && canonical(value) === text;
}

const jsonValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, true, false, -0, 2 ** 53),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'b', '\n', '"', '\\', '\u{1f600}', '\ufb33', '1', '0') }),
      tie('value'),
      {
        maxKeys: 5,
      },
    ),
  ),
})).value;

describe('the pass over the text', () => {
  it('agrees with writing the value anew, for any JSON text in any order', () => {
    let refused = 0;
    fc.assert(
      fc.property(jsonValue, fc.boolean(), (value, sorted) => {
        const text = sorted && profileProblem(value) !== 'lone_surrogate' ? canonical(value) : JSON.stringify(value);
        if (!isOneForm(text)) refused++;
        expect(textProblem(text) === undefined).toBe(isOneForm(text));
      }),
      { numRuns: 3_000, seed: 7 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('agrees with it after any one character is changed', () => {
    const texts = (fixture('accepted') as Case[]).map(({ text }) => text ?? '');
    const letters = '{}[]",:0123456789.-eE\\ubnrtfx \n\u001f\u00e9a';
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.nat(letters.length - 1),
        fc.boolean(),
        (text, at, k, insert) => {
          const place = at % text.length;
          const changed = text.slice(0, place) + letters[k] + text.slice(insert ? place : place + 1);
          const read = readCanonical(encodeUtf8(changed));
          const isJson = ((): boolean => {
            try {
              JSON.parse(changed);
              return true;
            } catch {
              return false;
            }
          })();
          expect(read.ok).toBe(isJson && isOneForm(changed));
        },
      ),
      { numRuns: 5_000, seed: 7 },
    );
  });

  it('gives one digest to one value: what is read and written anew is the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()), (data) => {
        const bytes = entryBytes({ ...ENTRY, data });
        if (!bytes.ok) throw new Error(bytes.error.detail);
        const read = readEntry(bytes.value);
        if (!read.ok) throw new Error(read.error.detail);
        const again = entryBytes(read.value);
        expect(again.ok && toHex(again.value)).toBe(toHex(bytes.value));
        expect(again.ok && sha256Hex(again.value)).toBe(sha256Hex(bytes.value));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
