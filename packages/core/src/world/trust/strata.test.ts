/** Kinds of work: a proof takes each only in its share, however much easy work there is. */
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../terms/time.ts';
import { fromPieces, toPieces, type WorldPiece } from '../world.ts';
import { Desk, TERMS } from './sample-lane.ts';

const STRATA = [
  { name: 'hard', share: 300_000 },
  { name: 'easy', share: 700_000 },
];
const MIXED = { ...TERMS, strata: STRATA };

/** Clean conversations, each of a kind, in the order of a year's first months. */
function work(desk: Desk, n: number, kindOf: (i: number) => string | undefined): void {
  for (let i = 0; i < n; i++) {
    const stratum = kindOf(i);
    desk.executed(desk.decide(stratum === undefined ? {} : { stratum }));
    desk.resolve();
    desk.now += 2 * HOUR;
    if (i % 80 === 0) desk.review('widen');
  }
}
/** One in fifty is hard. */
const flood = (i: number) => (i % 50 === 0 ? 'hard' : 'easy');
const inShares = (i: number) => (i % 10 < 3 ? 'hard' : 'easy');
const counts = (desk: Desk) => desk.trust().quota.counts;

describe('strata', () => {
  it('keep easy work from earning trust for hard work', () => {
    const [told, untold, fair] = [new Desk(MIXED), new Desk(), new Desk(MIXED)];
    work(told, 300, flood);
    work(untold, 300, flood);
    work(fair, 300, inShares);
    expect([told, untold, fair].map((desk) => desk.state())).toEqual(['supervised', 'limited', 'limited']);
    expect(told.trust().n).toBe(300);
    const { counts: taken, all } = told.trust().quota;
    expect(taken[0]).toBe(6);
    expect(all).toBeLessThan(30);
    expect(told.view().needs).toContain(
      `${all} of 300 conversations count towards the proof, each kind of work in its share: 6 hard, ${taken[1]} easy.`,
    );
    expect(untold.view().needs.join()).not.toMatch(/each kind of work/);
  });

  it('count a conversation by its first decision, and one of no known kind as other work', () => {
    const desk = new Desk(MIXED);
    const first = desk.decide({ stratum: 'hard' });
    const second = desk.decide({ stratum: 'easy' }, desk.conversation(false));
    desk.executed(first);
    desk.executed(second);
    desk.resolve();
    expect(counts(desk)).toEqual([1, 0]);
    for (const kind of ['gone', undefined]) work(desk, 1, () => kind);
    expect(counts(desk)).toEqual([1, 2]);
  });

  it('stand in a snapshot, with what is still open', () => {
    const desk = new Desk(MIXED);
    work(desk, 7, inShares);
    const action = desk.decide({ stratum: 'hard' });
    const before = counts(desk);
    desk.world = fromPieces([...toPieces(desk.world)].map((piece) => JSON.parse(JSON.stringify(piece)) as WorldPiece));
    desk.executed(action);
    desk.resolve();
    expect(counts(desk)).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });
});
