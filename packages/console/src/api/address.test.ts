/** A name from outside never leaves its place in the address. */
import { expect, it } from 'vitest';
import { addressOf } from './address.ts';

it.each([
  ['/v1/agents/{name}/trust', { params: { name: 'a/../b?c#d' } }, '/v1/agents/a%2F..%2Fb%3Fc%23d/trust'],
  ['/v1/holds', { query: { agent: 'a&b', owner: undefined } }, '/v1/holds?agent=a%26b'],
  ['/v1/holds', {}, '/v1/holds'],
])('%s %#', (path, sent, address) => {
  expect(addressOf(path, sent)).toBe(address);
});
