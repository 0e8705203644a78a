/** The kind of work a conversation is: by its definition, in doubt too, and never by what the agent proposes. */
import { describe, expect, it } from 'vitest';
import type { Step } from '../../terms/trace.ts';
import { samplePact } from '../sample-pact.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { evaluate } from './evaluate.ts';
import { NOTHING_GIVEN } from './given.ts';

const load = (strata: object | null, define: object = DEFINE) =>
  samplePact({
    lanes: {
      talk: { owner: 'desk', mode: 'enforce', may: { note: { args: NO_ARGS }, pass_on: { is: 'hand_over' } } },
    },
    define,
    reads: { get_account: {} },
    facts: { account: { from: 'trace', tools: ['get_account'], take: 'latest', type: 'Account' } },
    types: { Account: { orders: 'int' } },
    ...(strata === null ? {} : { trust: { strata } }),
  });
const NO_ARGS = { type: 'object', additionalProperties: false, properties: {} };
const DEFINE = {
  legal: { says: 'The customer uses legal words', cel: 'trace.customer_said(["lawyer"])' },
  large: { says: 'A large account', cel: 'account.orders > 100' },
};
const MIX = { legal: '10%', ordinary: '60%', large: '30%' };

const said = (text: string): Step => ({ kind: 'customer', text, at: 0 });
const account = (orders: number): Step => ({
  kind: 'call',
  call_id: `call-${orders}`,
  tool: 'get_account',
  args: {},
  ok: true,
  result: { orders },
  at: 0,
});

function stratumAfter(steps: readonly Step[], tool = 'note', strata: object | null = MIX) {
  const { pact, diagnostics } = load(strata, strata === null ? {} : DEFINE);
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  const conversation = { id: 'c' };
  const offset = () => 0;
  const memory = new ConversationMemory(pact, conversation, offset);
  for (const step of steps) memory.observe(step, 1);
  return evaluate(pact, {
    proposal: { tool, args: {} },
    agent: 'bot',
    conversation,
    memory,
    now: 1,
    offset,
    state: 'autonomous',
    given: NOTHING_GIVEN,
    judges: {},
    used: () => 0,
    undatedIsFresh: false,
  }).stratum;
}

describe('the stratum of a conversation', () => {
  it.each([
    ['the rest, where no definition holds', [said('Hello'), account(3)], 'ordinary'],
    ['one whose definition holds', [said('Hello'), account(101)], 'large'],
    ['the first of two', [said('My lawyer will call'), account(101)], 'legal'],
    ['one in doubt: nothing was looked up', [said('Hello')], 'large'],
  ])('is %s', (_, steps, wanted) => {
    expect(stratumAfter(steps)).toBe(wanted);
    expect(stratumAfter(steps, 'pass_on')).toBe(wanted);
  });

  it('is none for a read, and where a pact tells no kinds apart', () => {
    expect(stratumAfter([account(3)], 'get_account')).toBeUndefined();
    expect(stratumAfter([account(3)], 'note', null)).toBeUndefined();
  });

  it('has its shares in the order of the file, the rest last', () => {
    expect(load(MIX).pact?.strata?.shares).toEqual([
      { name: 'legal', share: 100_000 },
      { name: 'large', share: 300_000 },
      { name: 'ordinary', share: 600_000 },
    ]);
  });

  it.each([
    ['no stratum is for other work', { legal: '40%', large: '60%' }, /Every stratum but one .+ \(here: none\)/],
    ['two are', { legal: '40%', some: '30%', more: '30%' }, /Every stratum but one .+ \(here: some, more\)/],
    ['one is under 3 %', { legal: '2.9999%', rest: '97.0001%' }, /at least 3% of the work; let legal be part/],
    ['they are not all of it', { legal: '3%', rest: '96%' }, /add up to 100%/],
  ])('is refused where %s', (_, strata, says) => {
    const { pact, diagnostics } = load(strata);
    expect(pact).toBeUndefined();
    expect(diagnostics.map((one) => one.says)).toContainEqual(expect.stringMatching(says));
  });

  it('may be as rare as 3 %', () => {
    expect(load({ legal: '3%', rest: '97%' }).pact?.strata?.rest).toBe('rest');
  });

  it.each([
    ['asks what the agent proposes', "action.tool == 'note'", 'unknown_name'],
    ['is no yes or no', "trace.times('note')", 'not_bool'],
  ])('is refused where it %s', (_, cel, code) => {
    const { pact, diagnostics } = load({ dear: '50%', rest: '50%' }, { dear: { says: 'Dear', cel } });
    expect(pact).toBeUndefined();
    expect(diagnostics.map((one) => one.code)).toContain(code);
  });
});
