/** The reference names everything that the language has: a code, limit or function that is added must be told there. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, METHODS } from '../packages/core/src/pact/condition/functions.ts';
import { DIAGNOSTIC_CODES } from '../packages/core/src/pact/diagnostic.ts';
import { PACT_LIMITS } from '../packages/core/src/pact/pact-limits.ts';
import { METRICS } from '../packages/core/src/pact/syntax.ts';
import { CAUSES } from '../packages/core/src/terms/decision.ts';

const page = readFileSync(new URL('pact-language.md', import.meta.url), 'utf8');
const section = (heading: string) => page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const lacks = (names: readonly string[], text: string, around: (name: string) => string) =>
  names.filter((name) => !text.includes(around(name)));

describe('the reference of the pact language', () => {
  it('lists every diagnostic code', () => {
    expect(lacks(DIAGNOSTIC_CODES, section('Diagnostics'), (code) => `\`${code}\``)).toEqual([]);
  });

  it('lists every function, cause and metric', () => {
    expect(lacks(Object.keys(FUNCTIONS), section('Functions'), (name) => `\`${name}(`)).toEqual([]);
    expect(
      lacks(
        Object.keys(METHODS).filter((name) => name !== 'size'),
        section('Functions'),
        (name) => `.${name}(`,
      ),
    ).toEqual([]);
    expect(lacks(CAUSES, section('Conditions'), (cause) => `\`${cause}\``)).toEqual([]);
    expect(lacks(METRICS, page, (metric) => `\`${metric}\``)).toEqual([]);
  });

  it('lists every limit with its value', () => {
    const shown = [...section('The most there can be').matchAll(/^\| `(\w+)` \| ([\d ]+) \|$/gm)];
    const limits = shown.map(([, name = '', value = '']) => [name, Number(value.replaceAll(' ', ''))]);
    expect(Object.fromEntries(limits)).toEqual(PACT_LIMITS);
  });
});
