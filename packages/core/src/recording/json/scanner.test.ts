import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { JsonScanner } from './scanner.ts';

/** Everything the scanner says about a text that comes in these pieces. */
function scan(...pieces: string[]): string[] {
  const scanner = new JsonScanner();
  const said: string[] = [];
  const say = (event: string): string => {
    const { line, column } = scanner.place;
    if (event === 'begin') return `begin ${scanner.opener} ${scanner.level} ${line}:${column}`;
    if (event === 'end') return `end ${scanner.level}`;
    if (event === 'key') return `key ${scanner.key}`;
    return `fault ${line}:${column} ${scanner.fault}`;
  };
  for (const piece of pieces) {
    scanner.feed(piece);
    for (let event = scanner.next(); event !== 'more'; event = scanner.next()) {
      said.push(say(event));
      if (event === 'fault') return said;
    }
  }
  for (let event = scanner.finish(); event !== 'more'; event = scanner.finish()) {
    said.push(say(event));
    if (event === 'fault') return said;
  }
  return said;
}

const lastOf = (text: string): string => scan(text).at(-1) ?? '';

describe('a JSON scanner', () => {
  it('says where values begin and end and what the names of the outermost object are', () => {
    expect(scan('{"a": [1,\n {"b": "x"}]}')).toEqual([
      'begin { 0 1:1',
      'key a',
      'begin [ 1 1:7',
      'begin 1 2 1:8',
      'end 2',
      'begin { 2 2:2',
      'begin " 3 2:8',
      'end 3',
      'end 2',
      'end 1',
      'end 0',
    ]);
  });

  it('says the same however the text is cut into pieces', () => {
    const text = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n01-.etrufals') }),
    );
    fc.assert(
      fc.property(text, fc.array(fc.nat(12)), (whole, cuts) => {
        const pieces: string[] = [];
        let from = 0;
        for (const cut of cuts) {
          pieces.push(whole.slice(from, from + cut));
          from += cut;
        }
        expect(scan(...pieces, whole.slice(from))).toEqual(scan(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('breaks exactly where JSON.parse refuses the text', () => {
    const nearly = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom(...'{}[]",:\\ \n0-.eux\u0000'));
    fc.assert(
      fc.property(nearly, ([json, at, char]) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + char + json.slice(place);
        const scanned = scan(text);
        const isOne = scanned.filter((said) => said.startsWith('begin') && said.split(' ')[2] === '0').length === 1;
        expect(isOne && !scanned.at(-1)?.startsWith('fault')).toBe(parses(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['{"a" 1}', 'fault 1:6 "1" stands where a colon is expected'],
    ['{"a": 1,}', 'fault 1:9 "}" stands where a name in quotes is expected'],
    ['[1,]', 'fault 1:4 "]" stands where a value is expected'],
    ['{"a": [1}', 'fault 1:9 "}" stands where a comma or a closing bracket is expected'],
    ['{"a": 1\n "b": 2}', 'fault 2:2 "\\"" stands where a comma or a closing bracket is expected'],
    ['[NaN]', 'fault 1:2 "NaN" is not a JSON value'],
    ['[01]', 'fault 1:2 "01" is not a JSON value'],
    ['["a\nb"]', 'fault 1:4 a text in quotes that is not closed in its line'],
    ['["\\x"]', 'fault 1:4 a backslash that escapes nothing known'],
    ['["\\u12g4"]', 'fault 1:7 an escape without its four digits'],
    ['["a', 'fault 1:4 the text ends too early'],
    ['[', 'fault 1:2 the text ends too early'],
    [']', 'fault 1:1 "]" stands where a value is expected'],
    ['\u0000', 'fault 1:1 "\\u0000" stands where a value is expected'],
  ])('points at the break in %j', (text, fault) => expect(lastOf(text)).toBe(fault));

  it('follows brackets to a great depth without a stack of its own, and no deeper than the limit', () => {
    const { nestingFollowed: n } = RECORDING_LIMITS;
    expect(lastOf('['.repeat(n) + ']'.repeat(n))).toBe('end 0');
    expect(lastOf('['.repeat(n + 1))).toBe(`fault 1:${n + 1} brackets are nested too deep`);
  });

  it('reads a number of as many characters as the limit, and no longer one', () => {
    const { wordChars: n } = RECORDING_LIMITS;
    expect(lastOf('1'.repeat(n))).toBe('end 0');
    expect(lastOf('1'.repeat(n + 1))).toBe('fault 1:1 a number that is too long');
    expect(scan('1'.repeat(n), '1').at(-1)).toBe('fault 1:1 a number that is too long');
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
