/** A pact on recorded conversations: what stood before a call decides, limits count in recorded order. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPact, type Pact } from '../../pact/index.ts';
import { readRecording } from '../../recording/index.ts';
import { DAY, HOUR } from '../../terms/time.ts';
import type { CallStep, Conversation, Step } from '../../terms/trace.ts';
import { formatReport } from './format-report.ts';
import { Rehearsal, type RehearsalOptions, toDecisionLine, turnsOf } from './rehearsal.ts';
import { shareOf } from './report.ts';
import { Tally } from './tally.ts';

const TEXT = readFileSync(new URL('../../../../../fixtures/pacts/good/refunds.yaml', import.meta.url), 'utf8');
function load(edit: (text: string) => string = (text) => text): Pact {
  const { pact, diagnostics } = loadPact('refunds.yaml', new TextEncoder().encode(edit(TEXT)), () => undefined);
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return pact;
}
const PACT = load();

let ids = 0;
const call = (
  tool: string,
  args: CallStep['args'],
  result: CallStep['result'],
  more: Partial<CallStep> = {},
): CallStep => ({
  kind: 'call',
  call_id: `k${++ids}`,
  tool,
  args,
  result,
  ...more,
});
const found = (more?: Partial<CallStep>) => call('find_customer', {}, { customer_id: 'u1' }, more);
const order = (more?: Partial<CallStep>) =>
  call('get_order', { order_id: 'W1' }, { order_id: 'W1', customer_id: 'u1' }, more);
const refund = (amount: number, more?: Partial<CallStep>) =>
  call('refund', { order_id: 'W1', amount }, { done: true }, more);
const talk = (id: string, steps: readonly Step[], more: Partial<Conversation> = {}): Conversation => ({
  id,
  customer_id: 'u1',
  agent: 'bot',
  steps,
  ...more,
});
const usual = (id: string, amount: number, at?: number): Conversation =>
  talk(id, [found(), order(), refund(amount)], at === undefined ? {} : { at });

const OPTIONS: RehearsalOptions = { offset: () => 60 };
function rehearse(conversations: readonly Conversation[], options: Partial<RehearsalOptions> = {}, pact = PACT) {
  const rehearsal = new Rehearsal(pact, { ...OPTIONS, ...options });
  return conversations.map((conversation) => rehearsal.decide(conversation));
}
/** The decisions about refunds, in recorded order. */
const refunds = (...args: Parameters<typeof rehearse>) =>
  rehearse(...args).flatMap((calls) =>
    calls.filter(({ call: { tool } }) => tool === 'refund').map(({ evaluation }) => evaluation.effect),
  );
function report(
  conversations: readonly Conversation[],
  options: { labels?: ReadonlyMap<string, boolean>; other?: Pact; pact?: Pact } = {},
) {
  const pact = options.pact ?? PACT;
  const tally = new Tally(pact, { minutes_per_hold: 6, state: 'autonomous', labels: options.labels });
  const other = options.other && rehearse(conversations, {}, options.other);
  for (const [i, calls] of rehearse(conversations, {}, pact).entries()) tally.add(calls, other?.[i]);
  return tally.report(other && 'other.yaml');
}

describe('what stood before', () => {
  it('decides: a later look-up is no fact for an earlier call', () => {
    expect(refunds([talk('a', [found(), order(), refund(10)])])).toEqual(['allow']);
    expect(refunds([talk('a', [refund(10), found(), order()])])).toEqual(['hold']);
  });

  it('does not hold the results of the same turn', () => {
    const one = (turn: number) => ({ turn });
    expect(refunds([talk('a', [found(one(1)), order(one(1)), refund(10, one(1))])])).toEqual(['hold']);
    expect(refunds([talk('a', [found(one(1)), order(one(1)), refund(10, one(2))])])).toEqual(['allow']);
    expect(refunds([talk('a', [found(), order(), refund(10, one(3)), refund(10, one(3))])])).toEqual([
      'allow',
      'allow',
    ]);
    expect(refunds([talk('a', [found(), order(), refund(10, one(3)), refund(10, one(4))])])).toEqual(['allow', 'deny']);
  });

  it('keeps calls of one turn together, and nothing else', () => {
    const steps: Step[] = [
      found({ turn: 1 }),
      order({ turn: 1 }),
      { kind: 'customer', text: 'hi' },
      refund(1, { turn: 1 }),
      found(),
    ];
    expect(turnsOf(steps).map((turn) => turn.length)).toEqual([2, 1, 1, 1]);
  });

  it('still holds a write that the gate would have stopped: the recording goes on as it did', () => {
    expect(refunds([talk('a', [refund(10), found(), order(), refund(10)])])).toEqual(['hold', 'deny']);
  });

  it('knows nothing of another conversation', () => {
    expect(refunds([talk('a', [found(), order()]), talk('b', [refund(10)])])).toEqual(['hold']);
  });
});

describe('options', () => {
  it.each([
    ['suspended', 'deny'],
    ['supervised', 'hold'],
    ['limited', 'hold'],
    ['autonomous', 'allow'],
  ] as const)('in state %s, 60 euros are %s', (state, effect) => {
    expect(refunds([usual('a', 60)], { state })).toEqual([effect]);
  });

  it('binds every agent and channel; --agent counts them as one', () => {
    const many = Array.from({ length: 8 }, (_, i) => ({ ...usual(`c${i}`, 75), agent: `bot${i}`, channel: 'phone' }));
    const onPhone = load((text) => text.replace('currency:', 'channels: [chat]\ncurrency:'));
    expect(refunds(many, {}, onPhone)).toEqual(Array(8).fill('allow'));
    expect(refunds(many, { agent: 'bot' })).toEqual([...Array(6).fill('allow'), 'deny', 'deny']);
  });

  it('decides at --now, where the times of the recording say nothing about age', () => {
    const aged = load((text) => text.replace('take: latest, type: Order', 'take: latest, max_age: 10m, type: Order'));
    const old = talk('a', [found({ at: 0 }), order({ at: 0 }), refund(10, { at: HOUR })]);
    expect(refunds([old], {}, aged)).toEqual(['hold']);
    expect(refunds([old], { now: 5 * HOUR }, aged)).toEqual(['allow']);
  });
});

describe('limits', () => {
  const eight = (at: (i: number) => number | undefined) =>
    Array.from({ length: 8 }, (_, i) => usual(`c${i}`, 75, at(i)));
  const sixOfEight = [...Array(6).fill('allow'), 'deny', 'deny'];

  it('count in recorded order, across conversations', () => {
    expect(refunds(eight(() => 0))).toEqual(sixOfEight);
    expect(refunds(eight(() => undefined))).toEqual(sixOfEight);
  });

  it('slide with the times of the recording', () => {
    expect(refunds(eight((i) => i * DAY))).toEqual(Array(8).fill('allow'));
    expect(refunds(eight((i) => (i < 6 ? 0 : DAY - 1)))).toEqual(sixOfEight);
    expect(refunds(eight((i) => (i < 6 ? 0 : DAY)))).toEqual(Array(8).fill('allow'));
  });

  it('do not turn their clock back where a recording does', () => {
    expect(refunds(eight((i) => (8 - i) * HOUR))).toEqual(sixOfEight);
    expect(refunds(eight((i) => (i === 0 ? 9 * DAY : i * DAY)))).toEqual(sixOfEight);
  });

  it('get back what failed, and keep what nobody reported', () => {
    const failed = (id: string) => talk(id, [found(), order(), refund(75, { ok: false, result: 'Error' })]);
    const open = (id: string) => talk(id, [found(), order(), { ...refund(75), result: undefined }]);
    expect(refunds([...Array.from({ length: 9 }, (_, i) => failed(`f${i}`)), ...eight(() => 0)]).slice(9)).toEqual(
      sixOfEight,
    );
    expect(refunds([...Array.from({ length: 6 }, (_, i) => open(`o${i}`)), usual('last', 75)]).at(-1)).toBe('deny');
  });

  it('report their highest use, beside what they allow', () => {
    expect(report(eight(() => 0)).limits).toEqual([{ id: 'P-4', highest: 45_000, at_most: 50_000, is_money: true }]);
  });
});

describe('the report', () => {
  const mixed = [
    usual('a', 10),
    usual('b', 90),
    talk('c', [refund(20)]),
    talk('d', [found(), order(), refund(30), refund(30)]),
    talk('e', [found()]),
  ];

  it('counts actions, each share with its n and interval; reads are no actions', () => {
    const { conversations, actions, decisions, untouched, first_stop, money } = report(mixed);
    expect([conversations, actions]).toEqual([5, 5]);
    expect(decisions).toEqual({ allow: shareOf(2, 5), hold: shareOf(2, 5), deny: shareOf(1, 5) });
    expect(untouched).toEqual(shareOf(2, 5));
    expect(first_stop).toEqual({ hold: shareOf(2, 5), deny: shareOf(1, 5) });
    expect(money).toEqual({ allow: 4_000, hold: 11_000, deny: 3_000 });
  });

  it('gives Wilson’s 95 % interval (score interval, E. B. Wilson 1927)', () => {
    const { lower, upper } = shareOf(2, 5);
    expect(lower).toBeCloseTo(0.11762, 4);
    expect(upper).toBeCloseTo(0.76928, 4);
    expect(shareOf(0, 34)).toMatchObject({ n: 0, of: 34, lower: 0 });
    expect(shareOf(0, 34).upper).toBeCloseTo(0.1015, 4);
    expect(shareOf(0, 0)).toMatchObject({ n: 0, of: 0 });
  });

  it('names rules that never fired and rules always in doubt, with their causes', () => {
    const { rules, never_fired, always_in_doubt } = report([talk('a', [refund(10)]), talk('b', [found(), refund(10)])]);
    expect(never_fired).toEqual(['P-1', 'P-2', 'P-3', 'P-4']);
    expect(always_in_doubt).toEqual(['P-1']);
    expect(rules.find(({ id }) => id === 'P-1')).toMatchObject({
      looked: 2,
      fired: { n: 0, of: 2 },
      doubt: { n: 2, of: 2 },
      causes: [{ cause: 'missing_fact', fact: 'order', n: 2 }],
    });
  });

  it('says what it asks of people, by the day where the recording has times', () => {
    const { reviewers } = report([usual('a', 90, 0), usual('b', 90, HOUR - 1), usual('c', 90, 2 * DAY)]);
    expect(reviewers).toMatchObject({ holds: 3, days: 2, holds_per_day: 1.5, worst_hour: 2, hours_per_day: 0.15 });
    expect(reviewers.by_owner).toEqual([{ owner: 'billing', holds: 3, answer_within_ms: 900_000 }]);
    const undated = report([usual('a', 90)]).reviewers;
    expect(undated).toMatchObject({
      holds: 1,
      days: undefined,
      holds_per_100_conversations: 100,
      hours_per_100_conversations: 10,
    });
    const atOnce = formatReport(report([usual('a', 90, 0), usual('b', 90, 0)]));
    expect(atOnce).toContain('The recording has no times, or one alone, so there is no figure for a day.');
  });

  it('is the same from the same recording', () => {
    expect(JSON.stringify(report(mixed))).toBe(JSON.stringify(report(mixed)));
  });

  it('reads as sentences, without an empty word', () => {
    const text = formatReport(report(mixed));
    expect(text).toContain('Pact small-refunds version 1 on 5 recorded conversations, 5 actions.');
    expect(text).toContain('Held: 40 % (12–77 %, n 5) of actions. Denied: 20 % (3.6–62 %, n 5).');
    expect(text).toContain('first held in 2, first denied in 1');
    expect(text).toContain('Money: 40.00 EUR allowed, 110.00 EUR held, 30.00 EUR denied.');
    expect(text).not.toMatch(/undefined|NaN|null|\[object/);
  });

  it('stands on nothing without an error', () => {
    expect(formatReport(report([]))).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('against another pact', () => {
  it('shows the actions whose decision changes, with the money', () => {
    const stricter = load((text) => text.replace('max_amount: 80.00 EUR', 'max_amount: 50.00 EUR'));
    const talks = [usual('a', 10), usual('b', 60), usual('c', 70), usual('d', 90)];
    expect(report(talks, { pact: stricter, other: PACT }).against).toMatchObject({
      pact: 'other.yaml',
      changed: [
        {
          from: 'allow',
          to: 'hold',
          n: 2,
          money: 13_000,
          examples: [/^b k\d+ refund$/, /^c k\d+ refund$/].map((one) => expect.stringMatching(one)),
        },
      ],
    });
    expect(report(talks, { pact: PACT, other: stricter }).against?.changed).toMatchObject([
      { from: 'hold', to: 'allow', n: 2 },
    ]);
    expect(report(talks, { other: PACT }).against?.changed).toEqual([]);
  });
});

describe('labels', () => {
  const talks = [
    usual('a', 10),
    usual('b', 90),
    talk('c', [refund(20)]),
    talk('d', [found(), order(), refund(30), refund(30)]),
  ];
  const keys = talks.flatMap(({ id, steps }) =>
    steps.flatMap((step) => (step.kind === 'call' && step.tool === 'refund' ? [`${id}\n${step.call_id}`] : [])),
  );

  it('score what was stopped, by rule', () => {
    const labels = new Map(keys.map((key, i) => [key, [true, true, false, true, false][i] === true]));
    expect(report(talks, { labels }).labels).toEqual({
      wrong_stopped: shareOf(2, 2),
      right_denied: shareOf(0, 3),
      right_held: shareOf(1, 3),
      by_rule: [
        { id: 'P-1', wrong: 1, right: 0 },
        { id: 'P-2', wrong: 1, right: 0 },
        { id: 'P-3', wrong: 0, right: 1 },
      ],
    });
  });

  it('change no decision, and score only what they name', () => {
    const labels = new Map([
      ['x\ny', false],
      [keys[0] as string, true],
    ]);
    const { labels: score, ...rest } = report(talks, { labels });
    expect(score).toMatchObject({ wrong_stopped: { of: 0 }, right_held: { n: 0, of: 1 }, by_rule: [] });
    const { labels: none, ...plain } = report(talks);
    expect(none).toBeUndefined();
    expect(rest).toEqual(plain);
  });
});

describe('what could not be judged', () => {
  it('is told: unknown tools, arguments that are none, results of another form, facts nobody supplies', () => {
    const broken = call('refund', undefined, undefined, { args_text: '{"order' });
    const odd = call('get_order', {}, { order_id: 'W1', customer_id: 7 });
    const { not_judged } = report([
      talk('a', [call('delete_account', {}, 'ok'), call('delete_account', {}, 'ok'), broken]),
      talk('b', [found(), odd, refund(10)]),
    ]);
    expect(not_judged).toMatchObject({
      unknown_tools: [{ tool: 'delete_account', n: 2 }],
      broken_args: 1,
      unread_facts: [{ fact: 'order', cause: 'wrong_type', n: 1 }],
      facts_without_source: [],
      undated: false,
    });
    expect(report([talk('a', [found(), refund(10)])]).not_judged.facts_without_source).toEqual(['order']);
  });

  it('says once that no fact could be found too old, where the pact asks', () => {
    const aged = load((text) => text.replace('take: latest, type: Order', 'take: latest, max_age: 10m, type: Order'));
    expect(report([usual('a', 10)], { pact: aged }).not_judged.undated).toBe(true);
    expect(report([usual('a', 10, 5)], { pact: aged }).not_judged.undated).toBe(false);
  });

  it('a recording that is cut in the middle is judged up to there, and the rest counted', () => {
    const line = (id: string) =>
      JSON.stringify({
        id,
        messages: [
          { role: 'user', content: 'hi' },
          {
            role: 'assistant',
            tool_calls: [
              { id: 'k1', type: 'function', function: { name: 'refund', arguments: '{"order_id":"W1","amount":5}' } },
            ],
          },
        ],
      });
    const whole = [line('a'), line('b'), line('c')].join('\n');
    for (const cut of [whole.length - 1, whole.length - 40, whole.length - line('c').length + 1]) {
      const { conversations, unreadable } = readRecording(whole.slice(0, cut), { source: 'cut.jsonl' });
      const tally = new Tally(PACT, { minutes_per_hold: 4, state: 'autonomous' });
      for (const calls of rehearse(conversations)) tally.add(calls);
      for (const { says } of unreadable) tally.addUnreadable(says);
      const { conversations: n, actions, not_judged } = tally.report();
      expect([n, actions, not_judged.unreadable]).toEqual([2, 2, 1]);
      expect(not_judged.unreadable_says[0]).toMatch(/^cut\.jsonl.*3/);
    }
  });
});

describe('a line of decisions', () => {
  it('tells what enforces from what is in shadow', () => {
    const tried = load((text) => text.replace('{ id: P-3,', '{ id: P-3, mode: shadow,'));
    const lines = rehearse([usual('a', 90)], {}, tried)[0]?.map(toDecisionLine);
    expect(
      lines?.map(({ index, lane, decision, reasons, shadow }) => [index, lane, decision, reasons.length, shadow]),
    ).toEqual([
      [0, null, 'allow', 0, []],
      [1, null, 'allow', 0, []],
      [2, 'refund_checks', 'allow', 0, [{ id: 'P-3', says: 'The amount is above what this agent may decide alone' }]],
    ]);
    expect(Object.keys(lines?.[2] ?? {})).toEqual([
      'conversation_id',
      'call_id',
      'index',
      'action',
      'lane',
      'decision',
      'reasons',
      'shadow',
    ]);
  });
});
