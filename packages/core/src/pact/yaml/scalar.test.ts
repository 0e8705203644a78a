import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CST, Parser, parseDocument, stringify } from 'yaml';
import { readYaml, type Source } from '../source.ts';
import { spellScalar } from './scalar.ts';
import type { Spelling } from './spelling.ts';

const RUNS = 400;

/** The spelling of the value of `a`, and what the library makes of the same text. */
function spellingOf(text: string): { spelling: Spelling; value: unknown } {
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false });
  if (document.errors.length > 0) throw new Error(`${JSON.stringify(text)}: ${document.errors[0]?.message}`);
  const node = document.get('a', true) as unknown as { srcToken: CST.Token; source: string };
  const spelling = spellScalar(node.srcToken);
  if (!spelling) throw new Error(`no scalar: ${text}`);
  return { spelling, value: node.source };
}

/** Each character is spelled by itself, by an escape, by a doubled quote or by a fold, in order. */
function checkSpelling(text: string): string {
  const { spelling, value } = spellingOf(text);
  expect(spelling.text).toBe(value);
  let before = 0;
  for (let i = 0; i < spelling.text.length; i++) {
    const [start, end] = [spelling.starts[i] as number, spelling.ends[i] as number];
    expect(start).toBeGreaterThanOrEqual(before);
    expect(isSpelledBy(spelling.text[i] as string, text.slice(start, end))).toBe(true);
    // Two units of one escape share their place; nothing else does.
    if (!text.startsWith('\\', start)) before = start + 1;
  }
  return spelling.text;
}

function isSpelledBy(unit: string, written: string): boolean {
  if (unit === written) return true;
  if (written === "''") return unit === "'";
  if (written.startsWith('\\')) return (JSON_LIKE[written] ?? hexOf(written)).includes(unit);
  if (unit === ' ') return /^[ \t]*\r?\n[ \t]*$/.test(written);
  return unit === '\n' && (written === '\n' || written === '');
}
const JSON_LIKE: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\t': '\t',
  '\\"': '"',
  '\\\\': '\\',
  '\\/': '/',
  '\\ ': ' ',
  '\\0': '\0',
  '\\r': '\r',
  '\\b': '\b',
  '\\f': '\f',
  '\\v': '\v',
  '\\a': '\x07',
  '\\e': '\x1b',
  '\\N': '\x85',
  '\\_': '\xa0',
  '\\L': '\u2028',
  '\\P': '\u2029',
  '\\\t': '\t',
};
const hexOf = (written: string): string => String.fromCodePoint(Number.parseInt(written.slice(2), 16));

const word = fc.stringMatching(/^[a-zé漢(]{1,4}$/);
const piece = fc.oneof(
  word,
  fc.constantFrom(' ', '  ', "'", '"', '\\', '\n', '\n\n', '\n  ', '\t', ': ', ' #', '🙂', '\x07', '\u2028', '- '),
);
const anyText = fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => pieces.join(''));
const style = fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED');

describe('spellScalar', () => {
  it('places every character of a text that was written in any style, at any width', () => {
    fc.assert(
      fc.property(anyText, style, fc.integer({ min: 12, max: 40 }), (text, defaultStringType, lineWidth) => {
        const written = stringify({ b: 1, a: text }, { defaultStringType, lineWidth, minContentWidth: 0 } as object);
        checkSpelling(written);
      }),
      { numRuns: RUNS },
    );
  });

  const line = fc
    .array(fc.oneof(word, fc.constantFrom(' ', '\t', "''", '\\n', '\\u0041', '\\U0001F642', '\\x41', '\\"', '\\\\')), {
      maxLength: 5,
    })
    .map((parts) => parts.join(''));
  const indent = fc.constantFrom(' ', '  ', '   ');
  const lines = fc.array(fc.tuple(fc.oneof(indent, fc.constant('')), line), { minLength: 1, maxLength: 7 });
  const lineEnd = fc.constantFrom('\n', '\r\n');

  it('agrees with the library on double quotes written by hand, over lines with escapes and escaped ends', () => {
    fc.assert(
      fc.property(lines, lineEnd, fc.boolean(), (rows, end, escaped) => {
        const body = rows
          .map(([space, text]) => ` ${space}${text.replaceAll("''", 'q')}`)
          .join(escaped ? `\\${end}` : end);
        checkSpelling(`a: "x${body}y"${end}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees with the library on single quotes and plain text over lines', () => {
    fc.assert(
      fc.property(lines, lineEnd, (rows, end) => {
        const body = rows.map(([space, text]) => ` ${space}${text}`).join(end);
        checkSpelling(`a: 'x${body}y'${end}`);
        checkSpelling(`a: x${body.replaceAll('"', 'q')}y${end}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees with the library on blocks with every header, deeper lines and blank lines', () => {
    const header = fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>2', '>2-', '|+2', '|-1', '>1+');
    const row = fc.tuple(fc.constantFrom('  ', '   ', '     ', '  \t'), fc.oneof(line, fc.constant('')));
    fc.assert(
      fc.property(header, fc.array(row, { maxLength: 8 }), lineEnd, fc.boolean(), (mode, rows, end, last) => {
        const body = [`  x`, ...rows.map(([space, text]) => space + text)].join(end);
        checkSpelling(`b: 1${end}a: ${mode} # why${end}${body}${last ? end : ''}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps blank lines before the first text of a block', () => {
    expect(checkSpelling('a: >\n\n\n  x\n  y\n\n  z\n')).toBe('\n\nx y\nz\n');
    expect(checkSpelling('a: |+\n\n\n')).toBe('\n\n');
    expect(checkSpelling('a: |\n')).toBe('');
  });
});

describe('rangeWithin', () => {
  const within = (text: string, part: string): string => {
    const read = readYaml('a.yaml', text);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const source: Source = read.value;
    const from = (source.value as { a: string }).a.indexOf(part);
    const { line, column, end_line, end_column } = source.rangeWithin(['a'], from, from + part.length);
    return `${line}:${column}-${end_line}:${end_column}`;
  };

  it('points into each style', () => {
    expect(within('a: order.totl - 1\n', 'totl')).toBe('1:10-1:14');
    expect(within("a: 'it''s totl'\n", 'totl')).toBe('1:11-1:15');
    expect(within('a: "\\"x\\" totl"\n', 'totl')).toBe('1:11-1:15');
    expect(within('a: one\n  two totl\n', 'totl')).toBe('2:7-2:11');
    expect(within('a: >-\n  one\n  two totl\n', 'totl')).toBe('3:7-3:11');
    expect(within('a: |\n  one\n    two totl\n', 'totl')).toBe('3:9-3:13');
  });

  it('spans escapes as a whole and lines where the text does', () => {
    expect(within('a: "x\\ny"\n', '\n')).toBe('1:6-1:8');
    expect(within('a: one\n  two\n', 'e t')).toBe('1:6-2:4');
  });

  it('stays within the value when it is asked for more', () => {
    const read = readYaml('a.yaml', 'a: bc\nd: ""\n');
    if (!read.ok) throw new Error('unreadable');
    expect(read.value.rangeWithin(['a'], 2, 9)).toEqual({ line: 1, column: 5, end_line: 1, end_column: 6 });
    expect(read.value.rangeWithin(['d'], 0, 1)).toEqual(read.value.rangeAt(['d']));
  });
});

describe('a scalar token', () => {
  it('has no spelling where it is none', () => {
    const [token] = new Parser().parse('# only this');
    expect(token && spellScalar(token)).toBeUndefined();
  });
});
