/** Every command of the documents is run, every pact checked, every program compiled and every link followed. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { anchorsOf, type Block, blocksOf, isShown, linksOf } from './blocks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const surety = join(root, 'packages/cli/bin/surety.js');
const sample = join(root, 'packages/cli/sample/conversations.jsonl');
/** Commands of other programs, which a test of the documents does not run. */
const OTHERS = /^(?:npm|node|git|cd|curl|docker|export) /;

const markdownIn = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name))
    : [];
const documents = [
  '.',
  'docs',
  'packages/cli/sample',
  ...readdirSync(join(root, 'packages')).map((name) => join('packages', name)),
]
  .flatMap(markdownIn)
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  .map((document) => ({ ...document, blocks: blocksOf(document.text) }));

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

function run(folder: string, args: readonly string[]) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [surety, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return { status, out: stdout + stderr };
}

function follow(block: Block, folder: string, where: string): void {
  const file = block.options.get('file');
  if (file !== undefined) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    appendFileSync(join(folder, file), `${block.text}\n`);
  }
  if (block.language !== 'sh') return;
  let last = '';
  for (const line of block.text.split('\n').filter((text) => text.trim() !== '' && !OTHERS.test(text))) {
    const words = /^(?:npx )?surety (.+)$/.exec(line)?.[1]?.split(' ');
    if (line.startsWith('sed ')) {
      expect(spawnSync('sh', ['-c', line], { cwd: folder }).status, `${where}: ${line}`).toBe(0);
      continue;
    }
    if (!words) throw new Error(`${where}: ${line} is not a command that this test knows`);
    const { status, out } = run(folder, words);
    expect(status, `${where}: ${line}\n${out}`).toBe(Number(block.options.get('exit') ?? '0'));
    last = out;
  }
  const shown = block.next?.language === 'text' ? block.next.text : undefined;
  if (shown !== undefined && !isShown(shown, last)) expect(last, where).toBe(shown);
}

describe.each(documents)('$path', ({ path, text, blocks }) => {
  it('leads only to what is there', () => {
    for (const link of linksOf(text)) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? join(root, path) : resolve(root, dirname(path), file);
      expect(existsSync(target), `${path} links to ${link}`).toBe(true);
      if (anchor !== undefined && target.endsWith('.md'))
        expect([...anchorsOf(readFileSync(target, 'utf8'))], `${path} links to ${link}`).toContain(anchor);
    }
  });

  it('shows what the commands do', () => {
    const folder = mkdtempSync(join(tmpdir(), 'surety-docs-'));
    temporary.push(folder);
    copyFileSync(sample, join(folder, 'sample.jsonl'));
    for (const block of blocks) follow(block, folder, `${path}:${block.line}`);
    for (const name of new Set(blocks.map(({ options }) => options.get('file') ?? ''))) {
      const isPact = /^format: 1$/m.test(name === '' ? '' : readFileSync(join(folder, name), 'utf8'));
      const isBroken = blocks.some((block) => block.options.has('exit') && block.text.includes(name));
      if (isPact && !isBroken) expect(run(folder, ['pact', 'check', name])).toMatchObject({ status: 0 });
    }
  });
});

/** A part of a program stands in a function, below what is given. */
const programOf = ({ text, given = '' }: Block): string =>
  /^(?:import|export) /m.test(text) ? `${given}${text}` : `${given}\nexport async function shown() {\n${text}\n}\n`;

describe('programs in the documents', () => {
  it.each(documents.filter(({ blocks }) => blocks.some(({ language }) => language === 'ts')))(
    'compile against the packages: $path',
    ({ blocks }) => {
      // Below node_modules, so that the packages are found as a reader's program finds them.
      const folder = mkdtempSync(join(root, 'node_modules', '.surety-docs-'));
      temporary.push(folder);
      const programs = blocks.filter(({ language }) => language === 'ts');
      for (const block of programs) writeFileSync(join(folder, `line-${block.line}.ts`), programOf(block));
      const compilerOptions = {
        composite: false,
        declaration: false,
        noEmit: true,
        noUnusedLocals: false,
        rootDir: root,
        types: ['node'],
        customConditions: [],
      };
      const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'], exclude: [] };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
      expect(stdout).toBe('');
      expect(status).toBe(0);
    },
  );
});
