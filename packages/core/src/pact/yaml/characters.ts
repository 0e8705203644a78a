/** What is refused before any YAML is read: bytes that hide something from whoever reads and signs the file. */
import type { Refusal } from './tokens.ts';

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Characters that YAML 1.2.2 (section 5.1) does not print, lone carriage returns, and what reorders or breaks lines. */
const UNPRINTABLE =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function refuseCharacters(text: string): Refusal[] {
  const marks = [...text.matchAll(/\ufeff/g)].map(
    ({ index }): Refusal => ({
      code: 'yaml_bom',
      from: index,
      to: index + 1,
      says: 'Save the file without a byte-order mark',
    }),
  );
  const hidden = [...text.matchAll(UNPRINTABLE)].map(({ 0: match, index }): Refusal => {
    const name = `U+${match.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    return {
      code: 'yaml_encoding',
      from: index,
      to: index + 1,
      says: `The character ${name} cannot be seen; take it out`,
    };
  });
  return [...marks, ...hidden];
}

/** Tabs before the first character of a line, save in the text of a block scalar. */
export function refuseTabs(text: string, blockText: readonly { from: number; to: number }[]): Refusal[] {
  const refusals: Refusal[] = [];
  for (const match of text.matchAll(/^( *\t[ \t]*)[^ \t\r\n]/gm)) {
    const from = match.index;
    const isText = blockText.some((block) => block.from <= from && from < block.to);
    if (isText) continue;
    const to = from + (match[1] as string).length;
    refusals.push({ code: 'yaml_tab', from, to, says: 'Indent with spaces; tabs are not read as indentation' });
  }
  return refusals;
}

/** Why a string that was spelled with escapes cannot be kept, if so. */
export function hiddenIn(value: string): string | undefined {
  if (value.includes('\0')) return 'Text cannot hold the character U+0000';
  return LONE_SURROGATE.test(value) ? 'Text cannot hold half a character; write both surrogates' : undefined;
}

/** Length in UTF-8; half a surrogate pair counts as the three bytes of its replacement. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const ch of text) {
    const code = ch.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
