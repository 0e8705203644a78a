/** Reads the code blocks and links of a Markdown file. */

export interface Block {
  /** The first word after the fence. */
  readonly language: string;
  /** `file=NAME exit=1` after it. */
  readonly options: ReadonlyMap<string, string>;
  readonly text: string;
  /** What a comment `<!-- given … -->` just before it declares, for a program that is only a part. */
  readonly given: string | undefined;
  /** Line of the fence, from 1. */
  readonly line: number;
  /** The block that follows with nothing between but white space. */
  readonly next: Block | undefined;
}

const FENCE = /^```(\S*) *(.*)\n([\s\S]*?)^```$/gm;

export function blocksOf(markdown: string): readonly Block[] {
  const found = [...markdown.matchAll(FENCE)];
  const blocks: Block[] = [];
  for (const [i, match] of [...found.entries()].reverse()) {
    const [whole, language = '', rest = '', text = ''] = match;
    const pairs = rest.split(' ').filter((pair) => pair.includes('='));
    const following = found[i + 1];
    const between = following && markdown.slice(match.index + whole.length, following.index);
    blocks.unshift({
      language,
      options: new Map(pairs.map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? ''])),
      text,
      given: /<!-- given\s((?:(?!-->)[\s\S])*)-->\s*$/.exec(markdown.slice(0, match.index).slice(-2_000))?.[1],
      line: markdown.slice(0, match.index).split('\n').length,
      next: between?.trim() === '' ? blocks[0] : undefined,
    });
  }
  return blocks;
}

/** Targets of links and pictures that are no web addresses. */
export function linksOf(markdown: string): readonly string[] {
  const prose = markdown.replace(FENCE, '').replace(/`[^`\n]+`/g, 'code');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((t) => !/^[a-z]+:/.test(t));
}

/** The anchors that headings make. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = markdown.replace(FENCE, '').matchAll(/^#{1,6} +(.+)$/gm);
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
  return new Set([...headings].map(([, heading = '']) => slug(heading)));
}

/** Whether `out` is what `expected` shows: `…` is anything in a line, a line of `…` any lines; times differ. */
export function isShown(expected: string, out: string): boolean {
  const plain = (text: string) => text.trimEnd().replace(/\b\d+ ms\b/g, 'N ms');
  const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const lines = plain(expected)
    .split('\n')
    .map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${line.split('…').map(escape).join('.*')}\n`));
  return new RegExp(`^${lines.join('')}$`).test(`${plain(out)}\n`);
}
