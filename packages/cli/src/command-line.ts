/** Finds the command that was typed, reads its options, runs it, and turns what went wrong into one clear line. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AskError, type Command, type Entry, type ExitCode, type Values } from './command.ts';
import { commandHelp, overview, version } from './help.ts';
import { seen } from './terminal/seen.ts';
import { openTerminal } from './terminal/terminal.ts';

const EVERYWHERE = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const;

export async function runCommandLine(argv: readonly string[], commands: readonly Entry[]): Promise<ExitCode> {
  const [first, second] = argv;
  if (first === '--version' || first === '-v') return say(version());
  if (first === undefined || first === '--help' || first === '-h') return say(overview(commands));
  if (first === 'help') return help(argv.slice(1), commands);
  if (first.startsWith('-')) return complain(`name a command before ${first}; surety help lists them`);
  const command = find(argv, commands);
  if (command) return runOne(command, argv.slice(command.name.split(' ').length));
  return second === undefined || second === '--help' || second === '-h'
    ? help([first], commands)
    : complain(await noCommand(argv, commands));
}

const find = ([first, second]: readonly string[], commands: readonly Entry[]): Entry | undefined =>
  commands.find(({ name }) => name === `${first} ${second}` || name === first);

const groupOf = ([first]: readonly string[], commands: readonly Entry[]): readonly Entry[] =>
  commands.filter(({ name }) => name.startsWith(`${first} `));

/** Help on one command, on a group such as `pact`, or on all. */
async function help(asked: readonly string[], commands: readonly Entry[]): Promise<ExitCode> {
  const command = find(asked, commands);
  const group = groupOf(asked, commands);
  if (asked.length === 0) return say(overview(commands));
  if (command) return say(await commandHelp(command));
  return group.length > 0 && asked.length === 1 ? say(overview(group)) : complain(await noCommand(asked, commands));
}

async function noCommand(asked: readonly string[], commands: readonly Entry[]): Promise<string> {
  const typed = asked.slice(0, groupOf(asked, commands).length > 0 ? 2 : 1).join(' ');
  const names = commands.map(({ name }) => name);
  return `there is no command ${typed}${await guess(typed, names)}; surety help lists them`;
}

async function runOne(entry: Entry, argv: readonly string[]): Promise<ExitCode> {
  try {
    const command = await entry.load();
    const { values, positionals } = await readOptions(entry.name, command, argv);
    if (values['help'] === true) return say(await commandHelp(entry));
    const [least, most] = command.arguments;
    if (positionals.length < least || positionals.length > most)
      throw new AskError(`${entry.name} takes ${entry.takes || 'no arguments'}; surety help ${entry.name} says more`);
    return await command.run(positionals, values, openTerminal(values['json'] === true));
  } catch (error) {
    if (error instanceof AskError) return complain(error.message, error.exitCode);
    return complain(sentenceOf(error));
  }
}

async function readOptions(
  of: string,
  command: Command,
  argv: readonly string[],
): Promise<{ values: Values; positionals: readonly string[] }> {
  const options: NonNullable<ParseArgsConfig['options']> = { ...EVERYWHERE };
  for (const [name, { type, multiple }] of Object.entries(command.options))
    options[name] = { type, multiple: multiple ?? false };
  for (const argument of argv) {
    if (argument === '--') break;
    const name = /^--([^=]+)/.exec(argument)?.[1];
    if (name !== undefined && !Object.hasOwn(options, name))
      throw new AskError(`${of} has no option --${name}${await guess(name, Object.keys(options), '--')}`);
  }
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new AskError(`${optionProblem(error as Error)}; surety help ${of} says what it takes`);
  }
}

/** What the platform says of an option, in our words. */
function optionProblem({ message }: Error): string {
  const option = /'(?:-\w, )?(-[^ ']*)/.exec(message)?.[1] ?? 'an option';
  if (/argument missing/.test(message)) return `${option} needs a value`;
  if (/argument is ambiguous/.test(message))
    return `${option} needs a value; one that begins with - is written ${option}=VALUE`;
  if (/does not take an argument/.test(message)) return `${option} takes no value`;
  return /Unknown option/.test(message) ? `there is no option ${option}` : (message.split(/[.\n]/)[0] ?? message);
}

/** Only who mistyped waits for it: it lies in the pact language, which takes longer to load than most commands run. */
const guess = async (typed: string, known: readonly string[], prefix = ''): Promise<string> => {
  const { nearest } = await import('@surety/core/pact');
  const name = nearest(typed, known);
  return name === undefined ? '' : ` (did you mean ${prefix}${name}?)`;
};

function say(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(sentence: string, exitCode: ExitCode = 2): ExitCode {
  process.stderr.write(`surety: ${seen(sentence, false)}\n`);
  return exitCode;
}

/** What a person can do something about; a defect of ours says so, without its stack. */
function sentenceOf(error: unknown): string {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `there is no file ${path}`;
  if (code === 'ENOTDIR' || code === 'EEXIST') return `${path} cannot be made, since a file stands in its way`;
  if (code === 'EISDIR') return `${path ?? 'that'} is a folder, not a file`;
  if (code === 'ELOOP') return `${path} is a link that leads back to itself`;
  if (code === 'ENAMETOOLONG') return `${path} is too long for the name of a file`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read or written by this user`;
  if (code === 'ENOSPC') return `the disk is full; nothing more could be written${path ? ` to ${path}` : ''}`;
  if (code === 'EROFS') return `${path} lies on a disk that cannot be written`;
  return `this is a defect in Surety, please report it: ${message}`;
}
