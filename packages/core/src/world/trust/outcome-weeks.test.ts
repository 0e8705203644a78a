/** Weeks of outcomes: judged when mature, recorded, and needed for autonomy; and the score that is made of them. */
import { describe, expect, it } from 'vitest';
import { canonical } from '../../crypto/index.ts';
import type { LaneTerms } from '../../evidence/kinds/agent.ts';
import { noCounts } from '../../metrics/week/counts.ts';
import { countOutcome, judgeOutcomes, outcomeTarget } from '../../metrics/week/outcome-count.ts';
import { DAY, HOUR, MINUTE, WEEK } from '../../terms/time.ts';
import { fold } from '../fold.ts';
import { fromPieces, toPieces, World, type WorldPiece } from '../world.ts';
import { dueByTime } from './pass-time.ts';
import { Desk, TERMS } from './sample-lane.ts';

const FCR = { target: 'R-9', metric: 'first_contact_resolution', failing: 300_000, weeks: 1, min_sample: 5 } as const;
const WITH: LaneTerms = { ...TERMS, outcome_weeks: 2, outcomes: [FCR] };

/** A week of conversations that the agent closes alone; the customers of some come back. */
function week(desk: Desk, n: number, back: number, given: object = {}): void {
  const end = desk.now + WEEK;
  for (let i = 0; i < n; i++) {
    desk.executed(desk.decide(given));
    desk.add('outcome.observed', { ...desk.conversation(false), outcome: 'resolved', closed_by: 'agent' });
    if (i < back) desk.add('outcome.observed', { ...desk.conversation(false), outcome: 'reopened' });
    desk.now += MINUTE;
  }
  desk.now = end;
}

/** From Monday, the fifth of January. */
function limited(terms: LaneTerms = WITH): Desk {
  const desk = new Desk(terms);
  desk.setState('limited');
  desk.now += 4 * DAY;
  return desk;
}

const judged = (desk: Desk) =>
  desk.entries.flatMap((entry) =>
    entry.type === 'consequence.applied' && entry.data.outcome ? [entry.data.outcome] : [],
  );

describe('a week of outcomes', () => {
  it('is judged and recorded when its seven days have passed, not before', () => {
    const desk = limited();
    week(desk, 60, 3);
    desk.now += WEEK - 1;
    expect(dueByTime(desk.world, desk.now)).toEqual([]);
    desk.now += 1;
    expect(dueByTime(desk.world, desk.now)).toMatchObject([{ what: 'outcome', reason: 'outcome.pass' }]);
    expect(judged(desk)).toEqual([]);
    desk.clean(1);
    expect(judged(desk)).toEqual([
      { week: '2026-W02', verdict: 'pass', targets: [{ target: 'R-9', failures: 3, n: 60 }] },
    ]);
    expect(desk.trust().outcomeOk).toBe(1);
    expect(desk.world.trust.due).toEqual([]);
  });

  it('lowers by one level where it fails, with its reason, and nobody has to sign', () => {
    const desk = limited();
    week(desk, 60, 40);
    desk.now += WEEK;
    desk.clean(1);
    expect(judged(desk)).toMatchObject([{ verdict: 'fail' }]);
    expect(desk.moves().at(-1)).toBe('limited → supervised: outcome');
    expect(desk.consequences().slice(-2)).toEqual(['outcome_week', 'notify']);
    expect(desk.view().history[0]?.sentence).toBe('From limited to supervised: a week missed its outcome target.');
  });

  it('counts only whole weeks of the epoch, and begins anew with too little evidence', () => {
    const desk = new Desk(WITH);
    desk.now += 4 * DAY + HOUR;
    desk.setState('limited');
    week(desk, 60, 0);
    week(desk, 60, 0);
    week(desk, 4, 0);
    desk.now += WEEK;
    desk.clean(1);
    expect(judged(desk).map(({ week: of, verdict }) => `${of} ${verdict}`)).toEqual([
      '2026-W03 pass',
      '2026-W04 insufficient',
    ]);
    expect(desk.trust().outcomeOk).toBe(0);
  });

  it('is not made of recordings of an agent that is at work', () => {
    const desk = limited();
    week(desk, 60, 0, { imported: true });
    desk.now += WEEK;
    desk.clean(1);
    expect(judged(desk)).toMatchObject([{ verdict: 'insufficient', targets: [{ n: 0 }] }]);
  });

  it('is needed twice for autonomy, which a proof and a signature alone do not give', () => {
    const desk = limited();
    week(desk, 800, 0);
    week(desk, 60, 0);
    desk.review('widen');
    expect(desk.state()).toBe('limited');
    expect(desk.view().needs).toEqual(['1 more week that meets the outcome target, each judged 7 days after its end.']);
    desk.now += WEEK;
    desk.review('widen');
    expect(desk.state()).toBe('autonomous');
    expect(judged(desk).map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  it('is not to be had where the pact sets no target, and says so', () => {
    const desk = limited({ ...WITH, outcomes: [] });
    week(desk, 800, 0);
    expect(desk.view().needs.join(' ')).toContain('the pact sets none');
    expect(desk.view().scores.outcome.missing_sentence).toBe(
      'The pact sets no outcome target in this lane, so nothing is scored.',
    );
  });

  it('gives the same world from a snapshot at any cut', () => {
    const desk = limited();
    for (const back of [0, 2, 1]) week(desk, 30, back);
    desk.clean(1);
    const text = (world: World) => [...toPieces(world)].map((piece) => canonical(piece)).join('\n');
    for (let cut = 1; cut <= desk.entries.length; cut += 37) {
      const first = new World();
      for (const entry of desk.entries.slice(0, cut)) fold(first, entry);
      const world = fromPieces([...toPieces(first)].map((piece) => JSON.parse(canonical(piece)) as WorldPiece));
      for (const entry of desk.entries.slice(cut)) fold(world, entry);
      expect(text(world)).toBe(text(desk.world));
    }
  });
});

describe('the outcome score', () => {
  it('is made of mature weeks, from the lower bound, and needs twenty', () => {
    const desk = limited();
    week(desk, 60, 3);
    const scored = () => desk.view().scores.outcome;
    expect(scored()).toMatchObject({
      score: null,
      missing_sentence: '20 more mature outcomes for R-9 until there is a number.',
    });
    desk.now += WEEK;
    expect(scored()).toMatchObject({ score: 686, lower: 686, n: 60, missing_sentence: null });
    expect(scored().upper).toBeGreaterThan(900);
  });

  it('alarms where it parts from conduct by more than both bounds', () => {
    const desk = limited({ ...WITH, outcomes: [{ ...FCR, failing: 10_000 }] });
    week(desk, 400, 200);
    desk.now += WEEK;
    expect(desk.view().gap).toContain('It keeps the pact better than it serves customers');
    expect(new Desk().view().gap).toBeNull();
  });
});

describe('an outcome target', () => {
  const target = (metric: 'csat' | 'escalation_latency_p90', bound: object) =>
    outcomeTarget({ id: 'R-1', metric, at_least: null, at_most: null, weeks: 1, min_sample: 5, ...bound });

  it('fails a wait that is later than its limit, open ones counted, and leaves out what was cut off before', () => {
    const late = target('escalation_latency_p90', { at_most: HOUR });
    if (!late) throw new Error('no target');
    const counts = noCounts();
    counts.clocks[1].done['60000'] = 8;
    counts.clocks[1].done['7200000'] = 1;
    counts.clocks[1].lapsed['60000'] = 5;
    const window = { weeks: [], clock: counts.clocks[1], open: [2 * HOUR, MINUTE], now: 0 };
    expect(countOutcome(late, window)).toEqual({ target: 'R-1', failures: 2, n: 10 });
  });

  it('shares the level among several, and one that fails decides', () => {
    const one = target('csat', { at_least: 0.7 });
    if (!one) throw new Error('no target');
    const count = (failures: number) => ({ target: 'R-1', failures, n: 100 });
    expect(judgeOutcomes([one, one], [count(5), count(60)], 1, 0.05)).toBe('fail');
    expect(judgeOutcomes([one, one], [count(5), count(5)], 1, 0.05)).toBe('pass');
    expect(judgeOutcomes([one, one], [count(5), count(30)], 1, 0.05)).toBe('insufficient');
    expect(judgeOutcomes([], [], 1, 0.05)).toBe('insufficient');
    expect(target('csat', { at_most: 0.3 })).toBeUndefined();
  });
});
