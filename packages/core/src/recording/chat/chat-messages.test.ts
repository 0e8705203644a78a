import { describe, expect, it } from 'vitest';
import type { Json } from '../../terms/json.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { OPENAI, readMessages, TAU2 } from './chat-messages.ts';

const user = { role: 'user', content: 'hi' };
const called = (...tool_calls: Json[]): Json => ({ role: 'assistant', content: null, tool_calls });
const look = (id: Json, args: Json = '{}'): Json => ({
  id,
  type: 'function',
  function: { name: 'look', arguments: args },
});

function read(list: Json[], dialect = OPENAI) {
  const messages = readMessages(list, dialect);
  if (!messages.ok) throw new Error(messages.error);
  return messages.value;
}

const errorOf = (...list: Json[]): string | undefined => {
  const messages = readMessages(list, OPENAI);
  return messages.ok ? undefined : messages.error;
};

describe('chat messages of OpenAI', () => {
  it('are those of customer, agent and tools', () => {
    expect(
      read([user, called(look('a', '{"id":1}')), { role: 'tool', tool_call_id: 'a', name: 'look', content: 'x' }]),
    ).toEqual([
      { from: 'customer', index: 0, text: 'hi' },
      { from: 'agent', index: 1, text: '', calls: [{ position: 0, call_id: 'a', tool: 'look', args: '{"id":1}' }] },
      { from: 'tool', index: 2, call_id: 'a', tool: 'look', text: 'x', failed: false },
    ]);
  });

  it('leave prompts out and do not count them, so that a call has the same name with and without them', () => {
    const prompts = [
      { role: 'system', content: 'secret' },
      { role: 'developer', content: 'secret' },
    ];
    expect(read([...prompts, user, called(look(null))])).toEqual(read([user, called(look(null))]));
  });

  it('may have texts in parts, of which only the texts are read', () => {
    const parts = [
      { type: 'text', text: 'Hello ' },
      { type: 'image_url', image_url: { url: 'x' } },
      { type: 'text', text: 'you' },
    ];
    expect(
      read([
        { role: 'user', content: parts as unknown as Json },
        { role: 'assistant', content: parts as unknown as Json },
      ]),
    ).toMatchObject([{ text: 'Hello you' }, { text: 'Hello you' }]);
  });

  it('may have a refusal in place of a content', () => {
    expect(read([{ role: 'assistant', content: null, refusal: 'I cannot.' }])).toMatchObject([{ text: 'I cannot.' }]);
  });

  it('may have results that are no text: parts are joined, other values are shown as JSON', () => {
    const result = (content: Json): string => {
      const [message] = read([{ role: 'tool', tool_call_id: 'a', content }]);
      return message?.text ?? '';
    };
    expect(
      result([
        { type: 'text', text: '{"a":' },
        { type: 'text', text: '1}' },
      ]),
    ).toBe('{"a":1}');
    expect(result({ a: [1] })).toBe('{"a":[1]}');
    expect(result([{ id: 1 }])).toBe('[{"id":1}]');
    expect(result(null)).toBe('');
  });

  it('carry an explicit error of a tool, and none that is only in the text', () => {
    const failed = (extra: object): unknown => {
      const [message] = read([{ role: 'tool', tool_call_id: 'a', content: 'Error: no', ...extra }]);
      return message?.from === 'tool' && message.failed;
    };
    expect([failed({ error: true }), failed({ is_error: true }), failed({ error: false }), failed({})]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('may come in the older form with one function call', () => {
    const older = [
      { role: 'assistant', content: null, function_call: { name: 'look', arguments: '{}' } },
      { role: 'function', name: 'look', content: 'x' },
    ];
    expect(read(older as unknown as Json[])).toMatchObject([
      { calls: [{ tool: 'look', args: '{}' }] },
      { from: 'tool', tool: 'look', text: 'x' },
    ]);
  });

  it('have the times that say where on earth they are meant, and no others', () => {
    const at = (timestamp: Json): number | undefined => {
      const [message] = read([{ ...user, timestamp }]);
      return message?.from === 'customer' ? message.at : undefined;
    };
    expect(at('2025-08-01T16:16:36Z')).toBe(Date.UTC(2025, 7, 1, 16, 16, 36));
    expect([at('2025-08-01T16:16:36'), at(1_754_065_000), at(null)]).toEqual([undefined, undefined, undefined]);
  });

  it('keep halves of surrogate pairs out of every text', () => {
    expect(read([{ role: 'user', content: 'a\ud800b😀\udc00' }])).toMatchObject([{ text: 'a\ufffdb😀\ufffd' }]);
  });

  it.each([
    [
      { role: 'robot', content: 'x' },
      'message 2 has the role "robot"; known are user, assistant, tool, system, developer',
    ],
    [
      { role: '__proto__', content: 'x' },
      'message 2 has the role "__proto__"; known are user, assistant, tool, system, developer',
    ],
    [{ content: 'x' }, 'message 2 has no role; known are user, assistant, tool, system, developer'],
    ['x', 'message 2 has no role; known are user, assistant, tool, system, developer'],
    [{ role: 'user', content: { text: 'x' } }, 'message 2: the content is neither a text nor a list of parts'],
    [called({ id: 'a', function: { arguments: '{}' } }), 'message 2: its call 1 names no tool'],
    [called('x'), 'message 2: its call 1 names no tool'],
    [called({ id: {}, function: { name: 'look' } }), 'message 2: the id of a call is neither a text nor a number'],
  ])('are refused with their place where one cannot be read: %j', (message, says) => {
    expect(errorOf(user, message as Json)).toBe(says);
  });

  it('are as many, as long and as long in their names as the limits, and no more', () => {
    const { messages, textChars, nameChars } = RECORDING_LIMITS;
    expect(errorOf(...Array.from({ length: messages }, () => user))).toBeUndefined();
    expect(errorOf(...Array.from({ length: messages + 1 }, () => user))).toContain(`at most ${messages} are read`);
    for (const role of ['user', 'assistant', 'tool']) {
      expect(errorOf({ role, content: 'x'.repeat(textChars) })).toBeUndefined();
      expect(errorOf({ role, content: 'x'.repeat(textChars + 1) })).toBe(
        `message 1: the content is longer than ${textChars} characters`,
      );
    }
    expect(errorOf(called(look('x'.repeat(nameChars))))).toBeUndefined();
    expect(errorOf(called(look('x'.repeat(nameChars + 1))))).toBe(
      `message 1: the id of a call is longer than ${nameChars} characters`,
    );
  });
});

describe('messages of tau2-bench', () => {
  const look2 = (id: string, requestor = 'assistant'): Json => ({ id, name: 'look', arguments: { n: 1 }, requestor });

  it('have calls and results of their own shape', () => {
    const list = [called(look2('a')), { role: 'tool', id: 'a', content: 'x', requestor: 'assistant', error: true }];
    expect(read(list as unknown as Json[], TAU2)).toEqual([
      { from: 'agent', index: 0, text: '', calls: [{ position: 0, call_id: 'a', tool: 'look', args: { n: 1 } }] },
      { from: 'tool', index: 1, call_id: 'a', tool: undefined, text: 'x', failed: true },
    ]);
  });

  it('leave out what the customer does on a device of their own, and count it', () => {
    const list = [
      { role: 'user', content: null, tool_calls: [look2('u', 'user')] },
      { role: 'tool', id: 'u', content: 'secret', requestor: 'user' },
      { role: 'user', content: 'It is on.', tool_calls: [look2('v', 'user')] },
      { role: 'assistant', content: 'Good.', tool_calls: [look2('w', 'user')] },
    ];
    expect(read(list as unknown as Json[], TAU2)).toEqual([
      { from: 'customer', index: 2, text: 'It is on.' },
      { from: 'agent', index: 3, text: 'Good.', calls: [] },
    ]);
  });
});
