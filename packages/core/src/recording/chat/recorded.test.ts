import { describe, expect, it } from 'vitest';
import type { Json } from '../../terms/json.ts';
import { Tally } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { type Container, toConversation } from './recorded.ts';

const hello = [{ role: 'user', content: 'hi' }];
const said = [{ kind: 'customer', text: 'hi' }];

function read(value: Json, container: Container = 'file', tally = new Tally('f')) {
  const conversation = toConversation(value, container, tally);
  return conversation.ok ? conversation.value : conversation.error;
}

describe('a recorded conversation', () => {
  it('of OpenAI chat has its id and what else is known of it', () => {
    const head = { id: 'c1', agent: 'bot', customer_id: 'u1', channel: 'chat' };
    expect(read({ ...head, at: '2026-03-01T00:00:00Z', messages: hello })).toEqual({
      ...head,
      at: Date.UTC(2026, 2, 1),
      steps: said,
    });
    expect(read({ id: 7, customer_id: null, messages: [] })).toEqual({ id: '7', steps: [] });
  });

  it('of OpenAI chat without an id is refused', () => {
    expect(read({ messages: hello })).toBe('the conversation has no "id"; give each conversation an id of its own');
    expect(read({ id: {}, messages: hello })).toBe('"id" is neither a text nor a number');
  });

  it('of tau-bench is named by task and trial, and by a number where a file has them twice', () => {
    const tally = new Tally('f');
    const ids = [3, 3, '3-trial0', 3].map((task_id) => {
      const conversation = read({ task_id, trial: 0, traj: hello }, 'file', tally);
      return typeof conversation === 'string' ? conversation : conversation.id;
    });
    expect(ids).toEqual(['task3-trial0', 'task3-trial0-2', 'task3-trial0-trial0', 'task3-trial0-3']);
  });

  it('of tau2-bench has the id of its simulation and the time when it started', () => {
    const simulation = { id: 's1', task_id: '1', trial: 0, start_time: '2026-03-01T00:00:00+01:00', messages: hello };
    expect(read(simulation, 'simulations')).toEqual({ id: 's1', at: Date.UTC(2026, 1, 28, 23), steps: said });
    expect(read({ ...simulation, id: null, start_time: '2026-03-01T00:00:00' }, 'simulations')).toEqual({
      id: 'task1-trial0',
      steps: said,
    });
  });

  it('never shows what the recording knows about the right answer', () => {
    const secret = 'the right answer';
    const hidden = {
      reward: secret,
      info: { secret },
      tasks: [secret],
      reward_info: { secret },
      labels: secret,
      records: [secret],
    };
    const message = { role: 'user', content: 'hi', raw_data: { secret }, label: secret, gold: secret };
    const calls = {
      role: 'assistant',
      content: null,
      raw_data: secret,
      tool_calls: [{ id: 'a', name: 'look', function: { name: 'look', arguments: '{}' }, gold: secret }],
    };
    const messages = [
      { role: 'system', content: secret },
      message,
      calls,
      { role: 'tool', tool_call_id: 'a', id: 'a', content: 'x', gold: secret },
    ];
    for (const [value, container] of [
      [{ id: 'c', ...hidden, messages }, 'file'],
      [{ task_id: 1, trial: 0, ...hidden, traj: messages }, 'file'],
      [{ id: 'c', ...hidden, messages }, 'simulations'],
    ] as const) {
      const conversation = read(value as unknown as Json, container);
      expect(conversation).toMatchObject({ steps: [{ kind: 'customer' }, { kind: 'call', result_text: 'x' }] });
      expect(JSON.stringify(conversation)).not.toContain(secret);
    }
  });

  it('is refused with a sentence where its shape is not known', () => {
    expect(read({ role: 'user', content: 'secret' })).toContain('this is a single message');
    expect(read({ text: 'secret' })).toContain('has no list "messages"');
    expect(read(['secret'])).toContain('must be a JSON object');
  });

  it('has names as long as the limit and no longer', () => {
    const { nameChars: n } = RECORDING_LIMITS;
    expect(read({ id: 'x'.repeat(n), messages: hello })).toMatchObject({ steps: said });
    expect(read({ id: 'x'.repeat(n + 1), messages: hello })).toBe(`"id" is longer than ${n} characters`);
    expect(read({ id: 'x', agent: 'x'.repeat(n + 1), messages: hello })).toBe(`"agent" is longer than ${n} characters`);
  });
});
