/** From a sentence to its lines, and back. */
import { expect, it } from 'vitest';
import { keyAt, keyOf } from './light.ts';

const lines = {
  'P-1': { from: 12, to: 14 },
  'refunds/issue_refund': { from: 5, to: 20 },
  '/get_order': { from: 30, to: 30 },
};

it.each([
  [{ says: 'Never twice', id: 'P-1' }, 'refunds', 'P-1'],
  [{ says: 'Never twice', id: 'P-9' }, 'refunds', undefined],
  [{ says: 'refund an order (`issue_refund`)' }, 'refunds', 'refunds/issue_refund'],
  [{ says: '`get_order`' }, '', '/get_order'],
  [{ says: 'always hand over to a person' }, 'refunds', undefined],
])('%#', (sentence, lane, key) => {
  expect(keyOf(sentence, lane, lines)).toBe(key);
});

it('takes the narrowest that stands on a line', () => {
  expect(keyAt(13, lines)).toBe('P-1');
  expect(keyAt(6, lines)).toBe('refunds/issue_refund');
  expect(keyAt(40, lines)).toBeUndefined();
});
