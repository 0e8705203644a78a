import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstContactResolution } from './contact.ts';
import { escalationLatency } from './latency.ts';
import { csat, hasFallenSilent } from './satisfaction.ts';
import { kaplanMeier, survivalAt } from './survival.ts';
import { outcomeWeek } from './weekly.ts';

const times = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom<0 | 1>(0, 1)), {
  minLength: 1,
  maxLength: 60,
});

describe('Kaplan–Meier', () => {
  it('gives the remissions of Freireich (1963), as R’s survival prints them', () => {
    const time = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
    const event = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0] as const;
    const { rows, median } = kaplanMeier(time, event, 0.95);
    expect(rows.map(({ time: at, atRisk, survival }) => [at, atRisk, Number(survival.toFixed(3))])).toEqual([
      [6, 21, 0.857],
      [7, 17, 0.807],
      [10, 15, 0.753],
      [13, 12, 0.69],
      [16, 11, 0.627],
      [22, 7, 0.538],
      [23, 6, 0.448],
    ]);
    expect(median).toBe(23);
  });

  it('without censoring is the share that waits longer; it never rises', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 31 }), (all, at) => {
        const waits = all.map(([time]) => time);
        const { rows } = kaplanMeier(
          waits,
          waits.map((): 1 => 1),
          0.95,
        );
        expect(survivalAt(rows, at).survival).toBeCloseTo(waits.filter((time) => time > at).length / waits.length, 10);
        const censored = kaplanMeier(
          waits,
          all.map(([, event]) => event),
          0.95,
        ).rows;
        censored.forEach((row, i) => {
          expect(row.survival).toBeLessThanOrEqual(censored[i - 1]?.survival ?? 1);
          expect(row.lower).toBeLessThanOrEqual(row.survival + 1e-12);
          expect(row.upper).toBeGreaterThanOrEqual(row.survival - 1e-12);
        });
      }),
    );
    expect(kaplanMeier([], [], 0.95)).toEqual({ rows: [], median: null });
  });
});

describe('first contact resolution', () => {
  it('counts the mature alone, and a reopening on the last day', () => {
    const found = firstContactResolution([10, 10, 10, 7, 6], [null, 7, 8, null, null], 7);
    expect(found).toMatchObject({ matureN: 4, matureOk: 3 });
    expect(firstContactResolution([], [], 7)).toMatchObject({ matureN: 0, lower: 0, upper: 1, kmAtWindow: 1 });
  });
});

describe('satisfaction', () => {
  it('keeps its ends on the scale, the worst case outside the mean', () => {
    const count = fc.nat(40);
    fc.assert(
      fc.property(fc.tuple(count, count, count, count, count), fc.nat(400), (counts, silent) => {
        const n = counts.reduce((sum, one) => sum + one, 0);
        const { mean, worstCase, topBox } = csat(counts, n + silent, 0.95);
        for (const end of [mean.lower, mean.upper, worstCase.lower, worstCase.upper]) {
          expect(end).toBeGreaterThanOrEqual(1);
          expect(end).toBeLessThanOrEqual(5);
        }
        if (mean.estimate !== null) {
          expect(worstCase.lower).toBeLessThanOrEqual(mean.estimate + 1e-12);
          expect(worstCase.upper).toBeGreaterThanOrEqual(mean.estimate - 1e-12);
        }
        expect(topBox.upper).toBeGreaterThanOrEqual(topBox.lower);
      }),
    );
    expect(csat([0, 0, 0, 0, 0], 0, 0.95)).toMatchObject({ responseRate: 0, worstCase: { lower: 1, upper: 5 } });
    expect([hasFallenSilent(0.3, 0.21), hasFallenSilent(0.3, 0.19)]).toEqual([false, true]);
  });
});

describe('escalation latency', () => {
  it('takes the old and open for failures, the young for undecided', () => {
    const { attainment, method } = escalationLatency([5, 6], [90], 30, 0.95);
    expect([attainment.estimate, method]).toEqual([expect.closeTo(2 / 3, 12), 'wilson']);
    expect(escalationLatency([], [3], 30, 0.95)).toMatchObject({
      n: 1,
      open: 1,
      attainment: { estimate: null, lower: 0, upper: 1 },
      p50: null,
    });
    expect(escalationLatency([5], [30], 30, 0.95).attainment.estimate).toBe(0.5);
    expect(escalationLatency([1, 2, 3], [], 30, 0.95).ranks).toEqual({
      p50: { lower: null, upper: null },
      p90: { lower: 1, upper: null },
    });
  });
});

describe('an outcome week', () => {
  it('of fewer than five says nothing, and never both fails and passes', () => {
    expect(outcomeWeek(4, 4, 0.1, 1, 0.05)).toMatchObject({ fail: false, pass: false });
    expect(outcomeWeek(5, 5, 0.1, 1, 0.05)).toMatchObject({ fail: true, pass: false });
    expect(outcomeWeek(0, 200, 0.1, 1, 0.05)).toMatchObject({ fail: false, pass: true });
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        (n, x, week) => {
          const { fail, pass } = outcomeWeek(Math.floor(n * x), n, 0.2, week, 0.05);
          expect(fail && pass).toBe(false);
        },
      ),
    );
  });
});
