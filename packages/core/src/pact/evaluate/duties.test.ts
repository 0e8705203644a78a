/** A duty opens once, is fulfilled by one of its tools, and is missed when its span has passed: in replies or in time. */
import { describe, expect, it } from 'vitest';
import type { Step } from '../../terms/trace.ts';
import { samplePact } from '../sample-pact.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { evaluate } from './evaluate.ts';
import { NOTHING_GIVEN } from './given.ts';

const args = { type: 'object', additionalProperties: false, properties: {} };
const duty = (id: string, when: string, within: string, more: object = {}) => ({
  id,
  says: `The duty ${id}`,
  severity: 'major',
  when,
  do: ['call_back'],
  within,
  if_missed: 'hold',
  ...more,
});
const { pact, diagnostics } = samplePact({
  lanes: {
    talk: {
      owner: 'desk',
      mode: 'enforce',
      may: { call_back: { args }, send_reply: { is: 'reply', args }, note: { args } },
      must: [
        duty('M-1', 'trace.customer_said(["fire"])', '2 replies'),
        duty('M-2', 'trace.customer_said(["flood"])', '10m'),
        duty('M-3', 'trace.customer_said(["noise"])', '1 reply', { if_missed: 'none' }),
        duty('M-4', 'trace.customer_said(["smell"])', '1 reply', { mode: 'shadow' }),
        duty('M-5', 'order.total > 1', '1 reply'),
      ],
    },
  },
  reads: { get_order: {} },
  facts: { order: { from: 'trace', tools: ['get_order'], take: 'latest', type: 'Order' } },
  types: { Order: { total: 'money' } },
});
if (!pact) throw new Error(JSON.stringify(diagnostics));

const MINUTE = 60_000;
const said = (text: string, at = 0): Step => ({ kind: 'customer', text, at });
const reply = (at = 0): Step => ({ kind: 'reply', text: 'Well', at });
const did = (tool: string, ok = true, at = 0): Step => ({
  kind: 'call',
  call_id: 'k',
  tool,
  args: {},
  ok,
  result: {},
  at,
});

function propose(steps: readonly Step[], tool = 'note', now = 0) {
  const conversation = { id: 'c1' };
  const memory = new ConversationMemory(pact as NonNullable<typeof pact>, conversation, () => 0);
  for (const step of steps) memory.observe(step);
  const { decision, enforced, reasons, duties } = evaluate(pact as NonNullable<typeof pact>, {
    proposal: { tool, args: {} },
    agent: 'bot',
    conversation,
    memory,
    now,
    offset: () => 0,
    state: 'autonomous',
    given: NOTHING_GIVEN,
    judges: {},
    used: () => 0,
    undatedIsFresh: false,
  });
  return [decision, enforced, reasons.map(({ id }) => id), duties];
}
const FREE = ['allow', true, [], []];
const open = (id: string) => ['allow', true, [], [id]];
const missed = (id: string) => ['hold', true, [id], [id]];

describe('by replies', () => {
  it.each([
    ['nobody spoke of it', [reply(), reply(), reply()], FREE],
    ['it has just been said', [said('fire!')], open('M-1')],
    ['one reply later', [said('fire!'), reply()], open('M-1')],
    ['two replies later', [said('fire!'), reply(), reply()], missed('M-1')],
    ['replies before do not count', [reply(), reply(), said('fire!'), reply()], open('M-1')],
    ['a reply by a tool counts', [said('fire!'), did('send_reply'), reply()], missed('M-1')],
    ['a reply that failed does not', [said('fire!'), did('send_reply', false), reply()], open('M-1')],
    ['it was done in time', [said('fire!'), reply(), did('call_back'), reply(), reply()], FREE],
    ['it was done at last', [said('fire!'), reply(), reply(), did('call_back')], FREE],
    ['the attempt failed', [said('fire!'), reply(), did('call_back', false), reply()], missed('M-1')],
    ['it was done before it was called for', [did('call_back'), said('fire!'), reply(), reply()], missed('M-1')],
    ['it is said again after it was done', [said('fire!'), did('call_back'), said('fire!'), reply(), reply()], FREE],
    ['a result opens it', [did('get_order')], FREE],
    ['a missed one may bind nobody', [said('noise'), reply()], ['allow', true, [], ['M-3']]],
    ['one on trial holds nothing', [said('smell'), reply()], ['hold', false, ['M-4'], ['M-4']]],
  ] as const)('%s', (_, steps, expected) => {
    expect(propose(steps)).toEqual(expected);
  });

  it('opens when a condition over facts first becomes true, and is not open in doubt', () => {
    const order = (total: number): Step => ({ ...did('get_order'), result: { total } }) as Step;
    expect(propose([order(0.01), reply(), reply()])).toEqual(FREE);
    expect(propose([order(0.02)])).toEqual(open('M-5'));
    expect(propose([order(0.02), order(0), reply()])).toEqual(missed('M-5'));
  });
});

describe('by time', () => {
  it.each([
    ['within the span', [said('flood', 0)], 10 * MINUTE, open('M-2')],
    ['a millisecond later', [said('flood', 0)], 10 * MINUTE + 1, missed('M-2')],
    ['replies do not matter', [said('flood'), reply(), reply(), reply()], MINUTE, open('M-2')],
    ['done in time', [said('flood'), did('call_back', true, 10 * MINUTE)], 60 * MINUTE, FREE],
    ['done late', [said('flood'), did('call_back', true, 11 * MINUTE)], 60 * MINUTE, FREE],
  ] as const)('%s', (_, steps, now, expected) => {
    expect(propose(steps, 'note', now)).toEqual(expected);
  });

  it('remembers that it was done too late', () => {
    const memory = new ConversationMemory(pact as NonNullable<typeof pact>, { id: 'c1' }, () => 0);
    for (const step of [said('flood', 0), did('call_back', true, 10 * MINUTE + 1)]) memory.observe(step);
    expect(memory.duties(60 * MINUTE)).toMatchObject([{ open: false, missed: true }]);
  });
});

it('a missed duty leaves the duty itself, every read and the hand-over free', () => {
  const steps = [said('fire, flood'), reply(), reply()];
  expect(propose(steps, 'note')).toEqual(missed('M-1').map((part, i) => (i === 3 ? ['M-1', 'M-2'] : part)));
  for (const tool of ['call_back', 'get_order', 'hand_over']) expect(propose(steps, tool)[0]).toBe('allow');
});
