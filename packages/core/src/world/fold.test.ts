/** The fold: in one go, in pieces, from a snapshot, in any order; and what leaves the world when. */
import { describe, expect, it } from 'vitest';
import { canonical } from '../crypto/index.ts';
import { KINDS, type Placed } from '../evidence/kinds.ts';
import { DAY, MINUTE } from '../terms/time.ts';
import { APPROVAL_MS, isUsable } from './actions.ts';
import { QUIET_MS } from './conversations.ts';
import { dueAt } from './due.ts';
import { fold } from './fold.ts';
import { LimitBook, RESERVATION_MS } from './limit-book.ts';
import { below, sampleHistory } from './sample-history.ts';
import { fromPieces, toPieces, World, type WorldPiece } from './world.ts';

const textOf = (world: World): string => [...toPieces(world)].map((piece) => canonical(piece)).join('\n');
/** As a snapshot is: written, and read by another process. */
const again = (world: World): World =>
  fromPieces([...toPieces(world)].map((piece) => JSON.parse(canonical(piece)) as WorldPiece));
function folded(entries: readonly Placed[], world = new World()): World {
  for (const entry of entries) fold(world, entry);
  return world;
}
const SEEDS = Array.from({ length: 30 }, (_, i) => i + 1);

describe('a history', () => {
  it('of the samples is of entries that fit their schema', () => {
    const kinds = new Set<string>();
    for (const { type, data } of SEEDS.flatMap((seed) => sampleHistory(seed, 200))) {
      kinds.add(type);
      expect(KINDS[type].safeParse(data)).toMatchObject({ success: true });
    }
    expect(kinds.size).toBeGreaterThanOrEqual(18);
  });

  it.each(SEEDS)('%i: a snapshot at any cut and the rest are all from zero', (seed) => {
    const entries = sampleHistory(seed, 400);
    const whole = textOf(folded(entries));
    const draw = below(seed * 7);
    for (const cut of [0, 1, entries.length, ...Array.from({ length: 12 }, () => draw(entries.length))])
      expect(textOf(folded(entries.slice(cut), again(folded(entries.slice(0, cut)))))).toBe(whole);
    // Several cuts, one after the other.
    let world = new World();
    for (let i = 0; i < entries.length; i += 37) world = folded(entries.slice(i, i + 37), again(world));
    expect(textOf(world)).toBe(whole);
  });

  it.each(SEEDS)('%i: folds in any order, and gives one world for one order', (seed) => {
    const draw = below(seed * 13);
    const times = sampleHistory(seed, 400);
    const shuffled = [...times];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = draw(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as Placed, shuffled[i] as Placed];
    }
    const entries = shuffled.map((entry, seq) => ({ ...entry, seq, at: (times[seq] as Placed).at }));
    const world = folded(entries);
    expect(textOf(again(world))).toBe(textOf(world));
    expect(textOf(folded(entries))).toBe(textOf(world));
    expect(dueAt(world, world.at + 400 * DAY).length).toBeGreaterThanOrEqual(world.limits.late(world.at).length);
  });
});

describe('a lane that is called what every object has', () => {
  it('is a lane like others', () => {
    const entries = [
      one('agent.registered', 0, { agent: 'bot', party: 'p' }),
      one('state.moved', 1, {
        agent: 'bot',
        lane: 'constructor',
        from: 'supervised',
        to: 'limited',
        reason: 'by_hand',
      }),
    ];
    expect(folded(entries).agents.get('bot')?.lanes).toEqual({
      constructor: { state: 'limited', since: 1, stopped: false },
    });
    expect(Object.keys(Object)).toEqual([]);
  });
});

const C = `c_${'0'.repeat(32)}`;
const within = { agent: 'bot', conversation: C };
const args = { commitment: '1'.repeat(64) };
let seqs = 0;
/** An entry of a kind at a time; its place follows the one before. */
function one(type: Placed['type'], at: number, data: object, id = `e/${seqs}`): Placed {
  return { seq: seqs++, id, type, at, by: 'person:ken', data } as unknown as Placed;
}
const decision = (action: string, more: object) => ({
  action,
  ...within,
  tool: 'refund',
  lane: 'refunds',
  state: 'limited',
  decision: 'allow',
  enforced: true,
  reasons: [],
  pact: `sha256:${'0'.repeat(64)}`,
  ...more,
});
const holding = { decision: 'hold', hold: { owner: 'billing', answer_by: 900, expires: 1_000, then: 'deny' } };
const perConversation = [{ limit: 'L', key: C, amount: 5 }];

describe('a quiet conversation', () => {
  const start = () =>
    folded([
      one('action.proposed', 0, { ...within, call: 'c', tool: 'refund', args }, 'a/1'),
      one('action.decided', 0, decision('a/1', { charges: perConversation })),
      one('action.executed', 0, { action: 'a/1', ...within, permitted: true }),
    ]);
  const elsewhere = (at: number) =>
    one('outcome.observed', at, { ...within, conversation: `c_${'1'.repeat(32)}`, outcome: 'resolved' });

  it('leaves after 90 days without an entry, and takes along what it used up by itself', () => {
    const world = start();
    fold(world, elsewhere(QUIET_MS - 1));
    expect([world.conversations.has(C), world.limits.used('L', C, undefined, QUIET_MS)]).toEqual([true, 5]);
    fold(world, elsewhere(QUIET_MS));
    expect([world.conversations.has(C), world.limits.used('L', C, undefined, QUIET_MS)]).toEqual([false, 0]);
    expect(world.limits.toState().windows).toEqual([]);
  });

  it('stays with each entry of its own, and may come back', () => {
    const world = start();
    fold(world, one('outcome.observed', QUIET_MS - 1, { ...within, outcome: 'resolved' }));
    fold(world, elsewhere(QUIET_MS + 5));
    expect(world.conversations.has(C)).toBe(true);
    fold(world, elsewhere(2 * QUIET_MS));
    expect(world.conversations.has(C)).toBe(false);
    fold(world, one('action.proposed', 2 * QUIET_MS, { ...within, call: 'd', tool: 'refund', args }, 'a/2'));
    expect(world.conversations.get(C)).toMatchObject({ trace: [], lanes: [] });
  });
});

describe('a hold in the world', () => {
  const held = () =>
    folded([
      one('action.proposed', 0, { ...within, call: 'c', tool: 'refund', args }, 'a/1'),
      one('action.decided', 0, decision('a/1', holding)),
    ]);
  const answered = (answer: string, at: number, more: object = {}) =>
    one('hold.answered', at, { hold: 'a/1', ...within, answer, args, ...more });
  const standing = (world: World) => world.answered.get('a/1');

  it('is open with its arguments until it is answered, once', () => {
    const world = held();
    expect(world.holds.get('a/1')).toMatchObject({ args: args.commitment, owner: 'billing', answered: null });
    expect(dueAt(world, 999)).toEqual([]);
    expect(dueAt(world, 1_000)).toMatchObject([{ what: 'hold_expired', hold: { action: 'a/1' } }]);
    world.limits.reserve('a/2', [{ limit: 'L', key: 'bot', amount: 5 }], 0, 1_000);
    const due = (atMost: number) => dueAt(world, 1_000, atMost).map(({ what }) => what);
    expect([due(0), due(1), due(2)]).toEqual([[], ['hold_expired'], ['hold_expired', 'unreported']]);
    world.limits.settle('a/2', 'executed');
    fold(world, answered('refused', 10));
    fold(world, answered('approved', 11));
    expect([world.holds.size, standing(world)?.answered?.answer]).toEqual([0, 'refused']);
    expect(dueAt(world, 1_000)).toEqual([]);
  });

  it('approved: usable for 24 hours, by one action, and forgotten after two days', () => {
    const world = held();
    fold(world, answered('approved', 10, { charges: [{ limit: 'L', key: 'bot', amount: 5, window: DAY }] }));
    const usable = (at: number) => isUsable(standing(world) as NonNullable<ReturnType<typeof standing>>, at);
    expect([usable(10 + APPROVAL_MS - 1), usable(10 + APPROVAL_MS)]).toEqual([true, false]);
    expect(world.limits.reservedBy('a/1')).toEqual(['L']);
    expect([world.limits.late(10 + APPROVAL_MS - 1), world.limits.late(10 + APPROVAL_MS)]).toEqual([[], ['a/1']]);
    fold(
      world,
      one(
        'action.decided',
        20,
        decision('a/2', { approval: 'a/1', charges: [{ limit: 'L', key: 'bot', amount: 5, window: DAY }] }),
      ),
    );
    expect([usable(30), world.limits.reservedBy('a/1'), world.limits.used('L', 'bot', DAY, 30)]).toEqual([
      false,
      [],
      5,
    ]);
    expect(world.conversations.get(C)?.approvals).toEqual([]);
    fold(world, one('action.decided', 10 + 2 * APPROVAL_MS, decision('a/3', {})));
    expect(world.answered.size).toBe(0);
  });

  it('edited: other arguments may run; expired: none', () => {
    const world = held();
    fold(world, answered('edited', 10, { edited_args: { commitment: '2'.repeat(64) } }));
    expect(standing(world)?.answered?.args).toBe('2'.repeat(64));
    const silent = held();
    fold(silent, answered('expired', 1_000, { then: 'route_to_owner' }));
    expect(standing(silent)?.answered?.args).toBeNull();
    expect(silent.conversations.get(C)?.handed_over).toEqual({ queue: null, owner: 'billing', at: 1_000 });
  });
});

describe('the book of limits', () => {
  it.each(SEEDS)('%i: its state is all there is to it', (seed) => {
    const draw = below(seed);
    let book = new LimitBook();
    let copy = new LimitBook();
    let now = 0;
    for (let i = 0; i < 300; i++) {
      now += draw(20) === 0 ? 30 * DAY : draw(MINUTE);
      const charge = {
        limit: `L${draw(3)}`,
        key: `k${draw(5)}`,
        amount: draw(9),
        window: [MINUTE, DAY, 90 * DAY][draw(3)],
      };
      for (const one of [book, copy])
        if (i % 3 === 0) one.settle(`a${i - 3 - (seed % 5)}`, seed % 2 === 0 ? 'failed' : 'executed');
        else if (i % 41 === 0) one.closeConversation(charge.key);
        else one.reserve(`a${i}`, i % 5 === 0 ? [{ ...charge, window: undefined, limit: 'C' }] : [charge], now);
      if (i % 17 === 0) copy = LimitBook.fromState(JSON.parse(JSON.stringify(copy.toState())));
      expect(copy.toState()).toEqual(book.toState());
      expect(copy.late(now)).toEqual(book.late(now));
      for (const span of [MINUTE, DAY, 90 * DAY, undefined])
        expect(copy.used(charge.limit, charge.key, span, now)).toBe(book.used(charge.limit, charge.key, span, now));
    }
    book = copy;
    expect(book.late(now + RESERVATION_MS)).toEqual(book.toState().reserved.map(([action]) => action));
  });

  it('keeps nothing of a key that nobody used for longer than any window', () => {
    const book = new LimitBook();
    for (let i = 0; i < 1_000; i++)
      book.reserve(`a${i}`, [{ limit: 'L', key: `customer ${i}`, amount: 1, window: DAY }], i);
    book.reserve('late', [{ limit: 'L', key: 'somebody', amount: 1, window: DAY }], 90 * DAY + 499);
    expect(book.toState().windows).toHaveLength(501);
  });

  it('counts what a wider window of a new pact looks back on, from a snapshot as from the first entry', () => {
    const book = new LimitBook();
    book.reserve('a', [{ limit: 'L', key: 'bot', amount: 5, window: DAY }], 0);
    const copy = LimitBook.fromState(JSON.parse(JSON.stringify(book.toState())));
    for (const one of [book, copy]) expect(one.used('L', 'bot', 7 * DAY, 3 * DAY)).toBe(5);
  });
});
