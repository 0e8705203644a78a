/** What is wrong inside one expression; offsets are in its text. */
import type { DiagnosticCode } from '../diagnostic.ts';

export interface Problem {
  readonly code: DiagnosticCode;
  readonly from: number;
  readonly to: number;
  readonly says: string;
  readonly hint?: string | undefined;
}

/** The known name nearest to a mistyped one, if it is near enough to be meant. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(written.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(written, name, least);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

export const didYouMean = (written: string, known: Iterable<string>): string | undefined => {
  const name = nearest(written, known);
  return name === undefined ? undefined : `did you mean ${name}?`;
};

/** Levenshtein's distance with neighbours swapped counted once, given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit || a.length > 64 || b.length > 64) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] as number) + 1);
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] as number;
}
