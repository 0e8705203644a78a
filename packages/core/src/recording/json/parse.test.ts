import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { parseJson, TOO_DEEP } from './parse.ts';

describe('parsing a JSON text', () => {
  it('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['{"a": tru}', 7, '"tru" is not a JSON value'],
    ['{} {}', 4, 'something stands behind the end of the value'],
    ['  ', 1, 'nothing stands here'],
    ['{"a": 1', 8, 'the text ends too early'],
  ])('says where %j breaks', (text, column, says) => {
    expect(parseJson(text)).toEqual({ ok: false, error: { place: { line: 1, column }, says } });
  });

  it('reads brackets nested as deep as the limit, and no deeper', () => {
    const { nesting: n } = RECORDING_LIMITS;
    expect(parseJson('['.repeat(n) + ']'.repeat(n)).ok).toBe(true);
    expect(parseJson('['.repeat(n + 1) + ']'.repeat(n + 1))).toMatchObject({ error: { says: TOO_DEEP } });
    expect(parseJson('['.repeat(1_000_000))).toMatchObject({ error: { says: TOO_DEEP } });
  });

  it('leaves prototypes alone', () => {
    const parsed = parseJson('{"__proto__": {"admin": true}}');
    expect(parsed.ok && Object.getPrototypeOf(parsed.value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});
