/** Lists that nearly always hold one thing or none: so are most that are kept of a conversation. */

export function isAmong(few: readonly string[], name: string): boolean {
  for (const one of few) if (one === name) return true;
  return false;
}

/** The list with one more at its end. Of an empty one a new list is made, since pushing would make room for many. */
export function withOne<T>(few: T[], one: T): T[] {
  if (few.length === 0) return [one];
  few.push(one);
  return few;
}
