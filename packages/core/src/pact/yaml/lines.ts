/** Offsets of a text as lines and columns. */
import type { Range } from '../diagnostic.ts';

export interface Lines {
  /** Counts from 1. */
  lineAt(offset: number): number;
  rangeOf(from: number, to: number): Range;
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const columnAt = (offset: number, line: number): number => offset - (starts[line - 1] as number) + 1;
  return {
    lineAt,
    rangeOf(from, to) {
      const line = lineAt(from);
      const end_line = lineAt(to);
      return { line, column: columnAt(from, line), end_line, end_column: columnAt(to, end_line) };
    },
  };
}
