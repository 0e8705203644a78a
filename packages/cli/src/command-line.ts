/** Finds the command that was typed, reads its options, runs it, and turns what went wrong into one clear line. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '@surety/core/pact';
import { AskError, type Command, type ExitCode, type Values } from './command.ts';
import { commandHelp, overview, version } from './help.ts';
import { openTerminal } from './terminal/terminal.ts';

const EVERYWHERE = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const;

export async function runCommandLine(argv: readonly string[], commands: readonly Command[]): Promise<ExitCode> {
  const [first, second] = argv;
  if (first === '--version' || first === '-v') return say(version());
  const isHelp = first === undefined || first === 'help' || first === '--help' || first === '-h';
  const asked = first === 'help' ? argv.slice(1) : argv;
  const command = commands.find(({ name }) => name === `${asked[0]} ${asked[1]}` || name === asked[0]);
  if (isHelp) return say(command ? commandHelp(command) : overview(commands));
  if (!command) {
    const group = commands.filter(({ name }) => name.startsWith(`${first} `));
    if (group.length > 0 && (second === undefined || second === '--help' || second === '-h'))
      return say(overview(group));
    const typed = group.length > 0 && second !== undefined ? `${first} ${second}` : first;
    return complain(
      `there is no command ${typed}${guess(
        typed,
        commands.map(({ name }) => name),
      )}; surety help lists them`,
    );
  }
  return runOne(command, argv.slice(command.name.split(' ').length));
}

async function runOne(command: Command, argv: readonly string[]): Promise<ExitCode> {
  try {
    const { values, positionals } = readOptions(command, argv);
    if (values['help'] === true) return say(commandHelp(command));
    const [least, most] = command.arguments;
    if (positionals.length < least || positionals.length > most)
      throw new AskError(
        `surety ${command.name} takes ${command.takes || 'no arguments'}; surety ${command.name} --help says more`,
      );
    return await command.run(positionals, values, openTerminal(values['json'] === true));
  } catch (error) {
    if (error instanceof AskError) return complain(error.message);
    return complain(sentenceOf(error));
  }
}

function readOptions(command: Command, argv: readonly string[]): { values: Values; positionals: readonly string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = { ...EVERYWHERE };
  for (const [name, { type, multiple }] of Object.entries(command.options))
    options[name] = { type, multiple: multiple ?? false };
  for (const argument of argv) {
    if (argument === '--') break;
    const name = /^--([^=]+)/.exec(argument)?.[1];
    if (name !== undefined && !Object.hasOwn(options, name))
      throw new AskError(`surety ${command.name} has no option --${name}${guess(name, Object.keys(options), '--')}`);
  }
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new AskError(
      `${(error as Error).message.split('. ')[0]?.replace(/\n.*/s, '')}; surety ${command.name} --help says what it takes`,
    );
  }
}

const guess = (typed: string, known: readonly string[], prefix = ''): string => {
  const name = nearest(typed, known);
  return name === undefined ? '' : ` (did you mean ${prefix}${name}?)`;
};

function say(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(sentence: string): ExitCode {
  process.stderr.write(`surety: ${sentence}\n`);
  return 2;
}

/** What a person can do something about; a defect of ours says so, without its stack. */
function sentenceOf(error: unknown): string {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `there is no file ${path}`;
  if (code === 'EISDIR') return `${path ?? 'that'} is a folder, not a file`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read or written by this user`;
  if (code === 'ENOSPC') return `the disk is full; nothing more could be written${path ? ` to ${path}` : ''}`;
  if (code === 'EROFS') return `${path} lies on a disk that cannot be written`;
  return `this is a defect of Surety, please report it: ${message}`;
}
