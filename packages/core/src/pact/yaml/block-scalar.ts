/** Literal `|` and folded `>` scalars: YAML 1.2.2, section 8.1. */
import { Speller, type Spelling } from './spelling.ts';

export interface BlockScalar {
  /** `|` or `>` with its indicators, such as `>2-`. */
  readonly header: string;
  readonly source: string;
  /** Where `source` begins in the file. */
  readonly offset: number;
  /** Columns by which the parent is indented; an indentation indicator counts from there. */
  readonly parentIndent: number;
}

interface Line {
  readonly indent: number;
  readonly content: string;
  readonly from: number;
  readonly breakAt: number;
}

export function spellBlock(scalar: BlockScalar): Spelling {
  const lines = splitLines(scalar.source, scalar.offset);
  const chomp = /[-+]/.exec(scalar.header)?.[0] ?? '';
  const speller = new Speller();
  const firstContent = lines.findIndex((line) => line.content !== '');
  if (firstContent === -1) {
    if (chomp === '+' && scalar.source !== '') {
      for (const line of lines.slice(0, Math.max(1, lines.length - 1))) breakOf(line, speller);
    }
    return speller.done();
  }
  const trim = indentOf(scalar, lines, firstContent);
  const chompStart = endOfContent(lines, trim);
  for (const line of lines.slice(0, firstContent)) {
    restOf(line, trim, speller);
    breakOf(line, speller);
  }
  const content = lines.slice(firstContent, chompStart);
  if (scalar.header.startsWith('>')) writeFolded(content, trim, speller);
  else writeLiteral(content, trim, speller);
  writeEnd(lines, chompStart, chomp, trim, speller);
  return speller.done();
}

function splitLines(source: string, offset: number): Line[] {
  let from = offset;
  return source.split('\n').map((text) => {
    const indent = /^ */.exec(text)?.[0].length ?? 0;
    const content = text.slice(indent).replace(/\r$/, '');
    const line = { indent, content, from, breakAt: from + text.length };
    from += text.length + 1;
    return line;
  });
}

function indentOf(scalar: BlockScalar, lines: readonly Line[], firstContent: number): number {
  const indicator = /[1-9]/.exec(scalar.header)?.[0];
  if (indicator) return scalar.parentIndent + Number(indicator);
  return (lines[firstContent] as Line).indent;
}

/** Lines of spaces alone are content where they reach beyond the indentation, and else are chomped at the end. */
function endOfContent(lines: readonly Line[], trim: number): number {
  const last = lines.findLastIndex((line) => line.content !== '' || line.indent > trim);
  return last + 1;
}

const breakOf = (line: Line, speller: Speller): void => speller.as('\n', line.breakAt, line.breakAt + 1);

function restOf(line: Line, trim: number, speller: Speller): void {
  const spaces = Math.max(0, line.indent - trim);
  speller.plainly(' '.repeat(spaces) + line.content, line.from + line.indent - spaces);
}

function writeLiteral(lines: readonly Line[], trim: number, speller: Speller): void {
  lines.forEach((line, i) => {
    restOf(line, trim, speller);
    if (i < lines.length - 1) breakOf(line, speller);
  });
}

/** A single break between two lines of text is a space; around a more-indented line every break stays. */
function writeFolded(lines: readonly Line[], trim: number, speller: Speller): void {
  let above: Line | undefined;
  let breaks: Line[] = [];
  const isDeeper = (line: Line): boolean => line.indent > trim || line.content.startsWith('\t');
  for (const line of lines) {
    if (line.content === '' && !isDeeper(line)) {
      breaks.push(line);
      continue;
    }
    if (above && (isDeeper(above) || isDeeper(line))) for (const each of breaks) breakOf(each, speller);
    else if (above && breaks.length === 1) speller.as(' ', above.breakAt, line.from + trim);
    else for (const each of breaks.slice(1)) breakOf(each, speller);
    restOf(line, trim, speller);
    above = line;
    breaks = [line];
  }
}

function writeEnd(lines: readonly Line[], chompStart: number, chomp: string, trim: number, speller: Speller): void {
  if (chomp === '-') return;
  const lastContent = lines[chompStart - 1] as Line;
  breakOf(lastContent, speller);
  if (chomp !== '+') return;
  const rest = lines.slice(chompStart);
  rest.forEach((line, i) => {
    restOf(line, trim, speller);
    if (i < rest.length - 1) breakOf(line, speller);
  });
}
