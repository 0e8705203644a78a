/** A diagnostic as people read it: the place, the sentence, the line of the file, and a caret under what is meant. */
import type { Diagnostic, Range } from './diagnostic.ts';
import { displayWidth, printable } from './yaml/printable.ts';

/** Columns of a source line that are shown at most; a longer one is cut around the caret. */
const SHOWN_MAX = 100;
const CUT = '…';

/**
 * `file:line:col code sentence`, then the line with a caret run under the range and, where there is one, the hint.
 * `text` is the whole text of `d.file`; without that line in it the sentence stands alone.
 */
export function formatDiagnostic(d: Diagnostic, text: string): string {
  const { line, column } = d.range;
  const head = `${printable(d.file)}:${line}:${column} ${d.code} ${printable(d.says)}`;
  const source = text.split('\n')[line - 1]?.replace(/\r$/, '');
  const gutter = ' '.repeat(2 + String(line).length);
  const hint = d.hint === undefined ? [] : [`${gutter} = ${printable(d.hint)}`];
  if (source === undefined) return [head, ...hint].join('\n');
  const { shown, indent, carets } = frame(source, d.range);
  return [head, `  ${line} | ${shown}`, `${gutter} | ${' '.repeat(indent)}${'^'.repeat(carets)}`, ...hint].join('\n');
}

interface Frame {
  readonly shown: string;
  readonly indent: number;
  readonly carets: number;
}

function frame(source: string, { line, column, end_line, end_column }: Range): Frame {
  const from = Math.min(column - 1, source.length);
  const to = end_line === line ? Math.min(end_column - 1, source.length) : source.trimEnd().length;
  const before = printable(source.slice(0, from));
  const meant = printable(source.slice(from, Math.max(to, from)));
  const after = printable(source.slice(Math.max(to, from)));
  if (displayWidth(before + meant + after) <= SHOWN_MAX) return drawn(before, meant, after);
  const start = takeEnd(before, Math.max(SHOWN_MAX / 2, SHOWN_MAX - displayWidth(meant + after)));
  const middle = takeStart(meant, SHOWN_MAX - displayWidth(start));
  return drawn(start, middle, middle !== meant ? '' : takeStart(after, SHOWN_MAX - displayWidth(start + middle)));
}

const drawn = (before: string, meant: string, after: string): Frame => ({
  shown: before + meant + after,
  indent: displayWidth(before),
  carets: Math.max(displayWidth(meant), 1),
});

/** As much of the beginning as fits, ending in a mark where something was cut. */
function takeStart(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let taken = '';
  for (const ch of text) {
    if (displayWidth(taken + ch) >= columns) break;
    taken += ch;
  }
  return taken + CUT;
}

function takeEnd(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let taken = '';
  for (const ch of [...text].reverse()) {
    if (displayWidth(ch + taken) >= columns) break;
    taken = ch + taken;
  }
  return CUT + taken;
}
