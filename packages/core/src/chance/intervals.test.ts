import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaInc } from './beta.ts';
import { logLogInterval, mover, newcombeDiff, wilson, wilson95 } from './intervals.ts';
import { betaBinomialBounds, betaBinomialLogE } from './mixture.ts';
import { normalQuantile } from './normal.ts';
import { orderStatisticRanks } from './ranks.ts';
import { moverRate, standardisedDiff, standardisedRate } from './standardised.ts';

const counts = fc.integer({ min: 1, max: 3000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.841344746068543, 1],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [1e-9, -5.997807015007687],
    [1e-100, -21.2734535609653],
  ])('of %s is %s', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 11));

  it('is odd about one half and grows', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.499, noNaN: true }), (p) => {
        expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 9);
        expect(normalQuantile(p + 1e-3)).toBeGreaterThan(normalQuantile(p));
      }),
    );
  });
});

describe('intervals of a share', () => {
  it('are those Newcombe published', () => {
    // Newcombe (1998) 17: 857, Table I, method 3; 17: 873, Table II, method 10.
    expect(wilson(81, 263, 0.95)).toMatchObject({ lower: expect.closeTo(0.2553, 4), upper: expect.closeTo(0.3662, 4) });
    expect(wilson(15, 148, 0.95)).toMatchObject({ lower: expect.closeTo(0.0624, 4), upper: expect.closeTo(0.1605, 4) });
    expect(wilson(0, 20, 0.95)).toMatchObject({ lower: 0, upper: expect.closeTo(0.1611, 4) });
    expect(newcombeDiff(56, 70, 48, 80, 0.95)).toMatchObject({
      lower: expect.closeTo(0.0524, 4),
      upper: expect.closeTo(0.3339, 4),
    });
  });

  it('hold the share, and more evidence of the same share narrows them from both sides', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 20 }), ([x, n], times) => {
        const [few, many] = [wilson95(x, n), wilson95(x * times, n * times)];
        expect(few.lower).toBeLessThanOrEqual(x / n);
        expect(few.upper).toBeGreaterThanOrEqual(x / n);
        expect(many.lower).toBeGreaterThanOrEqual(few.lower);
        expect(many.upper).toBeLessThanOrEqual(few.upper);
      }),
    );
  });

  it('of strata that are one are those of the whole', () => {
    fc.assert(
      fc.property(counts, ([x, n]) => {
        const whole = wilson95(x, n);
        const one = standardisedRate([x], [n], [1], 0.95);
        expect(one.lower).toBeCloseTo(whole.lower, 12);
        expect(one.upper).toBeCloseTo(whole.upper, 12);
        expect(standardisedDiff([x], [n], [x], [n], [1], 0.95).estimate).toBe(0);
      }),
    );
    expect(moverRate([{ N: 10, n: 10, x: 3 }], 0.95)).toEqual({ estimate: 0.3, lower: 0.3, upper: 0.3 });
    expect(moverRate([], 0.95)).toEqual({ estimate: 0.5, lower: 0, upper: 1 });
  });

  it('change ends under a negative factor', () => {
    const part = { estimate: 0.4, lower: 0.3, upper: 0.7 };
    expect(mover([[-1, part]])).toEqual({
      estimate: -0.4,
      lower: expect.closeTo(-0.7, 15),
      upper: expect.closeTo(-0.3, 15),
    });
  });

  it('of a surviving share stay within 0 and 1', () => {
    expect(logLogInterval(1, 0, 1.96)).toEqual({ lower: 1, upper: 1 });
    expect(logLogInterval(0, 0.1, 1.96)).toEqual({ lower: 0, upper: 0 });
    const { lower, upper } = logLogInterval(0.9, 0.01, 1.96);
    expect([lower > 0, upper < 1, lower < 0.9, upper > 0.9]).toEqual([true, true, true, true]);
  });
});

describe('the displayed interval', () => {
  const upper = (n: number) => betaBinomialBounds(0, n, 0.05, 0.5, 50).upper;

  it('ends where the document says after clean runs at 1 %', () => {
    expect(upper(100)).toBeCloseTo(0.03485, 5);
    expect(upper(300)).toBeCloseTo(0.01315, 5);
    expect(upper(1000)).toBeCloseTo(0.00451, 5);
    expect(upper(10_000)).toBeCloseTo(0.00056, 5);
    expect(betaBinomialBounds(0, 0, 0.05, 0.5, 50)).toEqual({ lower: 0, upper: 1 });
  });

  it('is where the e-value is 1/α; a further violation lowers neither end, a further clean one raises neither', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 30, max: 3000 }), (S, F) => {
        const at = (s: number, f: number) => betaBinomialBounds(s, f, 0.05, 0.5, 50);
        const here = at(S, F);
        if (S > 0) expect(betaBinomialLogE(S, F, here.lower, 0.5, 50)).toBeCloseTo(Math.log(20), 6);
        expect(betaBinomialLogE(S, F, here.upper, 0.5, 50)).toBeCloseTo(Math.log(20), 6);
        expect(at(S + 1, F).lower).toBeGreaterThanOrEqual(here.lower - 1e-12);
        expect(at(S + 1, F).upper).toBeGreaterThanOrEqual(here.upper - 1e-12);
        expect(at(S, F + 1).lower).toBeLessThanOrEqual(here.lower + 1e-12);
        expect(at(S, F + 1).upper).toBeLessThanOrEqual(here.upper + 1e-12);
      }),
      { numRuns: 60 },
    );
  });
});

describe('ranks about a quantile', () => {
  it.each([
    [30, 0.9, 23, null],
    [50, 0.9, 41, 50],
    [100, 0.9, 84, 96],
    [1, 0.5, null, null],
    [0, 0.5, null, null],
  ])('of %i at %d are %s and %s', (n, q, lower, upper) =>
    expect(orderStatisticRanks(n, q, 0.95)).toEqual({ lower, upper }),
  );

  it('are the outermost that the binomial allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 2000 }), fc.double({ min: 0.03, max: 0.97, noNaN: true }), (n, q) => {
        const { lower, upper } = orderStatisticRanks(n, q, 0.95);
        // P(Bin(n, q) ≥ r) = I_q(r, n − r + 1)
        const atLeast = (r: number) => (r <= 0 ? 1 : r > n ? 0 : betaInc(r, n - r + 1, q));
        expect(1 - atLeast(lower ?? 0)).toBeLessThanOrEqual(0.025 + 1e-9);
        expect(1 - atLeast((lower ?? 0) + 1)).toBeGreaterThan(0.025 - 1e-9);
        expect(atLeast(upper ?? n + 1)).toBeLessThanOrEqual(0.025 + 1e-9);
        expect(atLeast((upper ?? n + 1) - 1)).toBeGreaterThan(0.025 - 1e-9);
      }),
    );
  });
});
