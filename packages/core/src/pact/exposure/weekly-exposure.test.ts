import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExposureLimit, type MoneyAction, weeklyExposure } from './weekly-exposure.ts';

const shared = process.env['SURETY_SHARED'] ?? fileURLToPath(new URL('../../../../../../shared', import.meta.url));
const vectors = `${shared}/vectors/trust.json`;

interface Vector {
  readonly id: string;
  readonly fn: string;
  readonly args: {
    readonly state: 'limited';
    readonly actions: readonly MoneyAction[];
    readonly limits: readonly ExposureLimit[];
    readonly conversations: number | null;
    readonly customers: number | null;
  };
  readonly expect: { readonly exposure: number | null; readonly unbounded: readonly string[] };
}

const perAgent = (of: string[], atMost: number, window = 86_400): ExposureLimit => ({
  of,
  per: 'agent',
  window,
  atMost,
});

describe('weeklyExposure', () => {
  it.skipIf(!existsSync(vectors))(`gives what the published cases expect (${vectors})`, () => {
    const cases = (JSON.parse(readFileSync(vectors, 'utf8')) as { cases: Vector[] }).cases.filter(
      ({ fn }) => fn === 'weeklyExposure',
    );
    expect(cases.length).toBeGreaterThan(0);
    for (const { id, args, expect: wanted } of cases)
      expect(
        { id, ...weeklyExposure(args.state, args.actions, args.limits, args.conversations, args.customers) },
        id,
      ).toMatchObject({ id, ...wanted });
  });

  it('counts a window that does not divide the week as often as it can begin', () => {
    const actions = [{ tool: 'refund', cap: null }];
    expect(weeklyExposure('limited', actions, [perAgent(['refund'], 100, 604_799)], null, null).exposure).toBe(200);
    expect(weeklyExposure('limited', actions, [perAgent(['refund'], 100, 604_800)], null, null).exposure).toBe(100);
    expect(weeklyExposure('limited', actions, [perAgent(['refund'], 100, 604_801)], null, null).exposure).toBe(100);
  });

  it('names the limits of the least cover, a shared one once', () => {
    const actions = [
      { tool: 'refund', cap: null },
      { tool: 'gift', cap: null },
    ];
    const limits = [perAgent(['refund'], 900), perAgent(['gift'], 900), perAgent(['refund', 'gift'], 1_000)];
    expect(weeklyExposure('autonomous', actions, limits, null, null)).toEqual({
      exposure: 7_000,
      unbounded: [],
      by: [2],
    });
  });

  it('takes a window of no whole second for no bound', () => {
    const found = weeklyExposure('limited', [{ tool: 'refund', cap: 1 }], [perAgent(['refund'], 5, 0)], null, null);
    expect(found).toEqual({ exposure: null, unbounded: ['refund'], by: [] });
  });

  it('names no tool when each is bounded and only the total is too large to count', () => {
    const actions = [
      { tool: 'refund', cap: null },
      { tool: 'gift', cap: null },
    ];
    const most = Number.MAX_SAFE_INTEGER;
    const limits = [perAgent(['refund'], most, 604_800), perAgent(['gift'], 1, 604_800)];
    expect(weeklyExposure('limited', actions, limits, null, null)).toMatchObject({ exposure: null, unbounded: [] });
  });

  it('finds the least cover of up to 16 actions and adds up the least bounds of 17', () => {
    const actionsOf = (n: number) => Array.from({ length: n }, (_, i) => ({ tool: `t${i}`, cap: null }));
    const own = actionsOf(17).map(({ tool }) => perAgent([tool], 10, 604_800));
    const shared16 = perAgent(
      actionsOf(17).map(({ tool }) => tool),
      25,
      604_800,
    );
    expect(weeklyExposure('limited', actionsOf(16), [...own, shared16], null, null).exposure).toBe(25);
    expect(weeklyExposure('limited', actionsOf(17), [...own, shared16], null, null).exposure).toBe(170);
  });

  it('is as cheap as the cheapest of all subsets of limits that cover every action', () => {
    const tools = ['a', 'b', 'c', 'd'];
    const limit = fc.record({
      of: fc.subarray(tools, { minLength: 1 }),
      per: fc.constantFrom('agent' as const, 'pact' as const),
      window: fc.integer({ min: 100_000, max: 700_000 }),
      atMost: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(limit, { maxLength: 7 }), (limits) => {
        const actions = tools.map((tool) => ({ tool, cap: null }));
        const { exposure } = weeklyExposure('limited', actions, limits, null, null);
        let least = Number.POSITIVE_INFINITY;
        for (let set = 0; set < 2 ** limits.length; set++) {
          const chosen = limits.filter((_, i) => set & (1 << i));
          if (!tools.every((tool) => chosen.some(({ of }) => of.includes(tool)))) continue;
          least = Math.min(
            least,
            chosen.reduce((sum, { atMost, window }) => sum + atMost * Math.ceil(604_800 / window), 0),
          );
        }
        expect(exposure).toBe(Number.isFinite(least) ? least : null);
      }),
    );
  });
});
