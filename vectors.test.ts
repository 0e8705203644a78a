/** The published test vectors of everything that computes trust, where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Function = (args: unknown) => unknown;
interface Case {
  readonly id: string;
  readonly fn: string;
  readonly args: unknown;
  readonly expect: unknown;
  readonly tol?: { readonly abs?: number; readonly rel?: number };
}

// Both are scripts that run without a build step; their shape is said here.
const load = (path: string): Promise<unknown> => import(new URL(path, import.meta.url).href);
const { FUNCTIONS } = (await load('tools/vectors/functions.js')) as { FUNCTIONS: Readonly<Record<string, Function>> };
const { differs } = (await load('tools/vectors/differs.js')) as {
  differs: (got: unknown, want: unknown, tol: Case['tol']) => string | undefined;
};

const shared = process.env['SURETY_SHARED'] ?? fileURLToPath(new URL('../shared', import.meta.url));
const path = `${shared}/vectors/trust.json`;
const isThere = existsSync(path);
if (!isThere) console.warn(`skipped: test vectors of trust, looked for in ${path}`);
const { cases } = (isThere ? JSON.parse(readFileSync(path, 'utf8')) : { cases: [] }) as { cases: readonly Case[] };

describe.skipIf(!isThere)(`the vectors of ${path}`, () => {
  it.each([...new Set(cases.map(({ fn }) => fn))].map((fn) => [fn, cases.filter((one) => one.fn === fn)] as const))(
    '%s',
    (fn, own) => {
      const call = FUNCTIONS[fn];
      expect(call, `tools/vectors/functions.js has no ${fn}`).toBeDefined();
      const wrong = own.flatMap(({ id, args, expect: wanted, tol }) => {
        const difference = differs(call?.(args), wanted, tol);
        return difference ? [`${id}: ${difference}`] : [];
      });
      expect(wrong).toEqual([]);
    },
  );
});

describe('the comparison', () => {
  it('finds a key that is missing, an array that is longer, and a number that is off', () => {
    expect(differs({ a: 1, b: 2 }, { a: 1 }, undefined)).toBeUndefined();
    expect(differs({ a: 1 }, { b: null }, undefined)).toBe('b is undefined, not null');
    expect(differs([1, 2], [1], undefined)).toBe('result is [1,2], not [1]');
    expect(differs(1.1, 1, { abs: 0.2 })).toBeUndefined();
    expect(differs(1.1, 1, { rel: 0.05 })).toBe('result is 1.1, not 1');
    expect(differs(Number.NaN, 1, { abs: 1 })).toBe('result is NaN, not 1');
  });
});
