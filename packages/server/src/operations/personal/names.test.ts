/** Names nobody can turn back: keyed as RFC 2104 says, and the same for the same key alone. */
import { createHmac, randomBytes } from 'node:crypto';
import { canonical } from '@surety/core/crypto';
import { describe, expect, it } from 'vitest';
import { drawOf, fromWireId, Names, toActionId, toHoldId } from './names.ts';

describe('names', () => {
  const key = randomBytes(32);
  const names = new Names(key);
  const hmac = (value: unknown) => createHmac('sha256', key).update(canonical(value)).digest('hex');

  it.each(['', 'case-1', 'déjà vu 😀', 'x'.repeat(1_365), 'x'.repeat(1_366), '漢'.repeat(5_000)])(
    'are HMAC-SHA-256 of what they name (%#)',
    (text) => {
      expect(names.action('bot', text, 'c1')).toBe(`a/${hmac(['bot', text, 'c1']).slice(0, 32)}`);
      expect(names.conversation(text)).toBe(`c_${hmac(['conversation', text]).slice(0, 32)}`);
      expect(Buffer.from(names.tag([text])).toString('hex')).toBe(hmac([text]));
    },
  );

  it('leave the framework’s id of a call as it is, unless it could be anything', () => {
    expect(names.call('call_abc-1')).toBe('call_abc-1');
    expect(names.call('ana@mail.example')).toBe(`h_${hmac(['call', 'ana@mail.example']).slice(0, 32)}`);
  });

  it('go to the wire and back', () => {
    const id = names.action('bot', 'case', 'c1');
    expect(fromWireId(toActionId(id))).toBe(id);
    expect(fromWireId(toHoldId(`${id}/decided`))).toBe(id);
    expect(drawOf(id)).toBeGreaterThanOrEqual(0);
    expect(drawOf(id)).toBeLessThan(1_000_000);
  });
});
