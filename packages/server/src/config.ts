/** The environment as a configuration: the one reader of it. Every name begins with SURETY_; unknown ones are refused. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

export interface Config {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databaseSchema: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Where people reach the console when it is not the address listened on, such as `https://surety.example.com`. */
  readonly publicUrl: string | undefined;
  /** The ledger's origin at its first start, such as `ledger.example.com/support`. */
  readonly origin: string | undefined;
  /** Folder of the keys; beside the database by default. */
  readonly keysDir: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Requests a minute of one key. */
  readonly ratePerMinute: number;
  /** Below this much free space a server does not begin. */
  readonly minFreeGiB: number;
  /** Headers of named secrets: `SURETY_SECRET_<NAME>` holds a JSON object of headers. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment may say; `_FILE` after a name reads the value from a file. */
export const SETTINGS = {
  SURETY_DATA: 'folder of the data (default ./surety-data)',
  SURETY_DATABASE_URL: 'PostgreSQL instead of the embedded database, such as postgres://user@host/name',
  SURETY_DATABASE_SCHEMA: 'the schema in it that holds the ledger',
  SURETY_HOST: 'address to listen on (default 127.0.0.1)',
  SURETY_PORT: 'port to listen on (default 7400; 0: any that is free)',
  SURETY_PUBLIC_URL: 'where people reach the console behind a proxy, such as https://surety.example.com',
  SURETY_ORIGIN: 'name of the ledger at its first start, such as ledger.example.com/support',
  SURETY_KEYS: 'folder of the keys (default keys in the folder of the data)',
  SURETY_LOG_LEVEL: 'debug, info, warn, error or silent (default info)',
  SURETY_RATE_PER_MINUTE: 'requests a minute of one key (default 60000)',
  SURETY_MIN_FREE_GIB: 'free space of the disk, in GiB, below which the server does not start (default 1)',
} as const;
const SECRET = /^SURETY_SECRET_([A-Z0-9_]+)$/;
const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export class ConfigError extends Error {}

/** `given` comes from the command line and wins. All that is wrong is said at once. */
export function readConfig(environment: Environment, given: Partial<Config> = {}): Config {
  const problems: string[] = [];
  const values = readValues(environment, problems);
  const port = given.port ?? Number(values.get('SURETY_PORT') ?? '7400');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push(`the port is a number from 0 to 65535, not ${values.get('SURETY_PORT') ?? port}`);
  const host = given.host ?? values.get('SURETY_HOST') ?? '127.0.0.1';
  if (isIP(host) === 0 && !/^[a-z0-9.-]+$/i.test(host)) problems.push(`${host} is not an address or name to listen on`);
  const level = LEVELS.find((one) => one === (given.logLevel ?? values.get('SURETY_LOG_LEVEL') ?? 'info'));
  if (!level) problems.push(`SURETY_LOG_LEVEL is one of ${LEVELS.join(', ')}`);
  const rate = given.ratePerMinute ?? Number(values.get('SURETY_RATE_PER_MINUTE') ?? '60000');
  if (!Number.isInteger(rate) || rate < 1) problems.push('SURETY_RATE_PER_MINUTE is a whole number from 1');
  const minFreeGiB = given.minFreeGiB ?? Number(values.get('SURETY_MIN_FREE_GIB') ?? '1');
  if (!Number.isFinite(minFreeGiB) || minFreeGiB < 0)
    problems.push('SURETY_MIN_FREE_GIB is a number of GiB, such as 0.5');
  const databaseUrl = given.databaseUrl ?? values.get('SURETY_DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl))
    problems.push('SURETY_DATABASE_URL begins with postgres://');
  const publicUrl = readPublicUrl(given.publicUrl ?? values.get('SURETY_PUBLIC_URL'), problems);
  const secrets = given.secrets ?? readSecrets(values, problems);
  if (problems.length > 0) throw new ConfigError(`The configuration does not hold: ${problems.join('; ')}`);
  return {
    dataDir: given.dataDir ?? values.get('SURETY_DATA') ?? './surety-data',
    databaseUrl,
    databaseSchema: given.databaseSchema ?? values.get('SURETY_DATABASE_SCHEMA'),
    host,
    port,
    publicUrl,
    origin: given.origin ?? values.get('SURETY_ORIGIN'),
    keysDir: given.keysDir ?? values.get('SURETY_KEYS'),
    logLevel: level ?? 'info',
    ratePerMinute: rate,
    minFreeGiB,
    secrets,
  };
}

/** An origin alone: the console lies at its root. */
function readPublicUrl(written: string | undefined, problems: string[]): string | undefined {
  if (written === undefined) return undefined;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  problems.push(`SURETY_PUBLIC_URL is an address without a path, such as https://surety.example.com, not ${written}`);
  return undefined;
}

function readValues(environment: Environment, problems: string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('SURETY_') || value === undefined || value === '') continue;
    const isFile = name.endsWith('_FILE');
    const plain = isFile ? name.slice(0, -'_FILE'.length) : name;
    if (!Object.hasOwn(SETTINGS, plain) && !SECRET.test(plain)) {
      problems.push(`${name} is not a setting; there are ${Object.keys(SETTINGS).join(', ')}`);
      continue;
    }
    const read = isFile ? readFile(value, name, problems) : value;
    if (read !== undefined) values.set(plain, read);
  }
  return values;
}

function readFile(path: string, name: string, problems: string[]): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    problems.push(`${name} names a file that cannot be read`);
    return undefined;
  }
}

/** Never told in a message: they are secrets. */
function readSecrets(values: ReadonlyMap<string, string>, problems: string[]): Config['secrets'] {
  const secrets: Record<string, Readonly<Record<string, string>>> = {};
  for (const [name, value] of values) {
    const secret = SECRET.exec(name)?.[1];
    if (secret === undefined) continue;
    const headers = headersIn(value);
    if (headers) secrets[secret.toLowerCase()] = headers;
    else problems.push(`${name} is a JSON object of headers, such as {"authorization": "Bearer …"}`);
  }
  return secrets;
}

function headersIn(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    new Headers(value as Record<string, string>);
    return Object.values(value).every((one) => typeof one === 'string') ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
