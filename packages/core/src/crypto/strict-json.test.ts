import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrict } from './strict-json.ts';

const problemOf = (text: string, depthMax?: number): string => {
  const read = parseStrict(text, depthMax);
  return read.ok ? 'read' : `${read.error.code} ${read.error.at}`;
};

describe('strict JSON', () => {
  it.each([
    ['{"a":1,"a":1}', 'duplicate_name 7'],
    ['{"a":1,"\\u0061":1}', 'duplicate_name 7'],
    ['[{"__proto__":1,"__proto__":2}]', 'duplicate_name 16'],
    ['["\\ud83d"]', 'lone_surrogate 1'],
    ['{"\\ude00":1}', 'lone_surrogate 1'],
    ['1e400', 'number_too_large 0'],
    ['', 'syntax 0'],
    ['[1,]', 'syntax 3'],
    ['{"a":1,}', 'syntax 7'],
    ['{a:1}', 'syntax 1'],
    ['{"a" 1}', 'syntax 5'],
    ['[1 2]', 'syntax 3'],
    ['[01]', 'syntax 2'],
    ['[1.]', 'syntax 2'],
    ['-', 'syntax 0'],
    ['"a', 'syntax 0'],
    ['"a\\', 'syntax 0'],
    ['"\t"', 'syntax 0'],
    ['"\\x"', 'syntax 0'],
    ['nul', 'syntax 0'],
    ['{} {}', 'syntax 3'],
    ['\ufeff{}', 'syntax 0'],
    ['\u00a0{}', 'syntax 0'],
  ])('%j: %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('goes as deep as it is told, and never overflows', () => {
    expect(problemOf('[[1]]', 2)).toBe('read');
    expect(problemOf('[[[1]]]', 2)).toBe('too_deep 2');
    expect(problemOf('['.repeat(1_000_000))).toBe('too_deep 512');
  });

  it('keeps a member called __proto__ a member', () => {
    const read = parseStrict('{"__proto__":{"a":1}}');
    expect(read.ok && Object.keys(read.value as object)).toEqual(['__proto__']);
    expect(read.ok && (read.value as { a?: number }).a).toBeUndefined();
  });

  it('reads what JSON.parse reads, where nothing is wrong', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(0, 1, '\t', '\r\n '), (text, space) => {
        const spaced = JSON.stringify(JSON.parse(text), null, space);
        expect(parseStrict(spaced)).toEqual({ ok: true, value: JSON.parse(spaced) });
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const letters = fc.constantFrom(...'{}[]",:01.-e\\utrfalsn ');
    fc.assert(
      fc.property(fc.json(), fc.nat(), letters, (text, at, letter) => {
        const place = at % text.length;
        const changed = text.slice(0, place) + letter + text.slice(place + 1);
        let isJson = true;
        try {
          JSON.parse(changed);
        } catch {
          isJson = false;
        }
        if (!isJson) expect(problemOf(changed)).toMatch(/^syntax|^number_too_large|^duplicate_name|^lone_surrogate/);
        else expect(problemOf(changed)).not.toMatch(/^syntax/);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
