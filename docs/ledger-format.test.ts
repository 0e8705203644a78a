/** The page about the ledger's format says what the code does: every kind, and the worked example to the byte. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../packages/core/src/evidence/kinds.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = read('ledger-format.md');
const section = (heading: string): string => page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const example = JSON.parse(read('../fixtures/entries/worked-example.json'));

describe('the format of the ledger', () => {
  it('lists every kind, and no other', () => {
    const rows = section('Kinds')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const listed = [...rows.join('\n').matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, kind]) => kind);
    expect(listed.sort()).toEqual(Object.keys(KINDS).sort());
  });

  it('shows the worked example to the byte', () => {
    const text = section('Worked example');
    const { entries, leaves, node_0_1, root, log_vkey, witness_vkey, checkpoint, receipt_of_1 } = example;
    const shown = [...entries, ...leaves, node_0_1, root, log_vkey, witness_vkey, checkpoint, receipt_of_1.join('\n')];
    expect(shown.filter((part) => !text.includes(part))).toEqual([]);
    expect(text).toContain(example.bundle_starts);
    expect(text).toContain(example.commitment.salt);
    expect(text.replaceAll('\n', ' ')).toContain(
      `of ${example.lengths[0]}, ${example.lengths[1]} and ${example.lengths[2]} bytes`,
    );
  });
});
