/** The third value. A condition that cannot be evaluated has a cause, and never lets an action through. */
import type { Cause } from '../../terms/decision.ts';

export class Unknown {
  readonly cause: Cause;
  /** The name in scope whose value is missing: a fact, `action`, `judges.said_yes`. */
  readonly fact: string | undefined;
  /** The path below it. */
  readonly path: string | undefined;

  constructor(cause: Cause, fact?: string, path?: string) {
    this.cause = cause;
    this.fact = fact;
    this.path = path;
  }
}

/**
 * A value of a condition. Whole numbers are numbers (money in minor units, times and durations in milliseconds),
 * records are objects with exactly their declared fields, maps are Maps.
 */
export type Value =
  | string
  | number
  | boolean
  | readonly Value[]
  | ReadonlyMap<string | number | boolean, Value>
  | RecordValue
  | Unknown;
export type RecordValue = { readonly [field: string]: Value | undefined };

export const OVER_BUDGET = new Unknown('over_budget');
export const OVERFLOW = new Unknown('overflow');
export const DIVISION_BY_ZERO = new Unknown('division_by_zero');
export const EMPTY_LIST = new Unknown('empty_list');
export const TOO_LONG = new Unknown('too_long');

/** The same value, by content. Neither side may be or hold an Unknown. */
export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((v, i) => isSame(v, b[i]));
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !isSame(value, b.get(key) as Value)) return false;
    return true;
  }
  const left = a as RecordValue;
  const right = b as RecordValue;
  return Object.keys(left).every((field) => {
    const x = left[field];
    const y = right[field];
    return x === undefined || y === undefined ? x === y : isSame(x, y);
  });
}
