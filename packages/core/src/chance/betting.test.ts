import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditedBets, auditedEstimate, ipwEProcess, leastEstimate } from './audited.ts';
import { type Bets, betsOf, eProcess, factor, freshWealth, grow, type Wealth } from './betting.ts';
import { quiet, quietStrata, watch, watchBest, watchStratum } from './change.ts';
import { eBenjaminiHochberg } from './discoveries.ts';

const rate = fc.double({ min: 0.001, max: 0.6, noNaN: true });
const bits = fc.array(fc.boolean(), { maxLength: 400 }).map((all) => all.map(Number));

/** Exact over all 2ⁿ streams: wealth depends on the counts of the past alone, so a table of n² cells suffices. */
function probabilityOfCrossing(bets: Bets, p: number, threshold: number, n: number): number {
  const value = (ones: number, zeros: number): number =>
    bets.lambdas.reduce(
      (sum, lambda, k) =>
        sum + (bets.weights[k] ?? 0) * factor(lambda, 1, bets.p0) ** ones * factor(lambda, 0, bets.p0) ** zeros,
      0,
    );
  let alive = [1];
  let crossed = 0;
  for (let t = 1; t <= n; t++) {
    const next = new Array<number>(t + 1).fill(0);
    alive.forEach((mass, ones) => {
      next[ones] = (next[ones] ?? 0) + mass * (1 - p);
      next[ones + 1] = (next[ones + 1] ?? 0) + mass * p;
    });
    alive = next.map((mass, ones) => {
      if (value(ones, t - ones) < threshold) return mass;
      crossed += mass;
      return 0;
    });
  }
  return crossed;
}

describe('a bet', () => {
  it('never loses more than all, and on average gains nothing while the rate holds', () => {
    fc.assert(
      fc.property(rate, fc.constantFrom('demote' as const, 'promote' as const), (p0, side) => {
        for (const lambda of betsOf(side, p0).lambdas) {
          expect(factor(lambda, 0, p0)).toBeGreaterThanOrEqual(-1e-15);
          expect(factor(lambda, 1, p0)).toBeGreaterThanOrEqual(-1e-15);
          expect(p0 * factor(lambda, 1, p0) + (1 - p0) * factor(lambda, 0, p0)).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  it('on audited items does so whatever is drawn and found', () => {
    const plan = { q: [0.005, 0.2, 0.6], pi: [0.02, 0.2, 0.5] };
    for (const lambda of auditedBets(plan, 0.01).lambdas)
      expect(factor(lambda, leastEstimate(plan), 0.01)).toBeGreaterThan(0);
    plan.q.forEach((_, h) => {
      for (const verdict of [0, 1]) {
        const pi = plan.pi[h] ?? 0;
        const mean =
          pi * (auditedEstimate(plan, h, true, verdict) ?? 0) + (1 - pi) * (auditedEstimate(plan, h, false, null) ?? 0);
        expect(mean).toBeCloseTo(verdict, 12);
      }
    });
    expect(auditedEstimate(plan, 0, true, null)).toBeUndefined();
    expect(ipwEProcess([{ stratum: 0, isDrawn: true, verdict: null }], plan, 0.01)).toMatchObject({
      value: 1,
      sumXhat: 0,
    });
  });
});

describe('the e-process', () => {
  it.each([
    ['demote', 0.01, 0.05],
    ['demote', 0.2, 0.05],
    ['promote', 0.3, 0.05],
    ['promote', 0.05, 0.025],
  ] as const)('%s at %d crosses 1/α with a probability below α, exactly', (side, p0, alpha) => {
    const crossing = probabilityOfCrossing(betsOf(side, p0), p0, 1 / alpha, 400);
    expect(crossing).toBeGreaterThan(0);
    expect(crossing).toBeLessThanOrEqual(alpha);
  });

  it('gives the false alarms and the delays that the document says, exactly', () => {
    const bets = betsOf('demote', 0.01);
    expect(probabilityOfCrossing(bets, 0.01, 20, 1000)).toBeCloseTo(0.0207, 4);
  });

  it('depends on the counts alone, up to rounding', () => {
    fc.assert(
      fc.property(rate, bits, (p0, xs) => {
        const bets = betsOf('promote', p0);
        const run = (all: readonly number[]): number => eProcess(bets, all, [all.length]).values[0] ?? 1;
        const sorted = xs.toSorted((a, b) => a - b);
        expect(run(sorted)).toBeCloseTo(run(xs), 6 - Math.ceil(Math.log10(run(xs) + 1)));
      }),
    );
  });

  it('is never raised for promotion by a violation in place of a clean one, nor lowered for demotion', () => {
    fc.assert(
      fc.property(rate, bits, fc.nat(), (p0, xs, where) => {
        fc.pre(xs.length > 0);
        const worse = xs.with(where % xs.length, 1);
        const end = (side: 'demote' | 'promote', all: readonly number[]): number =>
          eProcess(betsOf(side, p0), all, [all.length]).values[0] ?? 1;
        expect(end('promote', worse)).toBeLessThanOrEqual(end('promote', xs));
        expect(end('demote', worse)).toBeGreaterThanOrEqual(end('demote', xs));
      }),
    );
  });

  it('stays finite', () => {
    const bets = betsOf('demote', 0.001);
    const run = eProcess(bets, new Array<number>(1000).fill(1), [1000], 1e6);
    expect(run.values[0]).toBeLessThanOrEqual(1e300);
    expect(run.firstCrossing).toBeLessThan(10);
  });
});

describe('the detector', () => {
  const run = (step: typeof watch, bets: Bets, xs: readonly number[]): Wealth =>
    xs.reduce((wealth, x) => step(bets, wealth, x), quiet(bets));

  it('adds up the e-processes that begin at each moment', () => {
    fc.assert(
      fc.property(rate, fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (p0, flips) => {
        const xs = flips.map(Number);
        const bets = betsOf('demote', p0);
        const restarts = xs.reduce(
          (sum, _, from) => sum + xs.slice(from).reduce((wealth, x) => grow(bets, wealth, x), freshWealth(bets)).value,
          0,
        );
        const value = run(watch, bets, xs).value;
        expect(Math.abs(value - restarts)).toBeLessThan(1e-9 * (1 + restarts));
        expect(run(watchBest, bets, xs).value).toBeLessThanOrEqual(value * (1 + 1e-12));
      }),
    );
  });

  it('never forgets a violation sooner for a good record: it is at least what it is from a fresh start', () => {
    fc.assert(
      fc.property(rate, bits, bits, (p0, before, xs) => {
        const bets = betsOf('demote', p0);
        expect(run(watch, bets, [...before, ...xs]).value).toBeGreaterThanOrEqual(
          run(watch, bets, xs).value * (1 - 1e-12),
        );
      }),
    );
  });

  it('sees a stratum however many others come in', () => {
    const [bets, weights] = [betsOf('demote', 0.02), [0.7, 0.3]];
    const feed = (flood: number): number => {
      let detector = quietStrata(bets, weights);
      for (let i = 0; i < 40; i++) {
        for (let k = 0; k < flood; k++) detector = watchStratum(bets, weights, detector, 0, 0);
        detector = watchStratum(bets, weights, detector, 1, i % 4 === 0 ? 1 : 0);
      }
      return detector.strata[1]?.value ?? 0;
    };
    expect(feed(20)).toBe(feed(0));
  });
});

describe('e-BH', () => {
  it('rejects nothing of nothing, and all that alone would be a discovery among K', () => {
    expect(eBenjaminiHochberg([], 0.05)).toEqual([]);
    expect(eBenjaminiHochberg([19, 39], 0.05)).toEqual([]);
    expect(eBenjaminiHochberg([20, 20], 0.05)).toEqual([0, 1]);
    expect(eBenjaminiHochberg([1, 40], 0.05)).toEqual([1]);
  });
});
