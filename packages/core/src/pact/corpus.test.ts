import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTIC_CODES, type Diagnostic, type DiagnosticCode } from './diagnostic.ts';
import { formatDiagnostic } from './draw-diagnostic.ts';
import { readPact } from './parse.ts';

const BAD = new URL('../../../../fixtures/pacts/bad/', import.meta.url);
const GOOD = new URL('../../../../fixtures/pacts/good/', import.meta.url);
const BLESS = process.env['SURETY_GOLDEN'] === '1';

const pactsIn = (folder: URL): string[] => readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const textOf = (folder: URL, name: string): string => readFileSync(new URL(name, folder), 'utf8');

const lineOf = ({ code, range }: Diagnostic): string =>
  `${code} ${range.line}:${range.column}-${range.end_line}:${range.end_column}`;

/** What is found only when expressions, facts and files are linked; and limits, which are tested where they are made. */
const TOLD_LATER: readonly DiagnosticCode[] = [
  'unknown_field',
  'unknown_function',
  'type_mismatch',
  'not_bool',
  'double_literal',
  'regex_refused',
  'refused',
  'expression_syntax',
  'nesting',
  'too_dear',
  'circular',
  'unreachable_rule',
  'unbounded_exposure',
  'personal_text',
  'no_fact_for_tool',
  'text_relaxes',
  'text_trusted',
  'file_missing',
  'file_empty',
  'path_escapes',
];

describe('fixtures/pacts/bad', () => {
  it.each(pactsIn(BAD))('%s is told by code and place', (name) => {
    const text = textOf(BAD, name);
    const { diagnostics } = readPact(name, text);
    const expected = new URL(name.replace(/\.yaml$/, '.expected'), BAD);
    const found = `${diagnostics.map(lineOf).join('\n')}\n`;
    if (BLESS) writeFileSync(expected, found);
    expect(existsSync(expected), `there is no ${expected.pathname}; bless it with SURETY_GOLDEN=1`).toBe(true);
    expect(found).toBe(readFileSync(expected, 'utf8'));
  });

  it.each(pactsIn(BAD))('%s opens with a sentence and gets sentences of one line', (name) => {
    const text = textOf(BAD, name);
    expect(text.replace(/^\ufeff/, '')).toMatch(/^# [A-Z].*\.\n/);
    for (const diagnostic of readPact(name, text).diagnostics) {
      expect(diagnostic.says).toMatch(/^\S[^\n]*[^\s.]$/);
      expect(diagnostic.says).not.toMatch(/invalid|expected|received|undefined|NaN|\[object/i);
      expect(formatDiagnostic(diagnostic, text).split('\n').length).toBeLessThanOrEqual(4);
    }
  });

  it('covers every code that reading a file gives', () => {
    const told = new Set(
      pactsIn(BAD).flatMap((name) => readPact(name, textOf(BAD, name)).diagnostics.map(({ code }) => code)),
    );
    const wanted = DIAGNOSTIC_CODES.filter((code) => !TOLD_LATER.includes(code) && !code.startsWith('limit_'));
    expect(wanted.filter((code) => !told.has(code))).toEqual([]);
  });
});

describe('fixtures/pacts/good', () => {
  it.each(pactsIn(GOOD))('%s is read without a word', (name) => {
    const { diagnostics, file } = readPact(name, textOf(GOOD, name));
    expect(diagnostics).toEqual([]);
    expect(file).toBeDefined();
  });
});
