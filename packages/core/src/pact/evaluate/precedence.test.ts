/** deny > hold > allow, whatever comes together: a rule that denies is never outvoted, a shadow never stops. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../crypto/bytes.ts';
import { DECISIONS, type Decision, strictest, TRUST_STATES } from '../../terms/decision.ts';
import { loadPact } from '../load.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { evaluate } from './evaluate.ts';
import { NOTHING_GIVEN } from './given.ts';
import type { Situation } from './situation.ts';

const FLAGS = ['never', 'never_shadow', 'ask', 'ask_shadow', 'sure', 'certain'] as const;
const rule = (id: string, more: object) => ({ id, says: `The rule ${id}`, severity: 'major', ...more });
const flags = {
  type: 'object',
  additionalProperties: false,
  required: FLAGS,
  properties: Object.fromEntries(FLAGS.map((name) => [name, { type: 'boolean' }])),
};
const lane = (mode: string, letter: string, tool: string) => ({
  owner: 'desk',
  mode,
  may: { [tool]: { args: flags } },
  never: [
    rule(`${letter}-1`, { when: 'action.args.never' }),
    rule(`${letter}-2`, { when: 'action.args.never_shadow', mode: 'shadow' }),
    rule(`${letter}-3`, { unless: 'action.args.sure || order.total >= 0' }),
    rule(`${letter}-4`, { unless: 'action.args.certain || order.total >= 0', if_unknown: 'deny' }),
  ],
  ask_a_human_if: [
    rule(`${letter}-5`, { when: 'action.args.ask' }),
    rule(`${letter}-6`, { when: 'action.args.ask_shadow', mode: 'shadow' }),
  ],
  must: [
    rule(`${letter}-7`, {
      when: 'trace.customer_said(["now"])',
      do: ['hand_over'],
      within: '1 reply',
      if_missed: 'hold',
    }),
  ],
  limits: [
    rule(`${letter}-8`, { of: [tool], per: 'conversation', count: 1, else: 'hold' }),
    rule(`${letter}-9`, { of: [tool], per: 'agent', window: '1d', count: 1, else: 'deny' }),
  ],
});
const text = JSON.stringify({
  pact: 'flags',
  format: 1,
  version: 1,
  says: 'A rule of every kind',
  author: 'kim',
  agents: ['bot'],
  channels: ['chat'],
  currency: 'USD',
  zone: 'UTC',
  owners: { desk: { primary: 'kim', backup: 'lou', answer_within: '1h', then: 'deny' } },
  lanes: { work: lane('enforce', 'W', 'act'), trial: lane('shadow', 'T', 'try') },
  reads: { get_order: {} },
  facts: { order: { from: 'trace', tools: ['get_order'], take: 'latest', type: 'Order' } },
  types: { Order: { total: 'money' } },
  consequences: {},
  evidence: { keep: '400d', personal: ['trace.text'], erase_after: '90d' },
});
const { pact, diagnostics } = loadPact('pact.yaml', encodeUtf8(text), () => undefined);
if (!pact) throw new Error(JSON.stringify(diagnostics));

const CALM = { never: false, never_shadow: false, ask: false, ask_shadow: false, sure: true, certain: true };
interface Case extends Partial<Omit<Situation, 'proposal' | 'used'>> {
  readonly tool?: string;
  readonly args?: Situation['proposal']['args'];
  readonly lane?: string;
  readonly full?: readonly string[];
  readonly missed?: boolean;
}
function decide({ tool = 'act', args = CALM, lane: where, full = [], missed = false, ...more }: Case = {}) {
  const conversation = { id: 'c1', customer: 'u1', channel: 'chat' };
  const memory = new ConversationMemory(pact as NonNullable<typeof pact>, conversation, () => 0);
  if (missed)
    for (const step of [{ kind: 'customer', text: 'Now!' } as const, { kind: 'reply', text: 'Well' } as const])
      memory.observe({ ...step, at: 0 });
  return evaluate(pact as NonNullable<typeof pact>, {
    proposal: { tool, args, lane: where },
    agent: 'bot',
    conversation,
    memory,
    now: 0,
    offset: () => 0,
    state: 'autonomous',
    given: NOTHING_GIVEN,
    judges: {},
    used: ({ id }) => (full.includes(id) ? 1 : 0),
    undatedIsFresh: false,
    ...more,
  });
}

describe('whatever comes together', () => {
  const anyCase = fc.record({
    args: fc.record(Object.fromEntries(FLAGS.map((name) => [name, fc.boolean()]))),
    state: fc.constantFrom(...TRUST_STATES),
    stopped: fc.boolean(),
    sampled: fc.boolean(),
    conflicts: fc.boolean(),
    missed: fc.boolean(),
    holdFull: fc.boolean(),
    denyFull: fc.boolean(),
    isTrial: fc.boolean(),
  });
  type AnyCase = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

  /** What speaks against the action: id → decision and whether the thing itself is on trial. */
  function against({ args, state, stopped, sampled, conflicts, missed, holdFull, denyFull, isTrial }: AnyCase) {
    const letter = isTrial ? 'T' : 'W';
    const rows: readonly (readonly [boolean | undefined, string, Decision, 'own shadow'?])[] = [
      [args['never'], `${letter}-1`, 'deny'],
      [args['never_shadow'], `${letter}-2`, 'deny', 'own shadow'],
      [!args['sure'], `${letter}-3`, 'hold'],
      [!args['certain'], `${letter}-4`, 'deny'],
      [args['ask'], `${letter}-5`, 'hold'],
      [args['ask_shadow'], `${letter}-6`, 'hold', 'own shadow'],
      [missed, 'W-7', 'hold'],
      [missed, 'T-7', 'hold', 'own shadow'],
      [holdFull, `${letter}-8`, 'hold'],
      [denyFull, `${letter}-9`, 'deny'],
      [state === 'suspended', 'state', 'deny'],
      [state === 'supervised', 'state', 'hold'],
      [stopped, 'stopped', 'deny'],
      [sampled, 'sample', 'hold'],
      [conflicts, 'trace_conflict', 'hold'],
    ];
    const always = ['W-7', 'stopped'];
    return rows
      .filter(([speaks]) => speaks)
      .map(([, id, decision, own]) => ({
        id,
        decision,
        enforced: own === undefined && (!isTrial || always.includes(id)),
      }));
  }

  it('the strictest of what is enforced takes effect, and all of it is told', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { args, isTrial, holdFull, denyFull, ...rest } = one;
        const letter = isTrial ? 'T' : 'W';
        const full = [...(holdFull ? [`${letter}-8`] : []), ...(denyFull ? [`${letter}-9`] : [])];
        const found = decide({ ...rest, args, full, tool: isTrial ? 'try' : 'act' });
        const rows = against(one);
        const effect = strictest(rows.filter(({ enforced }) => enforced).map(({ decision }) => decision));
        const decision = effect === 'allow' ? strictest(rows.map((row) => row.decision)) : effect;
        expect(found).toMatchObject({ effect, decision, enforced: effect === decision });
        const told = found.reasons.map(({ id, decision, enforced }) => ({ id, decision, enforced }));
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
        expect([...told].sort(byId)).toEqual([...rows].sort(byId));
        const ranks = found.reasons.map((reason) => DECISIONS.indexOf(reason.decision));
        expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
        expect(found.owner).toBe(decision === 'hold' ? 'desk' : undefined);
        expect(found.tell_the_agent === '').toBe(decision === 'allow');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what stands outside the rules', () => {
  it.each([
    ['nothing against it', {}, 'allow', [], true],
    ['a tool that no lane lists', { tool: 'delete_account' }, 'deny', ['default'], true],
    ['a tool of an object’s own', { tool: 'constructor' }, 'deny', ['default'], true],
    ['another lane than the tool’s', { lane: 'trial' }, 'deny', ['default'], true],
    ['a lane nobody knows', { lane: 'wrok' }, 'deny', ['default'], true],
    ['its own lane', { lane: 'work' }, 'allow', [], true],
    ['another channel', { conversation: { id: 'c1', channel: 'phone' } }, 'deny', ['default'], true],
    [
      'any channel in a rehearsal',
      { conversation: { id: 'c1', channel: 'phone' }, anyChannel: true },
      'allow',
      [],
      true,
    ],
    ['an argument too many', { args: { ...CALM, more: 1 } }, 'deny', ['schema'], true],
    ['an argument too few', { args: { never: false } }, 'deny', ['schema'], true],
    ['an argument of another type', { args: { ...CALM, ask: 'yes' } }, 'deny', ['schema'], true],
    ['arguments that are no object', { args: undefined }, 'deny', ['schema'], true],
    ['wrong arguments in shadow', { tool: 'try', args: {} }, 'deny', ['schema'], false],
    ['another lane in shadow', { tool: 'try', lane: 'work' }, 'deny', ['default'], false],
    ['suspended', { state: 'suspended' }, 'deny', ['state'], true],
    ['supervised', { state: 'supervised' }, 'hold', ['state'], true],
    ['limited', { state: 'limited' }, 'allow', [], true],
    ['a rule on trial', { args: { ...CALM, never_shadow: true } }, 'deny', ['W-2'], false],
    ['a lane on trial', { tool: 'try', args: { ...CALM, never: true } }, 'deny', ['T-1'], false],
    ['a stop in a lane on trial', { tool: 'try', stopped: true }, 'deny', ['stopped'], true],
    [
      'a rule on trial beside one in force',
      { args: { ...CALM, never_shadow: true, ask: true } },
      'hold',
      ['W-2', 'W-5'],
      true,
    ],
  ] as const)('%s', (_, one, decision, reasons, enforced) => {
    const found = decide(
      'args' in one && one.args === undefined ? { ...one, tool: 'act', args: null as never } : (one as Case),
    );
    expect([found.decision, found.reasons.map(({ id }) => id), found.enforced]).toEqual([decision, reasons, enforced]);
    expect(found.effect).toBe(enforced ? decision : 'allow');
  });

  it('evaluates nothing else on wrong arguments', () => {
    const found = decide({
      args: { ...CALM, never: 1 },
      stopped: true,
      state: 'suspended',
      missed: true,
      full: ['W-9'],
    });
    expect(found.reasons.map(({ id }) => id)).toEqual(['schema']);
    expect(found.charges).toEqual([]);
  });

  it('lets every read pass, whatever else holds', () => {
    for (const state of TRUST_STATES) {
      const found = decide({
        tool: 'get_order',
        args: {},
        state,
        stopped: true,
        sampled: true,
        conflicts: true,
        missed: true,
      });
      expect(found).toMatchObject({ decision: 'allow', effect: 'allow', enforced: true, lane: null, reasons: [] });
    }
  });

  it('tells the agent what holds it back, never what is only on trial', () => {
    const found = decide({ args: { ...CALM, never_shadow: true, ask: true } });
    expect(found.tell_the_agent).toBe('A person decides this: The rule W-5.');
    expect(found.tell_the_human).toBe('The rule W-5');
    const doubt = decide({ args: { ...CALM, certain: false } });
    expect(doubt.tell_the_agent).toBe('Look this up first with get_order. Until then it is not allowed: The rule W-4.');
  });
});
