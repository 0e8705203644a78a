/** Which of the values beside a reason are money, times, spans: known from the types of the pact, also through arithmetic. */
import { describe, expect, it } from 'vitest';
import { samplePact } from './sample-pact.ts';
import { factUnits, unitsOf } from './units.ts';

const rule = (id: string, when: string) => ({ id, says: `The rule ${id}`, severity: 'major', on: ['refund'], when });
const limit = (id: string, of: object) => ({
  id,
  says: `The limit ${id}`,
  severity: 'major',
  of: ['refund'],
  per: 'agent',
  window: '1d',
  else: 'hold',
  ...of,
});
const { pact, diagnostics } = samplePact({
  lanes: {
    refunds: {
      owner: 'desk',
      mode: 'enforce',
      may: {
        refund: {
          args: {
            type: 'object',
            required: ['amount', 'day'],
            additionalProperties: false,
            properties: {
              amount: { type: 'number', format: 'money', exclusiveMinimum: 0, maximum: 500 },
              day: { type: 'string', format: 'date' },
            },
          },
        },
      },
      ask_a_human_if: [
        rule('U-1', 'action.args.amount > left_on_order && order.items.size() > most'),
        rule('U-2', 'now - order.delivered_at > days(30) || age > days(60)'),
        rule('U-3', 'action.args.day == "2024-05-15" || order.delivered_at.day() == action.args.day'),
        rule('U-4', 'action.args.amount > autonomy.most || share_back > autonomy.share || dearest > tenth'),
        rule('U-5', 'order.items.exists(item, item.price > 5) || order.weight > 5 || order.note == "gift"'),
      ],
      limits: [
        limit('U-6', { sum: 'action.args.amount', at_most: '100.00 USD' }),
        limit('U-7', { count: 3 }),
        limit('U-8', { sum: 'order.items.size()', at_most: 20 }),
        limit('U-9', { sum: 'points', at_most: 'autonomy.most' }),
      ],
      parameters: { most: 'money', share: 'share' },
      autonomy: { limited: { most: '50.00 USD', share: '10%' }, autonomous: { most: '80.00 USD', share: '20%' } },
    },
  },
  types: {
    Item: { price: 'money', name: 'string' },
    Order: {
      total: 'money',
      refunded: 'money',
      delivered_at: 'time',
      weight: 'decimal(2)',
      note: 'string',
      items: 'list<Item>[20]',
    },
  },
  define: {
    left_on_order: { says: 'Left on the order', cel: 'order.total - order.refunded' },
    age: { says: 'Since delivery', cel: 'now - order.delivered_at' },
    share_back: { says: 'Share refunded', cel: 'order.refunded * 1000000 / order.total' },
    dearest: { says: 'The dearest', cel: 'max(0, order.items.map(item, item.price).first())' },
    tenth: { says: 'A tenth of all', cel: 'sum(order.items.map(item, item.price)) / 10' },
  },
  facts: {
    order: { from: 'trace', tools: ['get_order'], take: 'latest', type: 'Order' },
    most: { from: 'caller', type: 'int' },
    points: { from: 'caller', type: 'int' },
    since: { from: 'caller', type: 'time' },
  },
  reads: { get_order: {} },
});

const told = (id: string, names: readonly string[]) => {
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return unitsOf(pact, 'refund', { id, values: Object.fromEntries(names.map((name) => [name, 1])) });
};

describe('the units of values', () => {
  it('are those of arguments and of what is worked out from money', () => {
    expect(told('U-1', ['action.args.amount', 'left_on_order', 'most'])).toEqual({
      units: { 'action.args.amount': 'money', left_on_order: 'money' },
      currency: 'USD',
    });
    expect(told('U-4', ['autonomy.most', 'autonomy.share', 'share_back', 'dearest', 'tenth'])).toEqual({
      units: { 'autonomy.most': 'money', 'autonomy.share': 'share', dearest: 'money', tenth: 'money' },
      currency: 'USD',
    });
  });

  it('are times, spans and dates, without a currency', () => {
    expect(told('U-2', ['now', 'order.delivered_at', 'age'])).toEqual({
      units: { now: 'time', 'order.delivered_at': 'time', age: 'span' },
    });
    expect(told('U-3', ['action.args.day'])).toEqual({ units: { 'action.args.day': 'date' } });
    expect(told('U-5', ['order.weight', 'order.note'])).toEqual({ units: { 'order.weight': 'decimal(2)' } });
  });

  it('of a limit are what it adds up, or what its bound is written in', () => {
    const values = ['used', 'amount', 'at_most'];
    const money = { units: { used: 'money', amount: 'money', at_most: 'money' }, currency: 'USD' };
    expect(told('U-6', values)).toEqual(money);
    expect(told('U-9', values)).toEqual(money);
    expect(told('U-7', values)).toEqual({});
    expect(told('U-8', values)).toEqual({});
  });

  it('name only what stands among the values', () => {
    expect(told('U-1', ['left_on_order'])).toEqual({ units: { left_on_order: 'money' }, currency: 'USD' });
    expect(told('U-1', [])).toEqual({});
    expect(told('nobody', ['left_on_order'])).toEqual({});
  });

  it('of a fact are told by path', () => {
    if (!pact) throw new Error(JSON.stringify(diagnostics));
    expect(factUnits(pact, 'order')).toEqual({
      units: {
        'order.total': 'money',
        'order.refunded': 'money',
        'order.delivered_at': 'time',
        'order.weight': 'decimal(2)',
        'order.items.*.price': 'money',
      },
      currency: 'USD',
    });
    expect(factUnits(pact, 'since')).toEqual({ units: { since: 'time' } });
    expect(factUnits(pact, 'most')).toEqual({});
    expect(factUnits(pact, 'nobody')).toEqual({});
  });
});
