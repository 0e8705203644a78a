import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { exactArgs } from './exact-args.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('exact arguments', () => {
  it('are those of their canonical text, whatever the order of their keys', () => {
    expect(exactArgs({ b: 1.5, a: 'ü' })?.sha256).toBe(sha256('{"a":"ü","b":1.5}'));
    expect(exactArgs({ a: 'ü', b: 1.5 })?.sha256).toBe(exactArgs({ b: 1.5, a: 'ü' })?.sha256);
  });

  it('differ by a cent and by a space', () => {
    const digests = [{ a: '1' }, { a: '1 ' }, { a: 1 }, { a: 1.01 }].map((args) => exactArgs(args)?.sha256);
    expect(new Set(digests).size).toBe(4);
  });

  it('are a copy that nobody else can change', () => {
    const args = { amount: 1 };
    const exact = exactArgs(args);
    args.amount = 1_000;
    expect(exact?.value).toEqual({ amount: 1 });
  });

  it('are an empty object where there are none', () => {
    expect(exactArgs(undefined)).toEqual({ value: {}, sha256: sha256('{}') });
  });

  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  it.each([
    ['a circle', circle],
    ['a big integer', { a: 1n }],
    ['a function', () => 1],
    ['half a character', { a: '\ud800' }],
  ])('are none where they are no JSON: %s', (_, args) => {
    expect(exactArgs(args)).toBeUndefined();
  });
});
