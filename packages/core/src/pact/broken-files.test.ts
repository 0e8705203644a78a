/** Whatever is wrong with a file as a whole is one clear sentence with its place. */
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../crypto/bytes.ts';
import { loadPact } from './load.ts';

describe('one clear sentence with its place for', () => {
  const deep = (open: string, close = '') => `pact: ${open.repeat(5_000)}1${close.repeat(5_000)}`;
  it.each([
    ['a huge file', 'a: 1\n'.repeat(2_000_000), 'limit_file_bytes 1:1'],
    ['a huge file of one line', 'x'.repeat(9_000_000), 'limit_file_bytes 1:1'],
    ['a file that is no text', new Uint8Array(1_000_000).fill(0xff), 'yaml_encoding 1:1'],
    ['open brackets', deep('['), 'yaml_depth 1:22'],
    ['brackets in brackets', deep('[', ']'), 'yaml_depth 1:22'],
    ['maps in maps', deep('{ a: ', ' }'), 'yaml_depth 1:82'],
    ['lists in lists', '- '.repeat(5_000), 'yaml_depth 1:33'],
    ['keys below keys', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'yaml_depth 17:17'],
    ['an empty file', '', 'bad_value 1:1'],
    ['a list', '- pact: x', 'bad_value 1:1'],
    ['two colons', 'pact: x: y', 'yaml_syntax 1:7'],
    ['an open quote', 'pact: "x\nformat: 1', 'yaml_syntax 1:7'],
    ['an open bracket', 'pact: x\nagents: [a, b\nzone: UTC', 'yaml_syntax'],
    ['a bracket too many', 'agents: [a]]', 'yaml_syntax 1:12'],
    ['a key indented below a value', 'pact: x\nformat: 1\n  version: 2', 'yaml_syntax 2:9'],
    ['a key indented too little', 'lanes:\n  a: 1\n b: 2', 'yaml_syntax 3:1'],
    ['a tab', 'lanes:\n\ta: 1', 'yaml_tab 2:1'],
    ['a percent sign', '%', 'yaml_directive 1:1'],
    ['an anchor with nothing', 'a: &', 'yaml_anchor 1:4'],
  ])('%s', (_, content, expected) => {
    const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
    const { pact, diagnostics } = loadPact('pact.yaml', bytes, () => undefined);
    expect(pact).toBeUndefined();
    expect(diagnostics.map(({ code, range }) => `${code} ${range.line}:${range.column}`)).toEqual([
      expect.stringContaining(expected),
    ]);
    expect(diagnostics[0]?.says).toMatch(/^[A-Z][^\n]{5,150}[^.\n]$/);
  });
});
