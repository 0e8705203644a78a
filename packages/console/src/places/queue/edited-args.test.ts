import { describe, expect, it } from 'vitest';
import { argsOf, draftOf } from './edited-args.ts';

describe('edited arguments', () => {
  const args = { order_id: 'o-1', amount: 45.5, items: [{ sku: 'lamp' }], note: 'two\nlines', gift: false };

  it('come back as they were', () => {
    expect(argsOf(draftOf(args))).toEqual({ args, wrong: new Map() });
  });

  it('say by name what cannot be read', () => {
    const draft = draftOf(args).map((one) =>
      one.kind === 'text' ? one : { ...one, text: one.kind === 'number' ? '4,5' : '[' },
    );
    expect([...argsOf(draft).wrong.keys()]).toEqual(['amount', 'items', 'gift']);
    expect(argsOf([{ name: 'amount', kind: 'number', text: ' ' }]).wrong.get('amount')).toMatch(/Write a number/);
    expect(argsOf([{ name: 'amount', kind: 'number', text: 'Infinity' }]).wrong.size).toBe(1);
  });

  it('of an erased action are none', () => {
    expect(draftOf(null)).toEqual([]);
  });
});
