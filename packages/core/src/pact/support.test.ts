/** The whole pact of a support desk with its tests: everything the language has, in one place. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadPact } from './load.ts';
import { PACT_LIMITS } from './pact-limits.ts';
import { readTestFile, runTests } from './test/run-tests.ts';

const FOLDER = new URL('../../../../fixtures/pacts/good/support/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, FOLDER));
const { pact, diagnostics } = loadPact('pact.yaml', read('pact.yaml'), (name) =>
  existsSync(new URL(name, FOLDER)) ? read(name) : undefined,
);
const offset = () => -240;

function run(edit: (text: string) => string = (text) => text) {
  const { file, source, diagnostics: wrong } = readTestFile('pact.test.yaml', edit(read('pact.test.yaml').toString()));
  if (!pact || !file || !source) throw new Error(JSON.stringify([diagnostics, wrong]));
  return runTests(pact, file, source, offset);
}

it('loads without a word: 29 rules, limits and duties in four lanes', () => {
  expect(diagnostics).toEqual([]);
  expect(pact?.rules).toHaveLength(29);
  expect([...(pact?.lanes.keys() ?? [])]).toEqual([
    'ticket_triage',
    'reply_drafting',
    'escalation_routing',
    'refund_checks',
  ]);
  const costs = [...(pact?.tools.values() ?? [])].flatMap(({ rules }) => rules.map(({ condition }) => condition.cost));
  expect(Math.max(...costs)).toBeLessThan(PACT_LIMITS.costPerExpression);
});

it('passes its 43 tests, every rule seen firing and silent', () => {
  const { results, coverage, gaps, diagnostics: wrong, passed } = run();
  expect(results.flatMap(({ name, differences }) => differences.map((line) => `${name}: ${line}`))).toEqual([]);
  expect(wrong).toEqual([]);
  expect(gaps).toEqual([]);
  expect(results).toHaveLength(43);
  expect(coverage.filter(({ fired, silent }) => fired && silent)).toHaveLength(29);
  expect(passed).toBe(true);
});

it.each([
  [
    'another decision is expected',
    'amount: 50.00 }, expect: { decision: allow',
    'amount: 50.00 }, expect: { decision: hold',
  ],
  ['another order of reasons is expected', 'reasons: [P-2, P-8]', 'reasons: [P-8, P-2]'],
  ['a doubt is expected as firing', 'reasons: [P-1, P-2?, P-11?]', 'reasons: [P-1, P-2, P-11?]'],
  ['another owner is expected', 'owner: tier2', 'owner: billing'],
  ['another text is expected', 'At most 29.00 USD', 'At most 29.01 USD'],
  ['a shadow is expected to be enforced', ', enforced: false', ''],
  ['another queue is expected', 'routed_to: tier2', 'routed_to: general'],
  ['a duty is not expected', 'duties: [E-4]', 'duties: []'],
  ['another error is expected', '{ P-7: no_such_key }', '{ P-7: stale }'],
])('fails when %s', (_, from, to) => {
  const { passed, results } = run((text) => text.replace(from, to));
  expect(passed).toBe(false);
  expect(results.filter((result) => !result.passed)).toHaveLength(1);
});

it.each([
  ['a path that is gone', 'trace[2].result.customer_id": u2', 'trace[2].result.costumer_id": u2', 'unknown_name'],
  ['a fixture that is gone', 'given: triage, expect', 'given: triag, expect', 'unknown_name'],
  ['a limit that is gone', 'counters: { P-13: 3 }', 'counters: { P-99: 3 }', 'unknown_name'],
  ['money of another currency', '458.01 USD', '458.01 EUR', 'bad_unit'],
  ['a fixture that inherits itself', 'given: move', 'given: hand_over', 'circular'],
  ['an unknown kind of step', '{ kind: reply }, ', '{ kind: answer }, ', 'bad_value'],
])('refuses %s at its place', (_, from, to, code) => {
  const { passed, diagnostics: wrong } = run((text) => text.replace(from, to));
  expect(passed).toBe(false);
  expect(wrong.map((one) => one.code)).toContain(code);
  for (const { range } of wrong) expect(range.line).toBeGreaterThan(1);
});

it('tells a rule that no test saw firing', () => {
  const without = run((text) =>
    text
      .split('\n')
      .filter((line) => !line.includes('name: a lawyer,'))
      .join('\n'),
  );
  expect(without.gaps).toEqual(['P-9 was never seen firing']);
  expect(without.passed).toBe(false);
});

it('asks for doubt where the file asks for it', () => {
  const { gaps } = run((text) => text.replace('silent: all', 'silent: all, doubt: all'));
  expect(gaps.length).toBeGreaterThan(0);
  for (const gap of gaps) expect(gap).toMatch(/^[A-Z]-\d+ was never seen in doubt$/);
});
