/** What the YAML library could not read, in our own sentences. */
import type { YAMLParseError } from 'yaml';
import type { Lines } from './lines.ts';
import type { Refusal } from './tokens.ts';

/** The library means both by one code: `a: b: c`, and a key that is indented below a value. */
const INDENTED = 'What follows is indented as if it belonged to this value; align its key with the key here';
const UNTIDY = 'This is not YAML; check indentation, quotes and brackets';
const SENTENCES: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  BAD_DQ_ESCAPE: 'No such escape in double quotes; write \\\\ for a backslash or use single quotes',
  BAD_INDENT: 'The indentation does not fit; align it with its neighbours, and close every bracket',
  BAD_SCALAR_START: 'A value cannot begin with this character; quote it',
  BLOCK_AS_IMPLICIT_KEY: 'A second `: ` on this line; quote the text, or go on in a new line',
  BLOCK_IN_FLOW: 'Inside brackets nothing can be written by indentation; use brackets there too',
  KEY_OVER_1024_CHARS: 'A key has at most 1024 characters',
  MISSING_CHAR: 'Something is missing here: a closing quote or bracket, a comma, a space or a colon',
  MULTILINE_IMPLICIT_KEY: 'A key stands on one line with its colon; is a colon or a quote missing?',
  UNEXPECTED_TOKEN: 'This was not expected here; check quotes, commas and brackets',
};

/** Anchors, aliases, tags and directives are refused where they stand; what the library says of them adds nothing. */
const TOLD_ELSEWHERE: readonly YAMLParseError['code'][] = [
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_DIRECTIVE',
  'BAD_PROP_ORDER',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'TAG_RESOLVE_FAILED',
];

const ASTRAY: readonly YAMLParseError['code'][] = ['UNEXPECTED_TOKEN', 'BAD_INDENT', 'MISSING_CHAR', 'BLOCK_IN_FLOW'];

/**
 * One refusal a line, and none after a tab or an open quote: the rest mostly follows from the first. Once a bracket is
 * out of place, every line after it is unexpected, and only the first says something.
 */
export function refuseBroken(
  errors: readonly YAMLParseError[],
  told: readonly Refusal[],
  text: string,
  lines: Lines,
): Refusal[] {
  const causes = told.filter(({ code }) => code === 'yaml_tab' || code === 'yaml_syntax').map(({ from }) => from);
  const clear = Math.min(...causes, text.length + 1);
  const seen = new Set(told.map(({ from }) => lines.lineAt(from)));
  const refusals: Refusal[] = [];
  let isAstray = false;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    const from = Math.min(error.pos[0], text.length);
    const line = lines.lineAt(from);
    const isTold = TOLD_ELSEWHERE.includes(error.code) && told.length > 0;
    if (isTold || from >= clear || seen.has(line) || (isAstray && ASTRAY.includes(error.code))) continue;
    isAstray ||= ASTRAY.includes(error.code);
    seen.add(line);
    const to = Math.min(Math.max(error.pos[1], from + 1), text.length);
    refusals.push(
      error.code === 'TAB_AS_INDENT'
        ? { code: 'yaml_tab', from, to, says: 'Indent with spaces; tabs are not read as indentation' }
        : { code: 'yaml_syntax', from, to, says: sentenceOf(error.code, text, from) },
    );
  }
  return refusals;
}

function sentenceOf(code: YAMLParseError['code'], text: string, from: number): string {
  const line = /.*/.exec(text.slice(from))?.[0] ?? '';
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && !line.includes(': ')) return INDENTED;
  return SENTENCES[code] ?? UNTIDY;
}
