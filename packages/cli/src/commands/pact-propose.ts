/** `surety pact propose`: sends a pact with every file it names and the tests that lie beside it. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { type Pact, readTestFile } from '@surety/core/pact';
import { AskError, type Command, type ExitCode } from '../command.ts';
import { getPact, readerBeside, readNamed } from '../files/pact-files.ts';
import { withDesk } from '../server/desk.ts';
import { DATA } from '../server/options.ts';

export const pactPropose: Command = {
  options: {
    ...DATA,
    as: { type: 'string', value: 'NAME', says: 'the person who proposes (default: the pact’s author)' },
  },
  arguments: [1, 1],
  async run([path = ''], values, terminal): Promise<ExitCode> {
    const pact = getPact(path, terminal);
    const body = { pact: basename(path), files: textsOf(path, pact), tests: testsBeside(path) };
    const { author } = pact.file;
    const answer = await withDesk(values, ({ client }) => client.pact.propose(body), { creates: true, as: author });
    if (terminal.json) terminal.document(answer);
    const { digest, version, tests } = answer.pact;
    terminal.draw(digest);
    const tested = tests
      ? `its tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.gaps} gaps`
      : `no test beside it names it, so nothing shows that its rules fire`;
    terminal.note(`${pact.name} version ${version} is proposed; ${tested}.`);
    terminal.note(`Next, by somebody other than ${author}: surety pact sign ${digest.slice(0, 19)}`);
    return 0;
  },
};

/** The pact as it lies there, and the files it names by their paths in its folder. */
export function textsOf(path: string, { files }: Pact): Record<string, string> {
  const main = basename(path);
  const read = readerBeside(path);
  const texts: Record<string, string> = { [main]: decode(path, readNamed(path)) };
  for (const { path: named } of files) {
    const bytes = named === main ? undefined : read(named);
    if (bytes) texts[named] = decode(named, bytes);
  }
  return texts;
}

/** Byte for byte: a replaced character would give another digest than the file has. */
function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AskError(`${path} is not UTF-8; save it as UTF-8`);
  }
}

/** Test files in the pact's folder that name this pact. */
function testsBeside(path: string): Record<string, string> {
  const folder = dirname(path);
  const tests: Record<string, string> = {};
  for (const name of readdirSync(folder).sort()) {
    if (!/\.test\.ya?ml$/.test(name)) continue;
    const text = decode(name, readNamed(join(folder, name)));
    const { file } = readTestFile(name, text);
    if (file && normalize(file.pact) === basename(path)) tests[name] = text;
  }
  return tests;
}
