/** Help, made from the table of commands. */
import { createRequire } from 'node:module';
import type { Command, Entry } from './command.ts';

const { version: own } = createRequire(import.meta.url)('../package.json') as { version: string };
export const version = (): string => `surety ${own}`;

export function overview(commands: readonly Entry[]): string {
  const width = Math.max(...commands.map(({ name, takes }) => `${name} ${takes}`.length));
  return [
    'Surety: what an AI agent may do, decided before it does it.',
    '',
    ...commands.map(({ name, takes, says }) => `  surety ${`${name} ${takes}`.padEnd(width)}  ${says}`),
    '',
    'surety help COMMAND says more. --json prints one JSON document. Exit: 0 yes, 1 no, 2 could not be asked.',
  ].join('\n');
}

export async function commandHelp({ name, takes, says, load }: Entry): Promise<string> {
  const { options } = await load();
  const rows = Object.entries({ ...options, json: { type: 'boolean' as const, says: 'print one JSON document' } }).map(
    ([option, { type, value, multiple, says: about }]: [string, Command['options'][string]]) =>
      [`--${option}${type === 'string' ? ` ${value ?? 'TEXT'}` : ''}${multiple ? ' …' : ''}`, about] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `surety ${name} ${takes}`.trimEnd(),
    '',
    says,
    '',
    ...rows.map(([left, about]) => `  ${left.padEnd(width)}  ${about}`),
  ].join('\n');
}
