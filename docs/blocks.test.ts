import { describe, expect, it } from 'vitest';
import { anchorsOf, blocksOf, isShown, linksOf } from './blocks.ts';

const PAGE = `# A page: of \`code\`

See [there](other.md#part), [the web](https://example.com) and \`[not](this)\`.

\`\`\`sh exit=1
surety pact check x
\`\`\`

\`\`\`text
out
\`\`\`
`;

describe('a page', () => {
  it('has blocks with options, and knows which follows which', () => {
    const [first, second] = blocksOf(PAGE);
    expect(first).toMatchObject({ language: 'sh', text: 'surety pact check x\n', line: 5, next: second });
    expect(first?.options.get('exit')).toBe('1');
    expect(second?.next).toBeUndefined();
  });

  it('gives a program what a comment before it declares', () => {
    const [block] = blocksOf('<!-- given\ndeclare const x: 1;\n-->\n\n```ts\nuse(x)\n```\n');
    expect(block?.given).toBe('declare const x: 1;\n');
    expect(blocksOf('```ts\nuse(x)\n```\n')[0]?.given).toBeUndefined();
  });

  it('has links and anchors', () => {
    expect(linksOf(PAGE)).toEqual(['other.md#part']);
    expect([...anchorsOf(PAGE)]).toEqual(['a-page-of-code']);
  });
});

describe('what is shown', () => {
  it('is the output itself, with … for what was left out', () => {
    const out = 'one\ntwo 2\nthree, 15 ms\n';
    for (const shown of ['one\ntwo 2\nthree, 9 ms', '…\nthree, 9 ms', 'one\n…', 'one\ntwo …\n…'])
      expect(isShown(shown, out), shown).toBe(true);
    for (const shown of ['one', 'two 2\nthree, 9 ms', 'one\n…\nfour', 'one\ntwo\nthree, 9 ms', ''])
      expect(isShown(shown, out), shown).toBe(false);
  });
});
