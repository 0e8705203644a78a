import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../crypto/bytes.ts';
import { loadPact } from '../load.ts';
import type { Pact } from '../pact.ts';
import { pactExposure } from './pact-exposure.ts';

interface Shop {
  readonly lane?: string;
  readonly amount?: string;
  readonly tools?: string;
  readonly rules?: string;
  readonly limits?: string;
  readonly trust?: string;
  readonly define?: string;
}

const DAILY =
  'id: L-1, says: Daily, severity: major, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: 100.00 USD, else: hold';

/** A lane with one refund tool, in single lines of YAML. */
const shop = ({
  lane = 'enforce',
  amount = '',
  tools = '',
  rules = '',
  limits = '',
  trust = '',
  define = '',
}: Shop) => `
pact: shop
format: 1
version: 1
says: A shop
author: kim
agents: [bot]
currency: USD
zone: UTC
owners: { desk: { primary: kim, backup: lou, answer_within: 1h, then: deny } }
consequences: {}
evidence: { keep: 400d, personal: [], erase_after: 90d }
trust: {${trust}}
define: {${define}}
facts: { order: { from: trace, tools: [get_order], take: latest, type: Order } }
reads: { get_order: {} }
types: { Order: { total: money } }
lanes:
  refund_checks:
    owner: desk
    mode: ${lane}
    may:
      refund: { args: { type: object, additionalProperties: false, required: [amount], properties: { amount: { type: number, format: money${amount} } } } }
${tools}
    ask_a_human_if:
      - { id: S-1, says: Something else, severity: minor, when: action.tool == 'other' || order.total == 1 }
${rules}
    limits:
      - { id: S-2, says: A count, severity: minor, of: [refund], per: conversation, count: 5, else: hold }
${limits}
    parameters: { most: money, often: int }
    autonomy: { limited: { most: 20.00 USD, often: 2 }, autonomous: { most: 70.00 USD, often: 9 } }
`;

const read = (text: string) => loadPact('shop.yaml', encodeUtf8(text), () => undefined);

function load(parts: Shop): Pact {
  const { pact, diagnostics } = read(shop(parts));
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return pact;
}

const ask = (condition: string, more = '') =>
  `      - { id: R-1, says: Too much, severity: major, ${condition}${more} }`;
const capWith = (parts: Shop, state: 'limited' | 'autonomous' = 'limited') =>
  pactExposure(load(parts), state).actions[0]?.cap;

describe('the cap of a money action', () => {
  it('is what a rule on the amount lets through, in whichever way it is written', () => {
    expect(capWith({ rules: ask('when: action.args.amount > 5000') })).toBe(5000);
    expect(capWith({ rules: ask('when: action.args.amount >= 5000') })).toBe(4999);
    expect(capWith({ rules: ask('unless: action.args.amount <= 5000') })).toBe(5000);
    expect(capWith({ rules: ask('unless: action.args.amount < 5000') })).toBe(4999);
    expect(capWith({ rules: ask('when: 5000 < action.args.amount') })).toBe(5000);
    expect(capWith({ rules: ask("unless: minor('50.00') >= action.args.amount") })).toBe(5000);
  });

  it('follows the parameter of the trust state', () => {
    const rules = ask('when: action.args.amount > autonomy.most');
    expect(capWith({ rules }, 'limited')).toBe(2000);
    expect(capWith({ rules }, 'autonomous')).toBe(7000);
  });

  it('sees through definitions', () => {
    const define =
      'large: { says: Too large, cel: "amount > 5000" }, amount: { says: The amount, cel: action.args.amount }';
    expect(capWith({ define, rules: ask('when: large') })).toBe(5000);
  });

  it('is the least of the schema and the rules', () => {
    expect(capWith({ amount: ', maximum: 30' })).toBe(3000);
    expect(capWith({ amount: ', maximum: 30', rules: ask('when: action.args.amount > 5000') })).toBe(3000);
    expect(capWith({ amount: ', maximum: 90', rules: ask('when: action.args.amount > 5000') })).toBe(5000);
  });

  it('is none where the condition asks for more than the amount, stops small ones, or compares with a fact', () => {
    for (const condition of [
      'when: action.args.amount > 5000 && order.total > 1',
      'when: action.args.amount < 5000',
      'unless: action.args.amount > 5000',
      'when: action.args.amount > order.total',
      'when: order.total > 5000',
      'when: action.args.amount + 1 > 5000',
    ])
      expect(capWith({ rules: ask(condition) }), condition).toBeNull();
  });

  it('is none where the rule is in shadow', () => {
    expect(capWith({ rules: ask('when: action.args.amount > 5000', ', mode: shadow') })).toBeNull();
  });
});

describe('pactExposure', () => {
  it('is nothing while every action is held', () => {
    expect(pactExposure(load({}), 'supervised')).toMatchObject({ exposure: 0, unbounded: [] });
    expect(pactExposure(load({}), 'suspended')).toMatchObject({ exposure: 0, unbounded: [] });
  });

  it('is what the limits bound, per lane too, naming the limit that does', () => {
    const found = pactExposure(load({ limits: `      - { ${DAILY} }` }), 'limited');
    expect(found).toMatchObject({ exposure: 70_000, unbounded: [], by: ['L-1'] });
    expect(found.lanes['refund_checks']).toMatchObject({ exposure: 70_000, by: ['L-1'] });
  });

  it('takes the number that the trust state gives', () => {
    const limits =
      '      - { id: L-1, says: Count, severity: major, of: [refund], per: pact, window: 1w, count: autonomy.often, else: hold }';
    const rules = ask('when: action.args.amount > autonomy.most');
    expect(pactExposure(load({ rules, limits }), 'limited').exposure).toBe(2 * 2000);
    expect(pactExposure(load({ rules, limits }), 'autonomous').exposure).toBe(9 * 7000);
  });

  it('counts limits per conversation only where the conversations of a week are declared', () => {
    const rules = ask('when: action.args.amount > 100');
    expect(pactExposure(load({ rules }), 'limited')).toMatchObject({ exposure: null, unbounded: ['refund'] });
    expect(pactExposure(load({ rules, trust: ' conversations_per_week: 30 ' }), 'limited').exposure).toBe(30 * 5 * 100);
  });

  it('is unbounded in a lane in shadow, where no limit counts', () => {
    expect(pactExposure(load({ lane: 'shadow', limits: `      - { ${DAILY} }` }), 'limited').exposure).toBeNull();
  });

  it('does not take a sum for a bound that leaves out some of the money', () => {
    const half = DAILY.replace('sum: action.args.amount', 'sum: action.args.amount / 2');
    expect(pactExposure(load({ limits: `      - { ${half} }` }), 'limited').unbounded).toEqual(['refund']);
  });

  it('wants every money argument of a tool in the sum', () => {
    const tools = `      pay: { args: { type: object, additionalProperties: false, required: [a, b], properties: { a: { type: number, format: money, maximum: 5 }, b: { type: number, format: money, maximum: 7 } } } }`;
    const sum = (expression: string) =>
      `      - { ${DAILY} }\n      - { ${DAILY.replace('L-1', 'L-2').replace('refund', 'pay').replace('action.args.amount', expression)} }`;
    const found = (expression: string) => pactExposure(load({ tools, limits: sum(expression) }), 'limited');
    expect(found('action.args.a').unbounded).toEqual(['pay']);
    expect(found('action.args.b + action.args.a')).toMatchObject({ exposure: 140_000, unbounded: [] });
    expect(found('action.args.b + action.args.a').actions).toContainEqual({ tool: 'pay', cap: 1200 });
  });

  it('counts the worth of a tool that moves money without a money argument, and names the tools it cannot count', () => {
    const cancel = (worth: string) =>
      `      cancel: { args: { type: object, additionalProperties: false, properties: {} }${worth} }`;
    const weekly =
      '      - { id: L-2, says: Sum, severity: major, of: [cancel], per: agent, window: 1w, sum: order.total, at_most: 9.00 USD, else: hold }';
    const limits = `      - { ${DAILY} }\n`;
    expect(pactExposure(load({ tools: cancel(''), limits }), 'limited').uncounted).toEqual(['cancel']);
    expect(pactExposure(load({ tools: cancel(', worth: order.total'), limits }), 'limited')).toMatchObject({
      unbounded: ['cancel'],
      uncounted: [],
    });
    expect(
      pactExposure(load({ tools: cancel(', worth: order.total'), limits: limits + weekly }), 'limited').exposure,
    ).toBe(70_900);
    const counted = weekly.replace('sum: order.total, at_most: 9.00 USD', 'count: 3');
    expect(
      pactExposure(load({ tools: cancel(', worth: "minor(\'2.50\')"'), limits: limits + counted }), 'limited').exposure,
    ).toBe(70_750);
  });
});

describe('the warning unbounded_exposure', () => {
  const warned = (parts: Shop) =>
    read(shop(parts))
      .diagnostics.filter(({ code }) => code === 'unbounded_exposure')
      .map(({ range, hint }) => ({ range, hint }));

  it('stands at the tool that nothing bounds', () => {
    const line =
      shop({})
        .split('\n')
        .findIndex((text) => text.startsWith('      refund:')) + 1;
    expect(warned({})).toEqual([
      {
        range: { line, column: 7, end_line: line, end_column: 13 },
        hint: expect.stringContaining('conversations_per_week'),
      },
    ]);
  });

  it('is silent where a limit bounds the tool, also while its lane is still in shadow', () => {
    expect(warned({ limits: `      - { ${DAILY} }` })).toEqual([]);
    expect(warned({ lane: 'shadow', limits: `      - { ${DAILY} }` })).toEqual([]);
  });

  it('stands where the only limit is itself in shadow', () => {
    expect(warned({ limits: `      - { ${DAILY}, mode: shadow }` })).toHaveLength(1);
  });

  it('does not repeat what an error in the limit already says', () => {
    expect(warned({ limits: `      - { ${DAILY.replace('action.args.amount', 'action.args.amuont')} }` })).toEqual([]);
  });
});
