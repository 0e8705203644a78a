/** What the tokens of a YAML file already tell: how deep it nests, and which of YAML's traps it uses. */
import type { CST } from 'yaml';
import type { DiagnosticCode } from '../diagnostic.ts';

/** Something refused, by offsets into the text. */
export interface Refusal {
  readonly code: DiagnosticCode;
  readonly from: number;
  readonly to: number;
  readonly says: string;
}

export interface Tokens {
  readonly refusals: readonly Refusal[];
  /** Where the content of block scalars stands; a tab in there is text. */
  readonly blockText: readonly { readonly from: number; readonly to: number }[];
  readonly tooDeep: boolean;
}

const TRAPS: Readonly<Record<string, readonly [DiagnosticCode, string]>> = {
  anchor: ['yaml_anchor', 'Anchors are not read; write the value out where it is needed'],
  alias: ['yaml_alias', 'Aliases are not read; write the value out where it is needed'],
  tag: ['yaml_tag', 'Tags are not read; leave it out'],
  directive: ['yaml_directive', 'Directives are not read; leave the line out'],
};

type Visit = readonly [token: CST.Token, depth: number];

/** Walks without recursion: the nesting of a hostile file is as deep as the file is long. */
export function inspectTokens(tokens: readonly CST.Token[], depthMax: number): Tokens {
  const refusals: Refusal[] = [];
  const blockText: { from: number; to: number }[] = [];
  let tooDeep = false;
  const stack: Visit[] = tokens.map((token): Visit => [token, 0]);
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const [token, depth] = visit;
    const trap = TRAPS[token.type];
    if (trap) refusals.push(refuse(token, trap[0], trap[1]));
    if (isOpenQuote(token))
      refusals.push({ ...refuse(token, 'yaml_syntax', 'This quote is not closed'), to: token.offset + 1 });
    if (token.type === 'block-scalar') blockText.push(contentOf(token));
    if (isCollection(token) && depth === depthMax) {
      tooDeep = true;
      refusals.push({ ...refuse(token, 'yaml_depth', `Nest at most ${depthMax} levels`), to: token.offset + 1 });
    } else {
      for (const child of childrenOf(token)) stack.push([child, depth + (isCollection(token) ? 1 : 0)]);
    }
  }
  return { refusals: [...refusals, ...furtherDocuments(tokens)], blockText, tooDeep };
}

function refuse(token: CST.Token, code: DiagnosticCode, says: string): Refusal {
  const length = 'source' in token ? token.source.trimEnd().length : 1;
  return { code, from: token.offset, to: token.offset + length, says };
}

const CLOSED: Readonly<Record<string, RegExp>> = {
  'single-quoted-scalar': /^'[^']*(?:''[^']*)*'$/,
  'double-quoted-scalar': /^"[^"\\]*(?:\\[\s\S][^"\\]*)*"$/,
};
/** The library takes a last `\"` or `''` for the closing quote. */
const isOpenQuote = (token: CST.Token): boolean =>
  'source' in token && CLOSED[token.type]?.test(token.source) === false;

const isCollection = (token: CST.Token): boolean =>
  token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection';

/** Where the lines below the header of a block scalar stand. */
export function contentOf(token: CST.BlockScalar): { from: number; to: number } {
  const header = token.props.reduce((length, prop) => length + ('source' in prop ? prop.source.length : 0), 0);
  return { from: token.offset + header, to: token.offset + header + token.source.length };
}

function childrenOf(token: CST.Token): CST.Token[] {
  const children: (CST.Token | null | undefined)[] = [];
  if ('props' in token) children.push(...token.props);
  if (token.type === 'document') children.push(...token.start, token.value);
  if ('items' in token) {
    for (const item of token.items) {
      for (const start of item.start) children.push(start);
      children.push(item.key);
      for (const sep of item.sep ?? []) children.push(sep);
      children.push(item.value);
    }
  }
  if ('end' in token) for (const end of token.end ?? []) children.push(end);
  return children.filter((child) => child !== null && child !== undefined);
}

function furtherDocuments(tokens: readonly CST.Token[]): Refusal[] {
  const documents = tokens.filter((token) => token.type === 'document');
  return documents.slice(1).map((document) => {
    const begin = document.start.find((token) => token.type === 'doc-start') ?? document;
    return refuse(begin, 'yaml_documents', 'A file holds one document; move what follows into its own file');
  });
}
