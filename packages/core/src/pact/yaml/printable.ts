/** Text from outside, made fit for a terminal: nothing in it moves the cursor, and its columns can be counted. */

const TAB = '    ';
const HIDDEN =
  /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Tabs as spaces; what cannot be seen, and line breaks, as `\u{1b}`. */
export const printable = (text: string): string =>
  text.replaceAll('\t', TAB).replace(HIDDEN, (ch) => `\\u{${ch.charCodeAt(0).toString(16)}}`);

/** East Asian Wide and Fullwidth (UAX 11) and the emoji blocks, as first and last code points. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];
const JOINER = '\u200d';
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\u{1f3fb}-\u{1f3ff}]$/u;

/** Columns that a terminal gives to `text`; a joined emoji counts as its first part. */
export function displayWidth(text: string): number {
  let width = 0;
  let joined = false;
  for (const ch of text) {
    const code = ch.codePointAt(0) as number;
    if (!joined && !ZERO.test(ch))
      width += code >= 0x1100 && WIDE.some(([first, last]) => first <= code && code <= last) ? 2 : 1;
    joined = ch === JOINER;
  }
  return width;
}
