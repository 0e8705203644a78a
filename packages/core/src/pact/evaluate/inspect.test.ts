/** What an inspection tells beside the decision: each rule once, with what it saw, and never another decision. */
import { describe, expect, it } from 'vitest';
import type { CallStep } from '../../terms/trace.ts';
import { samplePact } from '../sample-pact.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { evaluate } from './evaluate.ts';
import { inspect } from './inspect.ts';
import type { Situation } from './situation.ts';

const money = { type: 'number', format: 'money', exclusiveMinimum: 0 };
const args = {
  type: 'object',
  required: ['order', 'amount'],
  additionalProperties: false,
  properties: { order: { type: 'string' }, amount: money },
};
const rule = (id: string, more: object) => ({ id, says: `The rule ${id}`, severity: 'major', on: ['refund'], ...more });
const { pact, diagnostics } = samplePact({
  lanes: {
    refunds: {
      owner: 'desk',
      mode: 'enforce',
      may: { refund: { args }, hand_over: { queues: { general: 'desk' } } },
      never: [rule('A-1', { unless: 'action.args.amount <= order.total' })],
      ask_a_human_if: [rule('A-2', { when: 'action.args.amount > 5000 && vip.yes' })],
      limits: [
        {
          id: 'A-3',
          says: 'A hundred a day',
          severity: 'major',
          of: ['refund'],
          per: 'agent',
          window: '1d',
          sum: 'action.args.amount',
          at_most: '100.00 USD',
          else: 'hold',
        },
      ],
      autonomy: { limited: {}, autonomous: {} },
    },
  },
  types: { Order: { order: 'string', total: 'money' }, Vip: { yes: 'bool' } },
  facts: {
    order: {
      from: 'trace',
      tools: ['get_order'],
      where: { order: 'action.args.order' },
      take: 'latest',
      type: 'Order',
    },
    vip: { from: 'caller', type: 'Vip' },
  },
  reads: { get_order: { target: 'order' } },
});

const read: CallStep = {
  kind: 'call',
  call_id: 'c1',
  tool: 'get_order',
  args: { order: 'W1' },
  ok: true,
  result: { order: 'W1', total: 80 },
};

function situation(tool: string, given: object, used = 0): Situation {
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  const offset = () => 0;
  const memory = new ConversationMemory(pact, { id: 'c' }, offset);
  memory.observe({ kind: 'customer', text: 'please' });
  memory.observe(read);
  return {
    proposal: { tool, args: given as Record<string, never> },
    agent: 'bot',
    conversation: { id: 'c' },
    memory,
    now: 0,
    offset,
    state: 'limited',
    given: (name) => (name === 'vip' ? { yes: false } : undefined),
    judges: {},
    used: () => used,
    undatedIsFresh: false,
  };
}
const ask = (tool: string, given: object, used = 0) => {
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  const asked = situation(tool, given, used);
  const found = inspect(pact, asked);
  expect(found.evaluation).toEqual(evaluate(pact, asked));
  return found;
};

describe('an inspection', () => {
  it('tells what passed with the values it saw, and where facts came from', () => {
    const { rules, limits, facts } = ask('refund', { order: 'W1', amount: 60 });
    expect(rules.map(({ id, outcome, values }) => [id, outcome, values])).toEqual([
      ['A-1', 'passed', { 'action.args.amount': 6_000, 'order.total': 8_000 }],
      ['A-2', 'passed', { 'vip.yes': false }],
      ['A-3', 'passed', {}],
    ]);
    expect(limits).toMatchObject([{ amount: 6_000, at_most: 10_000 }]);
    expect(facts).toEqual([
      { name: 'order', from: 'trace', value: { order: 'W1', total: 8_000 }, cause: undefined, step: 1 },
      { name: 'vip', from: 'caller', value: { yes: false }, cause: undefined, step: undefined },
    ]);
  });

  it('tells what fired, what is in doubt and which limit is full by their reasons', () => {
    const { rules } = ask('refund', { order: 'W1', amount: 90 }, 2_000);
    expect(rules.map(({ id, reason }) => [id, reason?.why])).toEqual([
      ['A-1', 'fired'],
      ['A-2', undefined],
      ['A-3', 'limit'],
    ]);
    const unknown = ask('refund', { order: 'W2', amount: 10 });
    expect(unknown.rules[0]?.reason).toMatchObject({ why: 'doubt', cause: 'missing_fact', fact: 'order' });
    expect(unknown.facts).toMatchObject([{ name: 'order', value: null, cause: 'missing_fact', step: undefined }]);
  });

  it.each([
    ['a read', 'get_order', { order: 'W1' }],
    ['a tool of no lane', 'delete', {}],
    ['arguments that do not fit', 'refund', { order: 'W1' }],
  ])('asks no rule of %s', (_, tool, given) => {
    expect(ask(tool, given)).toMatchObject({ rules: [], limits: [], facts: [] });
  });
});
