import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from './bytes.ts';
import { canonical } from './canonical.ts';
import { canonicalBytes } from './canonical-bytes.ts';
import { parseStrict } from './strict-json.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const FOLDER = resolve(process.env.SURETY_SHARED ?? resolve(ROOT, '../shared'), 'vectors/jcs');
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`skipped: vectors of RFC 8785, looked for in ${FOLDER}`);

const read = (path: string): string => readFileSync(resolve(FOLDER, path), 'utf8');
const valueOf = (text: string): unknown => {
  const parsed = parseStrict(text);
  if (!parsed.ok) throw new Error(`${parsed.error.code} at ${parsed.error.at}`);
  return parsed.value;
};

describe.skipIf(!isThere)('the vectors of RFC 8785', () => {
  it.each(isThere ? readdirSync(resolve(FOLDER, 'input')) : [])('%s, through both readers', (name) => {
    const output = read(`output/${name}`);
    expect(canonical(valueOf(read(`input/${name}`)))).toBe(output);
    expect(canonical(JSON.parse(read(`input/${name}`)))).toBe(output);
    expect(canonical(valueOf(output))).toBe(output);
    expect(canonicalBytes(valueOf(output))).toEqual(encodeUtf8(output));
  });

  it('are all there', () => {
    expect(readdirSync(resolve(FOLDER, 'input'))).toHaveLength(6);
  });
});

describe('canonical', () => {
  it.each<[string, string]>([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['41b3de4355555553', '333333333.3333332'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s (RFC 8785, appendix B)', (hex, text) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(`0x${hex}`));
    expect(canonical(view.getFloat64(0))).toBe(text);
  });

  it.each<[string, unknown, string]>([
    ['a lone surrogate', ['\ud800'], 'lone surrogate'],
    ['a lone surrogate in a name', { '\udc00': 1 }, 'lone surrogate'],
    ['infinity', [Number.POSITIVE_INFINITY], 'finite'],
    ['no number', Number.NaN, 'finite'],
    ['undefined', { a: undefined }, 'only JSON'],
    ['a function', () => 1, 'only JSON'],
    ['a big integer', 1n, 'only JSON'],
  ])('has no form for %s', (_, value, says) => {
    expect(() => canonical(value)).toThrow(says);
  });

  it('gives one text to one value, however its members were ordered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(canonical(valueOf(text))).toBe(text);
        expect(canonical(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('sorts names by their UTF-16 units', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 50, size: 'max' }), (names) => {
        const keys = Object.keys(JSON.parse(canonical(Object.fromEntries(names.map((name) => [`k${name}`, 0])))));
        expect(keys).toEqual([...names].map((name) => `k${name}`).sort((a, b) => (a < b ? -1 : 1)));
      }),
      { seed: 7 },
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const);
  return Object.fromEntries(members.reverse());
}

describe('canonicalBytes', () => {
  it('gives the bytes of the canonical text', () => {
    const keys = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('10', '9', '__proto__', '"', '\\'));
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const json = fc.letrec((tie) => ({
      any: fc.oneof(values, fc.jsonValue(), fc.array(tie('any')), fc.dictionary(keys, tie('any'))),
    })).any;
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalBytes(value)).toEqual(encodeUtf8(canonical(value)));
      }),
    );
  });

  it('grows with what is written, and keeps nothing of what was refused', () => {
    const long = { b: 'x'.repeat(100_000), a: ['é'.repeat(50_000), '"\\\u0001'] };
    expect(canonicalBytes(long)).toEqual(encodeUtf8(canonical(long)));
    for (const wrong of [['\ud800'], { '\ud800': 1 }, [Number.NaN], [undefined]])
      expect(() => canonicalBytes(wrong)).toThrow(/lone surrogate|finite|only JSON/);
    expect(canonicalBytes({ b: 1, a: null })).toEqual(encodeUtf8('{"a":null,"b":1}'));
  });

  it('knows names in each sequence, however many there are', () => {
    for (let i = 0; i < 10_000; i++) {
      const value = { [`k${i}`]: 1, a: 2, [`b${i % 7}`]: 3 };
      expect(canonicalBytes(value)).toEqual(encodeUtf8(canonical(value)));
    }
  });
});
