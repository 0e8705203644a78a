/** What a value in the ledger may hold beyond what JSON forbids: integers only, no deeper than 32, Unicode texts. */

export type ProfileCode = 'too_deep' | 'not_integer' | 'lone_surrogate' | 'not_json';

export const DEPTH_MAX = 32;

/** The first thing the entry profile refuses; `undefined` for a value that may stand in an entry. */
export function profileProblem(value: unknown, depthMax: number = DEPTH_MAX): ProfileCode | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'lone_surrogate';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? undefined : 'not_integer';
  if (typeof value === 'boolean' || value === null) return undefined;
  if (typeof value !== 'object') return 'not_json';
  if (depthMax === 0) return 'too_deep';
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const problem = profileProblem(value[i], depthMax - 1);
      if (problem) return problem;
    }
    return undefined;
  }
  // A date or a map would be written as an empty object.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return 'not_json';
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) {
    if (!key.isWellFormed()) return 'lone_surrogate';
    const problem = profileProblem(members[key], depthMax - 1);
    if (problem) return problem;
  }
  return undefined;
}
