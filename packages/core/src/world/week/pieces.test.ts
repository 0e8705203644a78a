/** The weekly counts: in one go, in pieces, told late, told twice; and never below nothing. */
import { describe, expect, it } from 'vitest';
import { canonical } from '../../crypto/index.ts';
import { noCounts, type WeekCounts } from '../../metrics/week/counts.ts';
import { OUTCOMES } from '../../terms/outcome.ts';
import { DAY, HOUR, MINUTE } from '../../terms/time.ts';
import { fold } from '../fold.ts';
import { below } from '../sample-history.ts';
import { fromPieces, toPieces, World, type WorldPiece } from '../world.ts';
import { addAct, addContact } from './contact.ts';
import { reason, SampleDesk } from './sample-desk.ts';
import type { WeekCell } from './weeks.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const PAUSES = [0, 1, MINUTE, HOUR, HOUR, 5 * HOUR, 2 * DAY];
/** So busy that no conversation is let go. */
const BUSY = [0, 1, MINUTE, HOUR];

/** A desk at work, with words told late, twice, about others and about nobody. */
function history(seed: number, length: number, pauses: readonly number[] = PAUSES): SampleDesk {
  const draw = below(seed);
  const desk = new SampleDesk();
  const holds: [n: number, action: string][] = [];
  const pick = <T>(from: readonly T[]): T => from[draw(from.length)] as T;
  const customers = ['a', 'b', 'c', 'd'].map((letter) => `s_${letter.repeat(26)}`);
  while (desk.entries.length < length) {
    desk.at += pick(pauses);
    const n = draw(60);
    const customer = pick([undefined, ...customers]);
    const lane = pick(['refunds', 'talk', null]);
    const whose = customer === undefined ? {} : { customer };
    const money = { currency: 'USD', minor: draw(900) };
    pick([
      () => desk.act(n, { ...whose, lane, money }),
      () => desk.executed(n, desk.act(n, { ...whose, lane, reasons: [reason('fired', 'deny', 'minor', false)] })),
      () => desk.act(n, { lane, decision: 'deny', reasons: [reason('fired', 'deny', 'critical')] }),
      () => desk.act(n, { lane, decision: 'hold', reasons: [reason('duty', 'hold', 'major')] }),
      () => desk.act(n, { ...whose, lane, imported: true, reasons: [reason('fired', 'deny', 'minor', false)] }),
      () => desk.act(n, { pact: `sha256:${String(draw(2)).repeat(64)}` }),
      () => holds.push([n, desk.hold(n, pick(['fired', 'state'] as const))]),
      () => {
        const [about, hold] = holds.pop() ?? [n, 'a/none'];
        desk.answer(about, hold, pick(['approved', 'edited', 'refused', 'expired'] as const));
        desk.executed(about, hold, draw(2) === 0);
      },
      () => desk.outcome(n, pick(OUTCOMES.filter((one) => one !== 'csat')), late(desk, draw)),
      () => desk.resolved(n, pick(['agent', 'person', 'silence', 'automation'] as const)),
      () => desk.outcome(n, 'csat', draw(2) === 0 ? { rating: 1 + draw(5) } : { satisfied: draw(2) === 0 }),
      () =>
        desk.add('verdict.given', {
          agent: 'bot',
          lane,
          conversation: SampleDesk.conversation(n),
          action: `a/${draw(desk.entries.length)}`,
          verdict: pick(['violation', 'ok', 'unsure'] as const),
        }),
    ])();
  }
  return desk;
}

const late = (desk: SampleDesk, draw: (n: number) => number) =>
  draw(2) === 0 ? {} : { observed_at: desk.at + (draw(20) - 15) * DAY };

const textOf = (world: World): string =>
  [...toPieces(world)]
    .filter(({ slice }) => slice === 'week_cells' || slice === 'contacts')
    .map((piece) => canonical(piece))
    .join('\n');
const again = (world: World): World =>
  fromPieces([...toPieces(world)].map((piece) => JSON.parse(canonical(piece)) as WorldPiece));

/** Every number somewhere in a value. */
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : value !== null && typeof value === 'object'
      ? Object.values(value).flatMap(numbersIn)
      : [];

describe.each(SEEDS)('the weeks of history %i', (seed) => {
  const { entries } = history(seed, 500);
  const folded = (from: readonly (typeof entries)[number][], world = new World()): World => {
    for (const entry of from) fold(world, entry);
    return world;
  };
  const whole = folded(entries);

  it('in pieces, with a snapshot between, are those in one go', () => {
    for (const step of [13, 111, 250]) {
      let world = new World();
      for (let i = 0; i < entries.length; i += step) world = folded(entries.slice(i, i + step), again(world));
      expect(textOf(world)).toBe(textOf(whole));
    }
  });

  it('never count below nothing, and only whole things', () => {
    for (const { counts } of whole.weeks.cells)
      for (const number of numbersIn(counts)) {
        expect(Number.isSafeInteger(number)).toBe(true);
        expect(number).toBeGreaterThanOrEqual(0);
      }
  });

  it('hold exactly what their conversations come to, however often a word replaced another', () => {
    const sums = new Map<string, WeekCounts>();
    const countsOf = (_: string, week: number, lane: string | null, pact: string, recorded: boolean): WeekCounts => {
      const key = keyOf({ week, lane, pact, recorded });
      const known = sums.get(key) ?? noCounts();
      sums.set(key, known);
      return known;
    };
    const busy = folded(history(seed, 500, BUSY).entries);
    for (const contact of busy.weeks.contacts) {
      addContact(contact, { countsOf }, 1);
      for (const act of contact.acts) addAct(contact, act, { countsOf }, 1);
    }
    expect(sums.size).toBeGreaterThan(0);
    for (const [key, expected] of sums) {
      const counts = busy.weeks.cells.find((cell) => keyOf(cell) === key)?.counts;
      const plain = ({ opened, known, missed, resolved, surveyed, judged, loss }: WeekCounts) =>
        canonical({ opened, known, missed, resolved, surveyed, judged, loss });
      expect([key, plain(counts ?? noCounts())]).toEqual([key, plain(expected)]);
      expect(resolutions(counts)).toEqual(resolutions(expected));
    }
  });
});

const resolutions = (counts: WeekCounts | undefined): readonly unknown[] =>
  (counts?.contacts ?? [])
    .filter(({ n }) => n > 0)
    .map(({ day, alone, presumed, stratum, n, again }) => `${day} ${alone} ${presumed} ${stratum} ${n} ${again}`)
    .sort();

const keyOf = ({ week, lane, pact, recorded }: Omit<WeekCell, 'agent' | 'counts'>): string =>
  `${week} ${lane} ${pact} ${recorded}`;
