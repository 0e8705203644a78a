/** One change between two pacts, and how two values of a pact are held side by side. */
import { canonical } from '../../crypto/index.ts';

export type Direction = 'looser' | 'stricter' | 'other';

export interface Change {
  /** What changed: a rule's id, or a place such as `refund_checks may issue_refund`. */
  readonly what: string;
  readonly direction: Direction;
  readonly says: string;
}

/** Without members that are not there. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));
export const same = (a: unknown, b: unknown): boolean => canonical(plain(a)) === canonical(plain(b));

/** Entries of two mappings side by side, in the order of their names. */
export function* sideBySide<T>(
  a: Readonly<Record<string, T>> = {},
  b: Readonly<Record<string, T>> = {},
): Iterable<[string, T | undefined, T | undefined]> {
  const own = (of: Readonly<Record<string, T>>, key: string) => (Object.hasOwn(of, key) ? of[key] : undefined);
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) yield [key, own(a, key), own(b, key)];
}

export const show = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);

/** Which way a list changes where more of it means `more`; undefined where neither holds all of the other. */
export function directionOfList(
  a: readonly string[],
  b: readonly string[],
  more: 'looser' | 'stricter',
): Direction | undefined {
  const less = more === 'looser' ? 'stricter' : 'looser';
  if (a.every((name) => b.includes(name))) return more;
  return b.every((name) => a.includes(name)) ? less : undefined;
}
