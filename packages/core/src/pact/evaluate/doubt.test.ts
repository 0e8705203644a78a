/** Doubt is never `allow`: whatever is missing, of another type, stale, too long or too dear, the action is held. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../crypto/bytes.ts';
import { CAUSES } from '../../terms/decision.ts';
import type { Json } from '../../terms/json.ts';
import type { Step } from '../../terms/trace.ts';
import { loadPact } from '../load.ts';
import type { Pact } from '../pact.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { readTestFile, runTests } from '../test/run-tests.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { evaluate } from './evaluate.ts';

const KINDS = { type: 'object', additionalProperties: false, required: ['n', 'xs'] };
const properties = {
  n: { type: 'integer' },
  xs: { type: 'array', items: { type: 'integer' } },
  name: { type: 'string' },
};

/** A pact with one tool and these rules; `more` are limits. */
function pactWith(rules: readonly object[], limits: readonly object[] = []): Pact {
  const file = {
    pact: 'doubts',
    format: 1,
    version: 1,
    says: 'Rules that cannot always be evaluated',
    author: 'kim',
    agents: ['bot'],
    currency: 'USD',
    zone: 'UTC',
    owners: { desk: { primary: 'kim', backup: 'lou', answer_within: '1h', then: 'deny' } },
    lanes: {
      work: { owner: 'desk', mode: 'enforce', may: { act: { args: { ...KINDS, properties } } }, never: rules, limits },
    },
    reads: { get_order: {} },
    facts: {
      order: { from: 'trace', tools: ['get_order'], take: 'latest', max_age: '10m', type: 'Order' },
      account: {
        from: 'http',
        url: 'https://crm.example/{id}',
        with: { id: 'order.id' },
        timeout: '1s',
        max_age: '1m',
        type: 'bool',
      },
    },
    types: {
      Order: { id: 'string', total: 'money', fees: 'map<string, int>', lines: 'list<int>[3]', note: 'string?' },
    },
    consequences: {},
    evidence: { keep: '400d', personal: ['trace.text', 'action.args.name', 'order.note'], erase_after: '90d' },
  };
  const { pact, diagnostics } = loadPact('pact.yaml', encodeUtf8(JSON.stringify(file)), () => undefined);
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return pact;
}

const ORDER: Json = { id: 'W1', total: 40, fees: { card: 1 }, lines: [1], note: 'ring' };
const MINUTE = 60_000;

function decide(pact: Pact, steps: readonly Step[], now: number | undefined = 0, args: Json = { n: 0, xs: [] }) {
  const conversation = { id: 'c1' };
  const memory = new ConversationMemory(pact, conversation, () => 0);
  for (const step of steps) memory.observe(step);
  return evaluate(pact, {
    proposal: { tool: 'act', args: args as never },
    agent: 'bot',
    conversation,
    memory,
    now,
    offset: () => 0,
    state: 'autonomous',
    given: () => undefined,
    judges: {},
    used: () => 0,
    undatedIsFresh: false,
  });
}
const looked = (result: Json = ORDER, at = 0): Step => ({
  kind: 'call',
  call_id: 'k',
  tool: 'get_order',
  args: {},
  result,
  at,
});

describe('each cause', () => {
  const rows: readonly (readonly [
    cause: (typeof CAUSES)[number],
    when: string,
    steps: readonly Step[],
    now?: number,
  ])[] = [
    ['missing_fact', 'order.total > 1', []],
    ['missing_fact', 'order.total > 1', [{ ...looked(), ok: false } as Step]],
    ['missing_fact', 'order.total > 1', [{ kind: 'call', call_id: 'k', tool: 'get_order', args: {} }]],
    ['missing_fact', 'conversation.customer == "u1"', []],
    ['missing_fact', 'trace.last("get_order").tool == "x"', []],
    ['no_such_key', 'order.fees["gift"] > 1', [looked()]],
    ['no_such_key', 'order.lines[2] > 1', [looked()]],
    ['no_such_key', 'order.fees["constructor"] > 1', [looked()]],
    ['no_such_key', 'order.note == "x"', [looked({ ...(ORDER as object), note: null })]],
    ['no_such_key', 'action.args.name == "x"', []],
    ['no_such_key', 'order.total > 1', [looked({ id: 'W1', total: 40, lines: [] })]],
    ['wrong_type', 'order.total > 1', [looked({ ...(ORDER as object), total: 'forty' })]],
    ['wrong_type', 'order.total > 1', [looked({ ...(ORDER as object), total: 0.005 })]],
    ['no_such_key', 'order.total > 1', [looked('no such order')]],
    ['empty_list', 'action.args.xs.first() > 1', []],
    ['empty_list', 'order.lines.filter(x, x > 5).last() > 1', [looked()]],
    ['overflow', '(action.args.n + 3) * 9007199254740991 > 1', []],
    ['overflow', 'sum(order.lines) > 1', [looked({ ...(ORDER as object), lines: [9007199254740991, 1] })]],
    ['division_by_zero', '10 / action.args.n > 1', []],
    ['division_by_zero', '10 % action.args.n > 1', []],
    ['timeout', 'account', [looked()]],
    ['stale', 'order.total > 1', [looked()], 10 * MINUTE + 1],
    ['stale', 'order.total > 1', [{ ...looked(), at: undefined }]],
    ['too_long', 'order.total > 1', [looked({ ...(ORDER as object), lines: [1, 2, 3, 4] })]],
    ['too_long', 'order.total > 1', [looked({ ...(ORDER as object), note: 'x'.repeat(PACT_LIMITS.factBytes) })]],
    [
      'too_long',
      'trace.customer_said(["fire"])',
      [{ kind: 'customer', text: 'x'.repeat(PACT_LIMITS.stepTextChars + 1) }],
    ],
  ];

  it.each(rows.map(([cause, text, steps, now = 0]) => ({ cause, text, steps, now })))('$cause: $text', (row) => {
    const { cause, text, steps, now } = row;
    const says = { says: 'Not this', severity: 'major', trusts_text: true };
    for (const condition of [{ when: text }, { unless: text }]) {
      const held = decide(pactWith([{ id: 'P-1', ...says, ...condition }]), steps, now);
      expect(held).toMatchObject({ decision: 'hold', effect: 'hold', owner: 'desk' });
      expect(held.reasons).toMatchObject([{ id: 'P-1', why: 'doubt', cause }]);
      const denied = decide(pactWith([{ id: 'P-1', ...says, ...condition, if_unknown: 'deny' }]), steps, now);
      expect(denied).toMatchObject({ decision: 'deny', reasons: [{ id: 'P-1', why: 'doubt', cause }] });
    }
  });

  it('covers every cause, the spent budget below', () => {
    expect(new Set([...rows.map(([cause]) => cause), 'over_budget'])).toEqual(new Set(CAUSES));
  });

  it('is silent at the edge of what is known', () => {
    const pact = pactWith([{ id: 'P-1', says: 'Not this', severity: 'major', when: 'order.total > 4000' }]);
    expect(decide(pact, [looked()], 10 * MINUTE).decision).toBe('allow');
    expect(decide(pact, [looked({ ...(ORDER as object), lines: [1, 2, 3] })]).decision).toBe('allow');
    expect(decide(pact, [looked({ ...(ORDER as object), total: 40.00499999999972 })]).decision).toBe('hold');
    expect(decide(pact, [looked({ ...(ORDER as object), total: 39.99999999999972 })]).decision).toBe('allow');
  });

  it('holds when the steps of a decision are spent, and only then', () => {
    const dear = 'sum(action.args.xs.map(x, sum(action.args.xs.map(y, x + y + y + y))))';
    const limit = (i: number) => ({
      id: `L-${i}`,
      says: 'A dear sum',
      severity: 'minor',
      of: ['act'],
      per: 'agent',
      window: '1d',
      sum: dear,
      at_most: 9_000_000,
      else: 'hold',
    });
    const xs = Array.from({ length: 100 }, () => 1);
    const rule = { id: 'P-1', says: 'Not this', severity: 'major', when: 'action.args.n == 1' };
    const few = decide(pactWith([rule], [limit(1)]), [], 0, { n: 0, xs });
    expect(few.decision).toBe('allow');
    const many = decide(
      pactWith(
        [rule],
        Array.from({ length: 40 }, (_, i) => limit(i + 1)),
      ),
      [],
      0,
      { n: 0, xs },
    );
    expect(many.decision).toBe('hold');
    expect(many.reasons.at(-1)).toMatchObject({ id: 'L-40', why: 'doubt', cause: 'over_budget' });
  });

  it('absorbs an unknown side as CEL does', () => {
    const row = (when: string) =>
      decide(pactWith([{ id: 'P-1', says: 'Not this', severity: 'major', when }]), []).decision;
    expect(row('action.args.n == 1 && order.total > 1')).toBe('allow');
    expect(row('order.total > 1 && action.args.n == 1')).toBe('allow');
    expect(row('action.args.n == 0 || order.total > 1')).toBe('deny');
    expect(row('order.total > 1 || action.args.n == 0')).toBe('deny');
    expect(row('action.args.n == 0 && order.total > 1')).toBe('hold');
    expect(row('!(order.total > 1)')).toBe('hold');
  });
});

describe('the whole pact of a support desk', () => {
  const folder = new URL('../../../../../fixtures/pacts/good/support/', import.meta.url);
  const read = (name: string): Uint8Array => readFileSync(new URL(name, folder));
  const { pact } = loadPact('pact.yaml', read('pact.yaml'), (name) =>
    existsSync(new URL(name, folder)) ? read(name) : undefined,
  );
  const fixtures = read('pact.test.yaml')
    .toString()
    .replace(/\ntests:[\s\S]*/, '\n');

  it.each([
    ['refund', 'trace[1]'],
    ['refund', 'trace[2]'],
    ['refund', 'trace[1].result.customer_id'],
    ...['order_id', 'customer_id', 'total', 'refunded', 'payment_method', 'delivered_at', 'items'].map((field) => [
      'refund',
      `trace[2].result.${field}`,
    ]),
    ['refund', 'trace[2].result.items[0].category'],
    ['refund', 'facts.account'],
    ['refund', 'facts.account.tier'],
    ['refund', 'facts.account.fraud_review'],
    ['refund', 'facts.refund_days.apparel'],
    ['refund', 'judges.said_yes'],
    ['refund', 'judges.said_yes.confidence'],
    ['refund', 'conversation.customer'],
    ...['order_id', 'amount', 'payment_method', 'reason'].map((arg) => ['refund', `action.args.${arg}`]),
    ['reply', 'trace[1]'],
    ...['article_id', 'version', 'approved', 'valid_until'].map((field) => ['reply', `trace[1].result.${field}`]),
    ['reply', 'judges.grounded'],
    ['reply', 'judges.grounded.confidence'],
    ['reply', 'judges.grounded.counts'],
    ['reply', 'judges.grounded.counts.promised_refunds'],
    ['triage', 'judges.label_fit'],
    ['move', 'trace[0].result.customer_id'],
    ['move', 'facts.account'],
    ['move', 'conversation.customer'],
  ])('does not allow %s without %s', (fixture, path) => {
    const test = (edit: string) =>
      `${fixtures}tests:\n  - { name: one, given: ${fixture}${edit}, expect: { decision: allow } }\n`;
    const passes = (text: string): boolean | undefined => {
      const { file, source } = readTestFile('pact.test.yaml', text);
      if (!file || !source || !pact) throw new Error('the fixtures are gone');
      const { results, diagnostics } = runTests(pact, file, source, () => -240);
      expect(diagnostics).toEqual([]);
      return results[0]?.passed;
    };
    expect(passes(test(''))).toBe(true);
    expect(passes(test(`, unset: ["${path}"]`))).toBe(false);
  });
});
