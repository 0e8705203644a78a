/** RFC 8785, JSON Canonicalization Scheme: one text for one value. */
import { invariant } from '../result.ts';

/** Keys in the order of their UTF-16 units, numbers as ECMAScript writes them, no white space. Throws where the RFC has no form. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), 'a canonical number is finite');
    return String(value === 0 ? 0 : value);
  }
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (Array.isArray(value)) return list(value);
  invariant(typeof value === 'object', 'only JSON has a canonical form');
  return object(value as Readonly<Record<string, unknown>>);
}

/** Quotes, backslashes, control characters and surrogates need care; all else is written as it is. */
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  invariant(text.isWellFormed(), 'a lone surrogate has no canonical form');
  return JSON.stringify(text);
}

function list(values: readonly unknown[]): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) text += i === 0 ? canonical(values[i]) : `,${canonical(values[i])}`;
  return `${text}]`;
}

function object(members: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const key of sortedKeys(members)) {
    text += text.length === 1 ? quoted(key) : `,${quoted(key)}`;
    text += `:${canonical(members[key])}`;
  }
  return `${text}}`;
}

/** Above this many names the engine's own sort is faster. */
const FEW = 32;

/** Few names are inserted one by one, which costs nothing where they come sorted. JavaScript compares by UTF-16 units, as the RFC asks. */
function sortedKeys(members: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(members);
  if (keys.length > FEW) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let to = i;
    for (; to > 0 && (keys[to - 1] as string) > key; to--) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}

/** Whether every text in a JSON value is Unicode: what comes from outside may hold lone surrogates. */
export function isUnicode(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isUnicode(member));
}
