import { describe, expect, it } from 'vitest';
import { valuesOf } from './reasons.tsx';

describe('the values of a reason', () => {
  const values = { used: 9000, amount: 4500, at_most: 10000 };

  it('of a limit on money are money', () => {
    expect(valuesOf({ kind: 'limit', values }, { currency: 'USD', minor: 4500 })).toEqual([
      ['used before', '$90.00'],
      ['this action', '$45.00'],
      ['at most', '$100.00'],
    ]);
  });

  it('of a limit on a count, or of another rule, stay as they are', () => {
    expect(
      valuesOf({ kind: 'limit', values: { used: 2, amount: 1, at_most: 3 } }, { currency: 'USD', minor: 4500 }),
    ).toEqual([
      ['used before', '2'],
      ['this action', '1'],
      ['at most', '3'],
    ]);
    expect(valuesOf({ kind: 'never', values: { order_age: 40 } })).toEqual([['order age', '40']]);
  });
});
