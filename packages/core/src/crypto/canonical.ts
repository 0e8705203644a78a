/** RFC 8785, JSON Canonicalization Scheme: one text for one value. */
import { invariant } from '../result.ts';

/** Keys in the order of their UTF-16 units, numbers as ECMAScript writes them, no white space. Throws where the RFC has no form. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') {
    invariant(value.isWellFormed(), 'a lone surrogate has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), 'a canonical number is finite');
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  invariant(typeof value === 'object', 'only JSON has a canonical form');
  const members = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(members).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${keys.map((key) => `${canonical(key)}:${canonical(members[key])}`).join(',')}}`;
}

/** Whether every text in a JSON value is Unicode: what comes from outside may hold lone surrogates. */
export function isUnicode(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isUnicode(member));
}
