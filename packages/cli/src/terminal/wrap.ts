/** Breaks long lines at spaces, so that a narrow terminal cuts no word; what goes on stands under where it began. */

// biome-ignore lint/complexity/useRegexLiterals: an escape character in a literal is hard to see
const COLOUR = new RegExp('\u001b\\[\\d*m', 'g');
const widthOf = (text: string): number => text.replace(COLOUR, '').length;

export const wrap = (text: string, columns: number): string =>
  text
    .split('\n')
    .map((line) => (widthOf(line) <= columns ? line : wrapLine(line, columns)))
    .join('\n');

function wrapLine(line: string, columns: number): string {
  const indent = ' '.repeat(hangingOf(line, columns));
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<=\S) (?!%)/)) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (widthOf(longer) <= columns || current.trim() === '') {
      current = longer;
      continue;
    }
    lines.push(current.trimEnd());
    current = indent + word.trimStart();
  }
  return [...lines, current].join('\n');
}

/** Under the last column of a table, where that leaves room; a line that stands in goes on a little further in. */
function hangingOf(line: string, columns: number): number {
  const plain = line.replace(COLOUR, '');
  const gap = plain.lastIndexOf('  ');
  const column = gap + 2;
  const indent = plain.search(/\S|$/);
  if (gap >= indent && gap > 0 && column <= columns / 2) return column;
  return indent === 0 ? 0 : Math.min(indent + 2, Math.floor(columns / 2));
}
