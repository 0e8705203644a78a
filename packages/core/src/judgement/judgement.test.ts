import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ppiMean, roganGladen } from './comparison.ts';
import { dawidSkene } from './dawid-skene.ts';
import { juryPosterior, juryUncalibrated, type Vote } from './jury.ts';
import { judgeLicence } from './licence.ts';
import { inclusionProbabilities } from './sample.ts';

const vote = fc.constantFrom<Vote>(0, 1, null);
const accuracy = fc.record({
  se: fc.double({ min: 0.5, max: 1, noNaN: true }),
  sp: fc.double({ min: 0.5, max: 1, noNaN: true }),
});
const panel = fc.array(fc.tuple(vote, accuracy), { maxLength: 5 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the jury', () => {
  it('of one is Bayes’ rule', () => {
    const { posterior } = juryPosterior([1], [{ se: 0.9, sp: 0.8 }], 0.1);
    expect(posterior).toBeCloseTo((0.1 * 0.9) / (0.1 * 0.9 + 0.9 * 0.2), 12);
  });

  it('believes the less the more its errors go together', () => {
    const judges = [1, 2, 3].map(() => ({ se: 0.9, sp: 0.9 }));
    const at = (rho: number) => juryPosterior([1, 1, 1], judges, 0.05, rho).posterior;
    expect(at(0)).toBeGreaterThan(at(0.3));
    expect(at(0.3)).toBeGreaterThan(at(1));
    expect(at(1)).toBeCloseTo(juryPosterior([1], judges, 0.05).posterior, 12);
  });

  it('never passes what anyone flagged, and asks a person where nobody votes', () => {
    fc.assert(
      fc.property(panel, share, (judges, prior) => {
        const votes = judges.map(([one]) => one);
        const accuracies = judges.map(([, one]) => one);
        const { posterior, route } = juryPosterior(votes, accuracies, prior);
        expect(posterior).toBeGreaterThan(0);
        expect(posterior).toBeLessThan(1);
        if (votes.includes(1)) expect(route).not.toBe('ok');
        if (votes.every((one) => one === null)) expect(route).toBe('unsure');
      }),
    );
  });

  it('without a licence decides only unanimously, from two families', () => {
    expect(juryUncalibrated([], [])).toBe('unsure');
    expect(juryUncalibrated([1, null], ['x', 'y'])).toBe('unsure');
    expect(juryUncalibrated([1, 1], ['x', 'x'])).toBe('unsure');
    expect(juryUncalibrated([1, 1, null], ['x', 'y', 'z'])).toBe('violation');
    expect(juryUncalibrated([0, 1], ['x', 'y'])).toBe('unsure');
    expect(juryUncalibrated([0, 0], ['x', 'y'])).toBe('ok');
  });
});

describe('a licence', () => {
  it('is refused where there is nothing to go by, with every reason', () => {
    const none = { N: 0, n: 0, x: 0 };
    const licence = judgeLicence(none, none, 0.95);
    expect(licence).toMatchObject({ licensed: false, reasons: ['positives', 'negatives', 'accuracy', 'kappa'] });
    expect(licence.sensitivity).toEqual({ estimate: 0, lower: 0, upper: expect.any(Number) });
  });

  it('encloses what it estimates, and ends stay shares', () => {
    const counts = fc
      .tuple(fc.nat(500), share, share)
      .map(([N, n, x]) => ({ N, n: Math.floor(N * n), x: Math.floor(Math.floor(N * n) * x) }));
    fc.assert(
      fc.property(counts, counts, (flag, ok) => {
        const { sensitivity, specificity } = judgeLicence(flag, ok, 0.95);
        for (const { lower, estimate, upper } of [sensitivity, specificity]) {
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(estimate).toBeGreaterThanOrEqual(lower - 1e-12);
          expect(upper).toBeGreaterThanOrEqual(estimate - 1e-12);
          expect(upper).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the sample', () => {
  it('spends the budget, half of it evenly', () => {
    const pi = inclusionProbabilities([0.1, 0.3, 0.6, 0], 2, 0);
    expect(pi.reduce((sum, one) => sum + one, 0)).toBeCloseTo(2, 12);
    expect(Math.min(...pi)).toBeCloseTo(0.25, 12);
    expect(inclusionProbabilities([0, 0], 1, 0.02)).toEqual([0.5, 0.5]);
    expect(inclusionProbabilities([0, 1], 0, 0.02)).toEqual([0.02, 0.02]);
    expect(inclusionProbabilities([], 5, 0.02)).toEqual([]);
  });
});

describe('Dawid and Skene', () => {
  it('believe judges who agree, and keep to shares', () => {
    const items = Array.from({ length: 40 }, (_, i) => [i % 4 === 0 ? 1 : 0, i % 4 === 0 ? 1 : 0, i % 4 === 0 ? 1 : 0]);
    const { classMarginals, errorRates, mapClass } = dawidSkene(items, [0, 1], 1e-9);
    expect(classMarginals).toEqual([expect.closeTo(0.75, 9), expect.closeTo(0.25, 9)]);
    expect(errorRates[0]?.[1]?.[1]).toBeCloseTo(1, 9);
    expect(mapClass.slice(0, 4)).toEqual([1, 0, 0, 0]);
  });

  it('never lower the likelihood by looking longer', () => {
    const item = fc.tuple(fc.constantFrom(0, 1, null), fc.constantFrom(0, 1, null), fc.constantFrom(0, 1, null));
    fc.assert(
      fc.property(fc.array(item, { minLength: 3, maxLength: 30 }), (items) => {
        const rough = dawidSkene(items, [0, 1], 1e9);
        const fine = dawidSkene(items, [0, 1], 1e-6);
        expect(fine.logLikelihood).toBeGreaterThanOrEqual(rough.logLikelihood - 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the comparisons', () => {
  it('of a perfect judge are the plain rate', () => {
    const y = [1, 0, 0, 1, 0, 0, 0, 0];
    const { estimate } = ppiMean(y, y, y, 0.05, 1);
    expect(estimate).toBeCloseTo(0.25, 12);
    const perfect = { share: 1, n: 100 };
    expect(roganGladen({ share: 0.08, n: 1000 }, perfect, perfect, 0.05).estimate).toBeCloseTo(0.08, 12);
    expect(
      ppiMean(
        y,
        y.map(() => 0),
        [0, 0, 0],
        0.05,
      ).lambda,
    ).toBe(0);
  });
});
