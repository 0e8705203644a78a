/** From a sentence to its source. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readYaml } from '../source.ts';
import { linesOfPact } from './lines.ts';

const path = new URL('../../../../../fixtures/explain/bike-shop/pact.yaml', import.meta.url);

it('finds each rule, limit, duty, target, tool and parameter where it is written', () => {
  const text = readFileSync(path, 'utf8');
  const source = readYaml('pact.yaml', text);
  if (!source.ok) throw new Error('the fixture does not parse');
  const [lines, rows] = [linesOfPact(source.value), text.split('\n')];
  for (const [key, { from, to }] of Object.entries(lines)) {
    expect(to).toBeGreaterThanOrEqual(from);
    const written = rows.slice(from - 1, to).join('\n');
    expect(written).toContain(key.split('/').at(-1));
    expect(written.trimEnd()).not.toMatch(/\n\s*$/);
  }
  expect(Object.keys(lines)).toEqual(expect.arrayContaining(['P-2', 'R-6', 'refund_checks/issue_refund']));
  // P-2 goes over two lines, its neighbours over one.
  expect(lines['P-2']?.to).toBe((lines['P-2']?.from ?? 0) + 1);
  expect(lines['P-1']?.to).toBe(lines['P-1']?.from);
});
