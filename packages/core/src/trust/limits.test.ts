import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftBaseline } from './drift.ts';
import { DEFAULT_LIMITS, presetFor } from './limits.ts';
import { cleanNeeded, promotionThreshold, provableOneIn } from './proof.ts';
import { conductScore, DAILY_DECAY, decayedCounts, decayWeights, outcomeScore } from './score.ts';

describe('what a proof costs', () => {
  // The tables of the trust statistics, sections 3 and 14.
  it.each([
    [0.001, 1, 4618],
    [0.005, 1, 922],
    [0.01, 1, 460],
    [0.02, 1, 229],
    [0.05, 1, 90],
    [0.001, 2, 5851],
    [0.01, 2, 583],
    [0.001, 5, 7607],
  ])('%d on attempt %i: %i clean', (rate, attempt, n) => expect(cleanNeeded(rate, 0.05, attempt)).toBe(n));

  it.each([
    [28, 6],
    [84, 18],
    [140, 30],
    [280, 61],
    [840, 182],
    [2800, 606],
    [4, null],
  ])('%i clean prove one in %s', (n, oneIn) => expect(provableOneIn(n, 0.05, 1)).toBe(oneIn));

  it('is the inverse of what it proves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 1500 }), fc.integer({ min: 1, max: 6 }), (n, attempt) => {
        const oneIn = provableOneIn(n, 0.05, attempt);
        fc.pre(oneIn !== null);
        expect(cleanNeeded(1 / (oneIn ?? 2), 0.05, attempt)).toBeLessThanOrEqual(n);
        expect(cleanNeeded(1 / ((oneIn ?? 2) + 1), 0.05, attempt)).toBeGreaterThan(n);
      }),
      { numRuns: 30 },
    );
  });

  it('spends no more than α over any number of attempts', () => {
    let spent = 0;
    for (let k = 1; k <= 10_000; k++) spent += 1 / promotionThreshold(0.05, k);
    expect(spent).toBeLessThan(0.05);
  });

  it('is refused for a rate that nothing proves', () => {
    expect(() => cleanNeeded(0, 0.05, 1)).toThrow('proves the rate 0');
  });
});

describe('presets', () => {
  it('change at 10, 30 and 100 a day, and the busiest is the default', () => {
    const critical = (perDay: number) => presetFor(perDay).streams[0]?.allowedRate;
    expect([0, 9.9, 10, 29.9, 30, 99.9, 100, 1e6].map(critical)).toEqual([
      0.05, 0.05, 0.01, 0.01, 0.005, 0.005, 0.001, 0.001,
    ]);
    expect(presetFor(100).streams).toEqual(DEFAULT_LIMITS.streams);
    expect([presetFor(9).ceiling, presetFor(10).ceiling]).toEqual(['limited', 'autonomous']);
  });

  it('never ask less of autonomous than of limited', () => {
    for (const perDay of [1, 10, 30, 100])
      for (const { allowedRate, relaxedRate } of presetFor(perDay).streams)
        expect(allowedRate).toBeLessThanOrEqual(relaxedRate);
  });
});

describe('the baseline', () => {
  it('is never above the rate, falls with clean evidence and rises with violations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5000 }), (S, F) => {
        const baseline = driftBaseline(S, F, 0.1);
        expect(baseline).toBeLessThanOrEqual(0.1);
        expect(driftBaseline(S, F + 500, 0.1)).toBeLessThanOrEqual(baseline);
        expect(driftBaseline(S + 5, F, 0.1)).toBeGreaterThanOrEqual(baseline);
      }),
    );
    expect(driftBaseline(0, 0, 0.05)).toBe(0.05);
  });
});

describe('scores', () => {
  it('are those of the document’s table at an allowed rate of 1 %', () => {
    const clean = (n: number) => conductScore([{ S: 0, F: n, allowedRate: 0.01 }], 0.05).score;
    expect([0, 10, 100, 1000, 10_000, 100_000].map(clean)).toEqual([9, 36, 222, 689, 946, 993]);
    expect(conductScore([{ S: 20, F: 980, allowedRate: 0.01 }], 0.05).score).toBe(209);
  });

  it('are the least of their parts; nothing measured is nothing proven', () => {
    const metrics = [
      { lower: 0.8, target: 0.8 },
      { lower: 0.1, target: 0.8 },
    ];
    expect(outcomeScore(metrics)).toEqual({ score: 181, parts: [500, 181] });
    expect(conductScore([], 0.05)).toEqual({ score: 0, parts: [] });
  });

  it('decay by half in 45 days, and silence lowers them', () => {
    expect(decayWeights(DAILY_DECAY, [45, 0])).toEqual([expect.closeTo(0.5, 12), 1]);
    const after = (age: number) => decayedCounts(DAILY_DECAY, [{ age, x: 0, n: 1000 }]).n;
    const scoreAfter = (age: number) => conductScore([{ S: 0, F: after(age), allowedRate: 0.01 }], 0.05).score;
    expect(scoreAfter(30)).toBeLessThan(scoreAfter(0));
    expect(decayedCounts(DAILY_DECAY, [])).toEqual({ S: 0, n: 0 });
  });
});
