import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaInc, betaln } from './beta.ts';

const shape = fc.double({ min: 0.05, max: 1e5, noNaN: true });

describe('betaln', () => {
  it('gives what whole numbers give: B(a, b) = (a−1)!(b−1)!/(a+b−1)!', () => {
    expect(betaln(1, 1)).toBeCloseTo(0, 14);
    expect(betaln(2, 3)).toBeCloseTo(-Math.log(12), 14);
    expect(betaln(0.5, 0.5)).toBeCloseTo(Math.log(Math.PI), 14);
    expect(betaln(1, 1e9)).toBeCloseTo(-Math.log(1e9), 12);
  });

  it('is symmetric and keeps the recurrence', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const value = betaln(a, b);
        expect(betaln(b, a)).toBe(value);
        expect(Math.abs(betaln(a + 1, b) - value - Math.log(a / (a + b)))).toBeLessThan(1e-12 * (1 + Math.abs(value)));
      }),
    );
  });
});

describe('betaInc', () => {
  it('is the sum of binomials for whole numbers', () => {
    // P(Bin(5, 0.3) ≥ 2) = I_0.3(2, 4)
    expect(betaInc(2, 4, 0.3)).toBeCloseTo(0.47178, 12);
    expect(betaInc(1, 1, 0.25)).toBeCloseTo(0.25, 14);
    expect([betaInc(3, 4, 0), betaInc(3, 4, 1)]).toEqual([0, 1]);
  });

  it('keeps I_x(a, b) = 1 − I_{1−x}(b, a), and grows with x', () => {
    const some = fc.double({ min: 0.1, max: 500, noNaN: true });
    fc.assert(
      fc.property(some, some, fc.double({ min: 0.01, max: 0.98, noNaN: true }), (a, b, x) => {
        expect(betaInc(a, b, x) + betaInc(b, a, 1 - x)).toBeCloseTo(1, 10);
        expect(betaInc(a, b, x + 0.01)).toBeGreaterThanOrEqual(betaInc(a, b, x) - 1e-12);
      }),
    );
  });
});
