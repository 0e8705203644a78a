import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { PACT_LIMITS } from './pact-limits.ts';
import { readYaml, type Source } from './source.ts';

const sourceOf = (text: string): Source => {
  const read = readYaml('a.yaml', text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};
const refusals = (text: string): string[] => {
  const read = readYaml('a.yaml', text);
  return read.ok ? [] : read.error.map(show);
};
const show = ({ code, range }: Diagnostic): string =>
  `${code} ${range.line}:${range.column}-${range.end_line}:${range.end_column}`;

describe('readYaml', () => {
  it('reads YAML 1.2 core: yes, no and on are text, and so is a date', () => {
    const { value } = sourceOf('a: yes\nb: no\non: off\nd: 2026-01-02\nt: true\nn: 012\nf: 42.00\nz: -05:00\ne:\n');
    const expected = { a: 'yes', b: 'no', on: 'off', d: '2026-01-02', t: true, n: 12, f: 42, z: '-05:00', e: null };
    expect(value).toEqual(expected);
  });

  it('tells what a number was written as', () => {
    expect(sourceOf('a: [42.00, 1e2]').writtenAt(['a', 0])).toBe('42.00');
    expect(sourceOf('a: [42.00, 1e2]').writtenAt(['a'])).toBeUndefined();
  });

  it('reads an empty file and a file of comments as null', () => {
    expect(sourceOf('').value).toBeNull();
    expect(sourceOf('# nothing\n').value).toBeNull();
  });

  it('reads Windows line ends like others', () => {
    const source = sourceOf('a: 1\r\nb: |\r\n  x\r\n  y\r\n');
    expect(source.value).toEqual({ a: 1, b: 'x\ny\n' });
    expect(source.rangeWithin(['b'], 2, 3)).toEqual({ line: 4, column: 3, end_line: 4, end_column: 4 });
  });

  it.each([
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', ['yaml_duplicate_key 3:1-3:2']],
    ['a duplicate key that is spelled otherwise', '{ a: 1, "\\u0061": 2 }', ['yaml_duplicate_key 1:9-1:17']],
    ['an anchor and an alias', 'a: &x 1\nb: *x\n', ['yaml_anchor 1:4-1:6', 'yaml_alias 2:4-2:6']],
    ['a merge key', 'a: {}\n<<: {}\n', ['yaml_merge 2:1-2:3']],
    ['tags', 'a: !!str 1\nb: ! x\nc: !<t> y\n', ['yaml_tag 1:4-1:9', 'yaml_tag 2:4-2:5', 'yaml_tag 3:4-3:8']],
    ['a directive', '%YAML 1.1\n---\na: yes\n', ['yaml_directive 1:1-1:10']],
    ['several documents', 'a: 1\n---\nb: 2\n---\nc: 3\n', ['yaml_documents 2:1-2:4', 'yaml_documents 4:1-4:4']],
    ['a tab that indents', 'a:\n\tb: 1\n', ['yaml_tab 2:1-2:2']],
    ['a tab that indents within brackets', 'a: [\n\t1,\n  2]\n', ['yaml_tab 2:1-2:2']],
    ['a byte-order mark', '\ufeffa: 1\n', ['yaml_bom 1:1-1:2']],
    ['a NUL', 'a: "\0"\n', ['yaml_encoding 1:5-1:6']],
    ['an escaped NUL', 'a: "x\\0"\n', ['yaml_encoding 1:4-1:9']],
    ['half a surrogate pair', 'a: \ud83d\n', ['yaml_encoding 1:4-1:5']],
    ['an escaped half of a surrogate pair', 'a: "\\ud83d"\n', ['yaml_encoding 1:4-1:12']],
    ['an escape sequence of a terminal', 'a: \x1b[2J\n', ['yaml_encoding 1:4-1:5']],
    ['text that reads backwards', 'a: \u202e1\n', ['yaml_encoding 1:4-1:5']],
    ['a carriage return alone', 'a: 1\rb: 2\n', ['yaml_encoding 1:5-1:6']],
    ['a line separator, which cuts folded text short', 'a: b\n  c\u2028d\n', ['yaml_encoding 2:4-2:5']],
    ['a number as key', '1: a\n', ['yaml_key 1:1-1:2']],
    ['a truth value as key', '{ true: a }\n', ['yaml_key 1:3-1:7']],
    ['a list as key', '? [a]\n: b\n', ['yaml_key 1:3-1:6']],
    ['the key __proto__', '__proto__: 1\n', ['yaml_key 1:1-1:10']],
    ['a whole number that is not exact', 'a: 9007199254740993\n', ['yaml_number 1:4-1:20']],
    [
      'a number that is none',
      'a: [.nan, -.inf, 1e999]\n',
      ['yaml_number 1:5-1:9', 'yaml_number 1:11-1:16', 'yaml_number 1:18-1:23'],
    ],
    ['two colons on a line', 'a: b: c\nd: e: f\n', ['yaml_syntax 1:4-1:5', 'yaml_syntax 2:4-2:5']],
    ['a quote that is not closed', 'a: "b\nc: [1\n', ['yaml_syntax 1:4-1:5']],
    ['a quote whose end is escaped', 'a: "b\\"', ['yaml_syntax 1:4-1:5']],
    ['a quote whose end is doubled', "a: 'b''", ['yaml_syntax 1:4-1:5']],
  ])('refuses %s', (_, text, expected) => {
    expect(refusals(text)).toEqual(expected);
  });

  it('tells everything at once, by place', () => {
    const codes = refusals('a: &x 1\nb: !t 2\na: 3\n2: [\n\t4]\nc: 1e999\n').map((line) => line.split(' ')[0]);
    expect(codes).toEqual(['yaml_anchor', 'yaml_tag', 'yaml_duplicate_key', 'yaml_key', 'yaml_tab', 'yaml_number']);
  });

  it('allows tabs between words, in comments and in the text of a block', () => {
    expect(sourceOf('a:\tb # x\ty\nc: |\n  x\n  \ty\nd: "e\tf"\n\t\n').value).toEqual({
      a: 'b',
      c: 'x\n\ty\n',
      d: 'e\tf',
    });
  });

  it('keeps the largest exact numbers and zero without a sign', () => {
    const { value } = sourceOf('a: [9007199254740991, -9007199254740991, -0, 0x1F]');
    expect(value).toEqual({ a: [9007199254740991, -9007199254740991, 0, 31] });
  });

  it(`reads ${PACT_LIMITS.yamlDepth} levels and no more`, () => {
    const nested = (n: number): string => `${'['.repeat(n)}1${']'.repeat(n)}`;
    expect(refusals(nested(PACT_LIMITS.yamlDepth))).toEqual([]);
    expect(refusals(nested(PACT_LIMITS.yamlDepth + 1))).toEqual(['yaml_depth 1:17-1:18']);
  });

  it(`reads ${PACT_LIMITS.fileBytes} bytes and no more, counted as UTF-8`, () => {
    const padded = (bytes: number): string => `a: é# `.padEnd(bytes - 1, 'x');
    expect(refusals(padded(PACT_LIMITS.fileBytes))).toEqual([]);
    expect(refusals(padded(PACT_LIMITS.fileBytes + 1))).toEqual(['limit_file_bytes 1:1-1:1']);
  });

  it('answers a file of nothing but brackets', () => {
    for (const text of ['[', '{', '- ', '? ', '[a: ']) {
      const read = readYaml('a.yaml', text.repeat(PACT_LIMITS.fileBytes / text.length / 16));
      expect(read.ok ? undefined : read.error.map(({ code }) => code)).toContain('yaml_depth');
    }
  });
});

describe('places', () => {
  const source = sourceOf(
    [
      'pact: shop',
      'list:',
      '  - { id: A-1, on: [x, "y z"] }',
      '  - id: A-2',
      '    text: |',
      '      one',
      '      two',
      'empty:',
      'end: 1 # tail',
    ].join('\n'),
  );
  const at = (path: (string | number)[]): string => slice(source, source.rangeAt(path));
  const keyAt = (path: (string | number)[]): string => slice(source, source.keyRangeAt(path));

  it('finds values and keys as they are written', () => {
    expect(at(['pact'])).toBe('shop');
    expect(at(['list', 0, 'on'])).toBe('[x, "y z"]');
    expect(at(['list', 0, 'on', 1])).toBe('"y z"');
    expect(keyAt(['list', 0, 'on'])).toBe('on');
    expect(at(['end'])).toBe('1');
  });

  it('ends a collection and a block with their last character', () => {
    expect(at(['list', 1])).toBe('id: A-2\n    text: |\n      one\n      two');
    expect(at(['list', 1, 'text'])).toBe('|\n      one\n      two');
  });

  it('takes the first key where a list item or the root has none of its own', () => {
    expect(keyAt(['list', 1])).toBe('id');
    expect(keyAt(['list', 0, 'on', 0])).toBe('x');
    expect(keyAt([])).toBe('pact');
  });

  it('stands at the key where there is no value, and at what would have held it where there is neither', () => {
    expect(at(['empty'])).toBe('empty');
    expect(at(['list', 0, 'says'])).toBe('id');
    expect(at(['nothing', 'here'])).toBe('pact');
    expect([source.has(['empty']), source.has(['nothing'])]).toEqual([true, false]);
  });
});

function slice(source: Source, range: Diagnostic['range']): string {
  const offset = (line: number, column: number): number =>
    source.text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, text) => sum + text.length + 1, 0) +
    column -
    1;
  return source.text.slice(offset(range.line, range.column), offset(range.end_line, range.end_column));
}
