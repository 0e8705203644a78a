/** Nothing keeps a customer from a person: every state × rule × fault reaches one. */
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../crypto/bytes.ts';
import { TRUST_STATES } from '../../terms/decision.ts';
import type { Json } from '../../terms/json.ts';
import type { Step } from '../../terms/trace.ts';
import { loadPact } from '../load.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { evaluate } from './evaluate.ts';
import { NOTHING_GIVEN } from './given.ts';

const text = { type: 'string' };
const args = { type: 'object', additionalProperties: false, properties: { text } };
const own = {
  type: 'object',
  additionalProperties: false,
  required: ['queue', 'why'],
  properties: { queue: { enum: ['legal', 'general'] }, why: text },
};
const rule = (id: string, more: object) => ({ id, says: `The rule ${id}`, severity: 'major', ...more });

/** How a pact may know the hand-over: listed with queues, as the operator's own tool, or not at all. */
const LISTED = { hand_over: { queues: { legal: 'law', general: 'desk' } } };
const OWN = { to_person: { is: 'hand_over', args: own, queues: { legal: 'law', general: 'desk' } } };

function pactWith(may: object, mode: string, condition: string | undefined) {
  const tools = Object.keys(may);
  const on = tools.length > 0 ? tools : ['note'];
  const file = {
    pact: 'persons',
    format: 1,
    version: 1,
    says: 'Who reaches a person',
    author: 'kim',
    agents: ['bot'],
    channels: ['chat'],
    currency: 'USD',
    zone: 'UTC',
    owners: {
      desk: { primary: 'kim', backup: 'lou', answer_within: '1h', then: 'route_to_owner' },
      law: { primary: 'sam', backup: 'lou', answer_within: '1h', then: 'deny' },
    },
    lanes: {
      notes: {
        owner: 'law',
        mode: 'enforce',
        may: { take_note: { args } },
        ask_a_human_if: [rule('N-1', { when: 'size(action.args.text) > 3' })],
      },
      talk: {
        owner: 'desk',
        mode,
        may: { note: { args }, ...may },
        never:
          condition === undefined
            ? [rule('P-1', { on: ['note'], when: 'size(action.args.text) > 9' })]
            : [rule('P-1', { on, when: condition })],
        ask_a_human_if: [rule('P-2', { when: 'trace.customer_said(["person"])' })],
        must: [
          rule('P-3', {
            when: 'trace.customer_said(["person"])',
            do: ['hand_over'],
            within: '1 reply',
            if_missed: 'hold',
          }),
        ],
      },
    },
    reads: { get_order: {} },
    facts: { order: { from: 'trace', tools: ['get_order'], take: 'latest', type: 'Order' } },
    types: { Order: { total: 'money' } },
    consequences: {},
    evidence: { keep: '400d', personal: ['trace.text', 'action.args.text', 'action.args.why'], erase_after: '90d' },
  };
  const { pact, diagnostics } = loadPact('pact.yaml', encodeUtf8(JSON.stringify(file)), () => undefined);
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return pact;
}
type Loaded = ReturnType<typeof pactWith>;

const SAID: readonly Step[] = [
  { kind: 'customer', text: 'A person, please', at: 0 },
  { kind: 'reply', text: 'Why?', at: 0 },
];
function ask(pact: Loaded, tool: string, sent: Json | undefined, more: object = {}, steps = SAID) {
  const conversation = { id: 'c1', channel: 'phone' };
  const memory = new ConversationMemory(pact, conversation, () => 0);
  for (const step of steps) memory.observe(step);
  return evaluate(pact, {
    proposal: { tool, args: sent as never, lane: 'nowhere' },
    agent: 'bot',
    conversation,
    memory,
    now: 0,
    offset: () => 0,
    state: 'autonomous',
    given: NOTHING_GIVEN,
    judges: {},
    used: () => Number.MAX_SAFE_INTEGER,
    undatedIsFresh: false,
    ...more,
  });
}

let deep: Json = 'x';
for (let i = 0; i < 50_000; i++) deep = [deep];
const SENT: readonly (readonly [string, Json | undefined, isGood: boolean])[] = [
  ['a known queue', { queue: 'legal' }, true],
  ['an unknown queue', { queue: 'sales' }, false],
  ['an inherited name as queue', { queue: 'constructor' }, false],
  ['no queue', {}, true],
  ['a number as queue', { queue: 7 }, false],
  ['a severity out of range', { queue: 'legal', severity: 9 }, false],
  ['nothing', undefined, false],
  ['a list', ['legal'], false],
  ['half a character', { queue: 'legal', summary: '\ud83d' }, false],
  ['far too much', { queue: 'legal', summary: 'x'.repeat(1_000_000) }, false],
  ['endless brackets', { queue: 'legal', summary: deep }, false],
  ['a key of the prototype', JSON.parse('{"queue":"legal","__proto__":{"queue":"x"}}') as Json, true],
];

describe('hand_over', () => {
  for (const [how, may, tool] of [
    ['listed', LISTED, 'hand_over'],
    ['the operator’s own', OWN, 'to_person'],
    ['built in beside the operator’s own', OWN, 'hand_over'],
    ['unlisted', {}, 'hand_over'],
  ] as const)
    for (const mode of ['enforce', 'shadow'])
      for (const [what, condition] of [
        ['no rule', undefined],
        ['a rule that fires', 'trace.customer_said(["person"])'],
        ['a rule in doubt', 'order.total > 1'],
      ] as const)
        it(`${how}, ${mode}, ${what}: reaches a person in every state, with whatever arguments`, () => {
          const pact = pactWith(may, mode, condition);
          for (const state of TRUST_STATES)
            for (const stopped of [false, true])
              for (const [, sent] of SENT) {
                const found = ask(pact, tool, sent, { state, stopped, sampled: stopped, conflicts: stopped });
                expect(found).toMatchObject({
                  decision: 'allow',
                  effect: 'allow',
                  enforced: true,
                  charges: [],
                  owner: undefined,
                });
                expect(['legal', 'general', 'desk', 'law', 'sales', 'constructor']).toContain(found.routed_to);
                for (const reason of found.reasons) expect(reason.decision).toBe('allow');
              }
        });

  it.each(SENT)('with %s goes to the queue asked for, or else to the owner of the lane', (_, sent, isGood) => {
    const found = ask(pactWith(LISTED, 'enforce', undefined), 'hand_over', sent);
    const queue = isGood ? (sent as { queue?: string }).queue : undefined;
    expect(found.routed_to).toBe(queue ?? 'desk');
    expect(found.reasons.map(({ id, why }) => [id, why])).toEqual(isGood ? [] : [['schema', 'schema']]);
  });

  it('is redirected by a never that fires, as a violation, and by doubt without one', () => {
    const fired = ask(pactWith(LISTED, 'enforce', 'action.args.queue == "legal"'), 'hand_over', { queue: 'legal' });
    expect(fired).toMatchObject({ routed_to: 'desk', reasons: [{ id: 'P-1', why: 'fired' }] });
    const doubt = ask(pactWith(LISTED, 'enforce', 'order.total > 1'), 'hand_over', { queue: 'legal' });
    expect(doubt).toMatchObject({ routed_to: 'desk', reasons: [{ id: 'P-1', why: 'doubt' }] });
    const silent = ask(pactWith(LISTED, 'enforce', 'action.args.queue == "general"'), 'hand_over', { queue: 'legal' });
    expect(silent).toMatchObject({ routed_to: 'legal', reasons: [] });
    const tried = ask(pactWith(LISTED, 'shadow', 'action.args.queue == "legal"'), 'hand_over', { queue: 'legal' });
    expect(tried).toMatchObject({ routed_to: 'legal', reasons: [{ id: 'P-1', enforced: false }] });
  });

  it('unlisted goes to the owner of the last lane, else of the first', () => {
    const pact = pactWith({}, 'enforce', undefined);
    expect(ask(pact, 'hand_over', {}).routed_to).toBe('law');
    const noted: Step = { kind: 'call', call_id: 'k', tool: 'note', args: {}, result: {}, at: 0 };
    expect(ask(pact, 'hand_over', {}, {}, [...SAID, noted]).routed_to).toBe('desk');
  });

  it('fulfils the duty to hand over, under either name', () => {
    const pact = pactWith(OWN, 'enforce', undefined);
    const note = { proposal: { tool: 'note', args: { text: 'hi' } }, anyChannel: true };
    expect(ask(pact, 'note', {}, note).reasons.map(({ id }) => id)).toContain('P-3');
    for (const tool of ['hand_over', 'to_person']) {
      const done: Step = { kind: 'call', call_id: 'k', tool, args: {}, result: {}, at: 0 };
      expect(ask(pact, 'note', {}, note, [...SAID, done]).reasons.map(({ id }) => id)).not.toContain('P-3');
    }
  });
});
