import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, ln, ln1p } from './logarithm.ts';

const near = (got: number, want: number, rel: number) => Math.abs(got - want) <= rel * Math.abs(want) + 1e-16;
const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });

describe('the logarithm', () => {
  it('knows the ends and the values everyone knows', () => {
    expect(ln(1)).toBe(0);
    expect(ln(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(ln(-1)).toBeNaN();
    expect(ln(Number.NaN)).toBeNaN();
    expect(ln(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(ln(5e-324)).toBeCloseTo(-744.4400719213812, 12);
    expect(near(ln(2), Math.LN2, 2e-16)).toBe(true);
    expect(near(ln(10), Math.LN10, 2e-16)).toBe(true);
  });

  it('is within four units of the last place of the engine’s', () => {
    fc.assert(fc.property(positive, (x) => near(ln(x), Math.log(x), 9e-16)));
    fc.assert(fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => near(ln(x), Math.log(x), 9e-16)));
    fc.assert(
      fc.property(fc.double({ min: -0.999, max: 10, noNaN: true }), (u) => near(ln1p(u), Math.log1p(u), 9e-16)),
    );
    fc.assert(
      fc.property(fc.double({ min: -1e-9, max: 1e-9, noNaN: true }), (u) => near(ln1p(u), Math.log1p(u), 5e-16)),
    );
  });
});

describe('the exponential', () => {
  it('knows the ends', () => {
    expect(exp(0)).toBe(1);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-1000)).toBe(0);
    expect(exp(1000)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.NaN)).toBeNaN();
  });

  it('is near the engine’s, and undoes the logarithm', () => {
    fc.assert(fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => near(exp(x), Math.exp(x), 9e-16)));
    fc.assert(fc.property(positive, (x) => near(exp(ln(x)), x, 1e-13)));
  });
});
