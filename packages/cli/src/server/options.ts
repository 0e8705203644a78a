/** Options that every command about a ledger has: where it lies, and who acts. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { AskError, type Option, text, type Values } from '../command.ts';

export const DATA: Readonly<Record<string, Option>> = {
  data: { type: 'string', value: 'DIR', says: 'folder of the data (default ./surety-data, or SURETY_DATA)' },
  'database-url': { type: 'string', value: 'URL', says: 'PostgreSQL instead of the embedded database' },
};
export const ACTOR: Readonly<Record<string, Option>> = {
  as: { type: 'string', value: 'NAME', says: 'the person who acts (default: your user name on this machine)' },
};

export const MIN_FREE: Readonly<Record<string, Option>> = {
  'min-free': { type: 'string', value: 'GIB', says: 'least free space of the disk, such as 0.5 (default 1 GiB)' },
};

const NAME = /^[A-Za-z0-9._-]{1,96}$/;

export const folderOf = (values: Values): string => text(values, 'data') ?? setting('SURETY_DATA') ?? './surety-data';

/** As the server's configuration reads it, which is loaded only where no server runs. */
export function setting(name: 'SURETY_DATA' | 'SURETY_DATABASE_URL'): string | undefined {
  const [written, path] = [process.env[name], process.env[`${name}_FILE`]];
  if (written || !path) return written || undefined;
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    throw new AskError(`${name}_FILE names a file that cannot be read: ${path}`);
  }
}

/** Who acts: the one that was named, or this machine's user. */
export function actorOf(values: Values, fallback: string = userName()): string {
  const name = text(values, 'as') ?? fallback;
  if (NAME.test(name)) return name;
  throw new AskError(`${name} is not the name of a person; give one of letters, digits, . _ and - with --as NAME`);
}

function userName(): string {
  try {
    return (
      userInfo()
        .username.replace(/[^A-Za-z0-9._-]/g, '-')
        .slice(0, 96) || 'operator'
    );
  } catch {
    return 'operator';
  }
}

/** For whose the conversations are taken. */
export function agentOf(values: Values): string | undefined {
  const name = text(values, 'agent');
  if (name === undefined || NAME.test(name)) return name;
  throw new AskError(`--agent is a name of letters, digits, . _ and -, not ${name}`);
}

/** The same as the server's configuration takes it. */
export const given = (values: Values) => {
  const [data, url] = [text(values, 'data'), text(values, 'database-url')];
  return { ...(data === undefined ? {} : { dataDir: data }), ...(url === undefined ? {} : { databaseUrl: url }) };
};

export function minFree(values: Values): { readonly minFreeGiB?: number } {
  const written = text(values, 'min-free');
  if (written === undefined) return {};
  if (/^\d+(\.\d+)?$/.test(written)) return { minFreeGiB: Number(written) };
  throw new AskError(`--min-free is a number of GiB, such as 0.5, not ${written}`);
}

export function wholeNumber(values: Values, name: string, from: number, to: number): number | undefined {
  const written = text(values, name);
  if (written === undefined) return undefined;
  const number = Number(written);
  if (/^\d+$/.test(written) && number >= from && number <= to) return number;
  throw new AskError(`--${name} is a whole number from ${from} to ${to}, not ${written}`);
}
