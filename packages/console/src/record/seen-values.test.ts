import { describe, expect, it } from 'vitest';
import { nameWords, shownText, valuesOf } from './seen-values.ts';

const money = { used: 'money', amount: 'money', at_most: 'money' } as const;

describe('the values of a reason', () => {
  it('of a limit on money are money, of a limit on a count are counts', () => {
    const values = { used: 9000, amount: 4500, at_most: 10000 };
    expect(valuesOf({ kind: 'limit', values, units: money, currency: 'USD' })).toEqual([
      ['used before', '$90.00'],
      ['this action', '$45.00'],
      ['at most', '$100.00'],
    ]);
    expect(valuesOf({ kind: 'limit', values: { used: 2, amount: 1, at_most: 3 } })).toEqual([
      ['used before', '2'],
      ['this action', '1'],
      ['at most', '3'],
    ]);
  });

  it('stand by their words and units', () => {
    const values = { 'action.args.amount': 4500, left_on_order: 2000, age: 40 * 86_400_000, now: 1_700_000_000_000 };
    const units = { 'action.args.amount': 'money', left_on_order: 'money', age: 'span', now: 'time' } as const;
    const [amount, left, age, now] = valuesOf({ kind: 'never', values, units, currency: 'USD' });
    expect([amount, left, age]).toEqual([
      ['amount', '$45.00'],
      ['left on order', '$20.00'],
      ['age', '40 days'],
    ]);
    expect(now?.[1]).toMatch(/2023/);
  });

  it('without a unit stay as they are', () => {
    expect(valuesOf({ kind: 'never', values: { order_age: 40, vip: true, note: 'gift' } })).toEqual([
      ['order age', '40'],
      ['vip', 'true'],
      ['note', 'gift'],
    ]);
  });
});

describe('a value by its unit', () => {
  const text = (value: unknown, unit: 'share' | 'date' | 'span' | 'decimal(2)' | 'money') =>
    shownText(value, 'x', { units: { x: unit }, currency: 'EUR' });

  it('is written out', () => {
    expect(text(25_000, 'share')).toBe('2.5 %');
    expect(text(1050, 'decimal(2)')).toBe('10.50');
    expect(text(-7_200_000, 'span')).toBe('minus 2 hours');
    expect(text(30 * 86_400_000 + 4 * 3_600_000, 'span')).toBe('30 days 4 hours');
    expect(text(5_400_000, 'span')).toBe('1 hour 30 minutes');
    expect(text(0, 'span')).toBe('no time');
    expect(text('2024-05-15', 'date')).toMatch(/15.*2024|2024.*15/);
    expect(text('not a day', 'date')).toBe('not a day');
    expect(text(null, 'money')).toBe('null');
  });

  it('of a fact is written in each of its parts', () => {
    const units = {
      'order.total': 'money',
      'order.items.*.price': 'money',
      'order.by_name.*': 'money',
      'order.parts.*.cost': 'money',
    } as const;
    const order = {
      total: 4500,
      id: 'W1',
      items: [{ price: 2000, count: 2 }],
      by_name: { mug: 700 },
      parts: { lid: { cost: 5 } },
    };
    expect(JSON.parse(shownText(order, 'order', { units, currency: 'USD' }))).toEqual({
      total: '$45.00',
      id: 'W1',
      items: [{ price: '$20.00', count: 2 }],
      by_name: { mug: '$7.00' },
      parts: { lid: { cost: '$0.05' } },
    });
  });
});

it.each([
  ['action.args.amount', 'amount'],
  ['action.tool', 'tool'],
  ['order.delivered_at', 'order delivered at'],
  ['left_on_order', 'left on order'],
])('a name reads as words: %s', (name, words) => expect(nameWords(name)).toBe(words));
