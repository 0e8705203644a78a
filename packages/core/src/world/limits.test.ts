/** Limits across actions: reserved before `allow` is answered, given back by a failure, at the edges of their windows. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConversationMemory, loadPact, NOTHING_GIVEN, type Pact } from '../pact/index.ts';
import type { TrustState } from '../terms/decision.ts';
import { DAY } from '../terms/time.ts';
import { decide } from './decide.ts';
import { LimitBook, RESERVATION_MS } from './limit-book.ts';

const TEXT = readFileSync(new URL('../../../../fixtures/pacts/good/refunds.yaml', import.meta.url), 'utf8');

function load(edit: (text: string) => string = (text) => text): Pact {
  const { pact, diagnostics } = loadPact('refunds.yaml', new TextEncoder().encode(edit(TEXT)), () => undefined);
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return pact;
}
const PACT = load();

interface Asking {
  readonly pact?: Pact;
  readonly amount?: number;
  readonly at?: number;
  readonly id?: string;
  readonly agent?: string;
  readonly conversation?: string;
  readonly customer?: string;
  readonly state?: TrustState;
}
let count = 0;
function ask(book: LimitBook, asking: Asking = {}) {
  const {
    pact = PACT,
    amount = 50,
    at = 0,
    id = `a${++count}`,
    agent = 'bot',
    customer = 'u1',
    state = 'autonomous',
  } = asking;
  const conversation = { id: asking.conversation ?? 'c1', customer };
  const memory = new ConversationMemory(pact, conversation, () => 0);
  const looked = [
    ['find_customer', { customer_id: 'u1' }],
    ['get_order', { order_id: 'W1', customer_id: 'u1' }],
  ] as const;
  for (const [tool, result] of looked) memory.observe({ kind: 'call', call_id: tool, tool, args: {}, result, at });
  return decide(pact, book, {
    action_id: id,
    proposal: { tool: 'refund', args: { order_id: 'W1', amount } },
    agent,
    conversation,
    memory,
    now: at,
    offset: () => 0,
    state,
    given: NOTHING_GIVEN,
    judges: {},
    undatedIsFresh: false,
  }).decision;
}
/** A limit of the given form in the place of the daily one. */
const limited = (form: string) =>
  load((text) =>
    text.replace(/per: agent, window: 1d, sum: action\.args\.amount, at_most: 500\.00 EUR, else: deny/, form),
  );

describe('a limit', () => {
  it('allows n and refuses n + 1', () => {
    const book = new LimitBook();
    for (let i = 0; i < 10; i++) expect(ask(book, { amount: 50 })).toBe('allow');
    expect(ask(book, { amount: 0.01 })).toBe('deny');
    const other = new LimitBook();
    for (let i = 0; i < 9; i++) ask(other, { amount: 50 });
    expect(ask(other, { amount: 50.01 })).toBe('deny');
    expect(ask(other, { amount: 49.99 })).toBe('allow');
    expect(ask(other, { amount: 0.01 })).toBe('allow');
    expect(ask(other, { amount: 0.01 })).toBe('deny');
  });

  it('counts n of them and refuses the next', () => {
    const pact = limited('per: customer, window: 7d, count: 3, else: hold');
    const book = new LimitBook();
    const decisions = Array.from({ length: 4 }, () => ask(book, { pact }));
    expect(decisions).toEqual(['allow', 'allow', 'allow', 'hold']);
    expect(ask(book, { pact, customer: 'u2' })).toBe('allow');
  });

  it.each([
    ['per: agent, window: 1d, count: 1, else: hold', { agent: 'other' }],
    ['per: customer, window: 1d, count: 1, else: hold', { customer: 'u2' }],
    ['per: conversation, count: 1, else: hold', { conversation: 'c2' }],
  ])('%s: keeps others apart', (form, other) => {
    const pact = limited(form);
    const book = new LimitBook();
    expect([ask(book, { pact }), ask(book, { pact }), ask(book, { pact, ...other })]).toEqual([
      'allow',
      'hold',
      'allow',
    ]);
  });

  it('per pact counts everyone together', () => {
    const pact = limited('per: pact, window: 1d, count: 1, else: hold');
    const book = new LimitBook();
    expect(ask(book, { pact })).toBe('allow');
    expect(ask(book, { pact, agent: 'b', customer: 'd', conversation: 'e' })).toBe('hold');
  });

  it('per customer is in doubt where nobody knows the customer', () => {
    const pact = limited('per: customer, window: 1d, count: 9, else: deny');
    const memory = new ConversationMemory(pact, { id: 'c1' }, () => 0);
    const { decision, reasons } = decide(pact, new LimitBook(), {
      action_id: 'a',
      proposal: { tool: 'refund', args: { order_id: 'W1', amount: 1 } },
      agent: 'bot',
      conversation: { id: 'c1' },
      memory,
      now: 0,
      offset: () => 0,
      state: 'limited',
      given: NOTHING_GIVEN,
      judges: {},
      undatedIsFresh: false,
    });
    expect(decision).toBe('hold');
    expect(reasons.find(({ id }) => id === 'P-4')).toMatchObject({
      why: 'doubt',
      cause: 'missing_fact',
      path: 'customer',
    });
  });
});

describe('a window', () => {
  it('still holds what happened one millisecond less than its length ago, and no longer what happened just that long ago', () => {
    const book = new LimitBook();
    for (let i = 0; i < 10; i++) ask(book, { at: 1_000 });
    expect(ask(book, { at: 1_000 + DAY - 1 })).toBe('deny');
    expect(ask(book, { at: 1_000 + DAY })).toBe('allow');
  });

  it('slides: each use leaves at its own time', () => {
    const book = new LimitBook();
    for (let i = 0; i < 10; i++) ask(book, { at: i * 1_000 });
    expect(ask(book, { at: DAY + 999 })).toBe('allow');
    expect(ask(book, { at: DAY + 999 })).toBe('deny');
    expect(ask(book, { at: DAY + 1_000 })).toBe('allow');
  });

  it('gives the same answers from a snapshot', () => {
    const book = new LimitBook();
    for (let i = 0; i < 10; i++) ask(book, { at: i * 1_000, id: `s${i}` });
    const again = LimitBook.fromState(JSON.parse(JSON.stringify(book.toState())));
    for (const one of [book, again]) {
      one.settle('s5', 'failed');
      expect([ask(one, { at: DAY + 500 }), ask(one, { at: DAY + 500 }), ask(one, { at: DAY + 500 })]).toEqual([
        'allow',
        'allow',
        'deny',
      ]);
    }
  });
});

describe('a reservation', () => {
  it('counts from the moment of allow, stays when executed, is given back when failed', () => {
    const book = new LimitBook();
    for (let i = 0; i < 10; i++) ask(book, { id: `r${i}` });
    expect(ask(book)).toBe('deny');
    book.settle('r0', 'executed');
    expect(ask(book)).toBe('deny');
    book.settle('r1', 'failed');
    expect([ask(book), ask(book)]).toEqual(['allow', 'deny']);
    for (const id of ['r1', 'r0', 'nobody']) book.settle(id, 'failed');
    expect(ask(book)).toBe('deny');
  });

  it(`is late ${RESERVATION_MS / 60_000} minutes after it was made, not a millisecond earlier`, () => {
    const book = new LimitBook();
    ask(book, { id: 'slow', at: 5 });
    expect(book.late(5 + RESERVATION_MS - 1)).toEqual([]);
    expect(book.isLate('slow', 5 + RESERVATION_MS - 1)).toBe(false);
    expect(book.late(5 + RESERVATION_MS)).toEqual(['slow']);
    expect(book.isLate('slow', 5 + RESERVATION_MS)).toBe(true);
    book.settle('slow', 'executed');
    expect(book.late(5 + RESERVATION_MS)).toEqual([]);
    expect(book.isLate('slow', 5 + RESERVATION_MS)).toBe(false);
  });

  it('is not made by a hold or a denial', () => {
    const book = new LimitBook();
    for (let i = 0; i < 5; i++) expect(ask(book, { amount: 81 })).toBe('hold');
    for (let i = 0; i < 5; i++) expect(ask(book, { state: 'suspended' })).toBe('deny');
    for (let i = 0; i < 10; i++) expect(ask(book)).toBe('allow');
  });

  it('is made by what only a shadow would stop, since it happens', () => {
    const pact = load((text) => text.replace('mode: enforce', 'mode: shadow'));
    const book = new LimitBook();
    for (let i = 0; i < 10; i++) ask(book, { pact, state: 'suspended' });
    expect(ask(book)).toBe('deny');
  });

  it('ends with its conversation where the limit counts within one', () => {
    const pact = limited('per: conversation, count: 1, else: hold');
    const book = new LimitBook();
    expect([ask(book, { pact }), ask(book, { pact })]).toEqual(['allow', 'hold']);
    book.closeConversation('c1');
    expect(ask(book, { pact })).toBe('allow');
  });
});
