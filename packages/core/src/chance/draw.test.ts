import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../crypto/bytes.ts';
import { commitment, draw, isDrawn, uniformAudits } from './draw.ts';
import { admit, emptyQuota, quotaAdmit } from './quota.ts';

const source = { seed: encodeUtf8('a seed of this lane and week'), root: new Uint8Array() };
const ids = fc.uniqueArray(fc.string({ maxLength: 8 }), { maxLength: 60 });

describe('a draw', () => {
  it('is one number for one item, another for another purpose, seed or root', () => {
    const drawn = draw(source, 'active', 'c1');
    expect(draw(source, 'active', 'c1')).toBe(drawn);
    expect(Number.isInteger(drawn) && drawn >= 0 && drawn < 2 ** 48).toBe(true);
    const others = [
      draw(source, 'uniform', 'c1'),
      draw(source, 'active', 'c2'),
      draw({ ...source, root: encodeUtf8('root') }, 'active', 'c1'),
      draw({ ...source, seed: encodeUtf8('another') }, 'active', 'c1'),
    ];
    expect(new Set([drawn, ...others]).size).toBe(5);
  });

  it('never takes at 0, always at 1, and in about the share between', () => {
    const all = Array.from({ length: 4000 }, (_, i) => draw(source, 'active', `c${i}`));
    const share = (pi: number) => all.filter((drawn) => isDrawn(drawn, pi)).length / all.length;
    expect([share(0), share(1)]).toEqual([0, 1]);
    expect(Math.abs(share(0.2) - 0.2)).toBeLessThan(0.02);
  });

  it('is committed to by the SHA-256 of the seed', () => {
    // FIPS 180-4, the example of one block
    expect(commitment(encodeUtf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('uniform audits', () => {
  it('are the same whatever order the week is told in, at least so many, and a prefix of any larger choice', () => {
    fc.assert(
      fc.property(ids, fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true }), (all, atLeast, pi) => {
        const chosen = uniformAudits(source, all, pi, atLeast);
        expect(uniformAudits(source, all.toReversed(), pi, atLeast)).toEqual(chosen);
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(atLeast, all.length));
        expect(uniformAudits(source, all, pi, atLeast + 3).slice(0, chosen.length)).toEqual(chosen);
      }),
    );
  });
});

describe('the quota', () => {
  it('takes all of a lane with one stratum', () => {
    expect(quotaAdmit([0, 0, 0, 0], [1])).toEqual({ admitted: [1, 1, 1, 1], counts: [4] });
  });

  it('lets no stratum run more than one ahead of its share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 300 }), (strata) => {
        const weights = [0.5, 0.3, 0.2];
        let quota = emptyQuota(weights);
        for (const stratum of strata) {
          const next = admit(quota, weights, stratum);
          if (next) expect(next.counts[stratum]).toBeLessThanOrEqual((weights[stratum] ?? 0) * next.all + 1);
          quota = next ?? quota;
        }
      }),
    );
  });
});
