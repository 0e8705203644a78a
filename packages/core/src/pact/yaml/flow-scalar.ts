/** Plain, single- and double-quoted scalars: YAML 1.2.2, sections 7.3 and 6.5 (line folding). */
import { Speller, type Spelling } from './spelling.ts';

/** `source` is the whole token with its quotes, `offset` its place in the file. */
export function spellPlain(source: string, offset: number): Spelling {
  const speller = new Speller();
  foldLines(source, offset, speller, (piece, from) => speller.plainly(piece, from));
  return speller.done();
}

export function spellSingleQuoted(source: string, offset: number): Spelling {
  const speller = new Speller();
  foldLines(source.slice(1, -1), offset + 1, speller, (piece, from) => {
    for (let i = 0; i < piece.length; i++) {
      const doubled = piece[i] === "'";
      speller.as(piece[i] as string, from + i, from + i + (doubled ? 2 : 1));
      if (doubled) i++;
    }
  });
  return speller.done();
}

type Line = { readonly text: string; readonly from: number; readonly breakAt: number };

function splitLines(source: string, offset: number): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', from)) {
    const end = source[at - 1] === '\r' ? at - 1 : at;
    lines.push({ text: source.slice(from, end), from: offset + from, breakAt: offset + at });
    from = at + 1;
  }
  lines.push({ text: source.slice(from), from: offset + from, breakAt: offset + source.length });
  return lines;
}

/** One line break becomes a space, n of them n - 1 line breaks; white space around them is no content. */
function foldLines(
  source: string,
  offset: number,
  speller: Speller,
  write: (piece: string, from: number) => void,
): void {
  const lines = splitLines(source, offset);
  let breaks: number[] = [];
  let contentEnd = offset;
  lines.forEach((line, i) => {
    const indent = i === 0 ? 0 : line.text.length - trimStart(line.text).length;
    const last = i === lines.length - 1;
    const content = last ? line.text.slice(indent) : trimEnd(line.text.slice(indent));
    const from = line.from + indent;
    if (i > 0 && (content !== '' || last)) {
      if (breaks.length === 1) speller.as(' ', contentEnd, from);
      for (const at of breaks.slice(1)) speller.as('\n', at, at + 1);
      breaks = [];
    }
    if (i === 0 || content !== '') {
      write(content, from);
      contentEnd = from + content.length;
    }
    breaks.push(line.breakAt);
  });
}

// YAML's white space is space and tab alone; the language's own trim takes more.
const trimStart = (text: string): string => text.replace(/^[ \t]+/, '');
function trimEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text.slice(0, end);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

export function spellDoubleQuoted(source: string, offset: number): Spelling {
  const speller = new Speller();
  const end = source.length - 1;
  let at = 1;
  while (at < end) {
    const ch = source[at] as string;
    if (ch === '\\') at = readEscape(source, at, offset, speller);
    else if (ch === ' ' || ch === '\t' || ch === '\n' || ch === '\r') at = readBlank(source, at, offset, speller);
    else speller.plainly(ch, offset + at++);
  }
  return speller.done();
}

/** An escape at `at`; answers where it ends. */
function readEscape(source: string, at: number, offset: number, speller: Speller): number {
  const next = source[at + 1] ?? '';
  const lineBreak = /\\\r?\n[ \t]*/y;
  lineBreak.lastIndex = at;
  if (lineBreak.test(source)) return lineBreak.lastIndex;
  const digits = HEX_DIGITS[next] ?? 0;
  const to = at + 2 + digits;
  const text = digits > 0 ? String.fromCodePoint(Number.parseInt(source.slice(at + 2, to), 16)) : ESCAPES[next];
  speller.as(text ?? source.slice(at, to), offset + at, offset + to);
  return to;
}

/** A run of white space at `at`: kept within a line, folded where it holds line breaks. Answers where it ends. */
function readBlank(source: string, at: number, offset: number, speller: Speller): number {
  const blank = /[ \t\r\n]+/y;
  blank.lastIndex = at;
  const run = blank.exec(source)?.[0] ?? '';
  const breaks = [...run.matchAll(/\n/g)].map((m) => offset + at + m.index);
  if (breaks.length === 0) speller.plainly(run, offset + at);
  if (breaks.length === 1) speller.as(' ', offset + at, offset + at + run.length);
  for (const br of breaks.slice(1)) speller.as('\n', br, br + 1);
  return at + run.length;
}
