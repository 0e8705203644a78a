/** The ledger's keys (ledger, section 5.1): a folder with a file each, read at start and checked against one another. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '@surety/core/crypto';
import { formatVkey, isOrigin, type PrivateKey } from '@surety/core/ledger';
import { readKey, readPair, readPublic } from './key-files.ts';
import { LogError } from './log-error.ts';
import { makeKeys, UNFINISHED } from './make-keys.ts';

/** A key that wraps the keys of subjects; `id` is its file's name without `.key`. */
export interface WrappingKey {
  readonly id: string;
  readonly key: Uint8Array;
}

export interface Keys {
  readonly origin: string;
  readonly log: PrivateKey;
  readonly logVkey: string;
  readonly pack: PrivateKey;
  readonly packVkey: string;
  readonly alias: Uint8Array;
  readonly request: Uint8Array;
  /** The newest: the one to wrap with. */
  readonly kek: WrappingKey;
  /** All that are still there, to unwrap with. */
  readonly keks: ReadonlyMap<string, Uint8Array>;
}

const NAMES = ['log.key', 'log.vkey', 'pack.key', 'pack.vkey', 'alias.key', 'request.key'];
const KEK = /^kek-([1-9][0-9]{0,8})\.key$/;

/**
 * Reads the keys of a folder; makes them where it holds none at all, unless a ledger was signed with some already.
 * @example const keys = openKeys('surety-data/keys', 'ledger.example.com/support');
 */
export function openKeys(folder: string, origin: string | undefined, isSigned = false): Keys {
  checkOrigin(origin);
  const state = stateOf(folder);
  if (state === 'none' && isSigned)
    throw new LogError('keys_missing', `${folder} holds no keys, and the ledger was signed with some: put them back.`);
  if (state !== 'there') makeKeys(folder, origin);
  return readKeys(folder, origin);
}

/** The same without making any: `undefined` where there are none, or not all of the first. */
export function findKeys(folder: string, origin: string | undefined): Keys | undefined {
  checkOrigin(origin);
  return stateOf(folder) === 'there' ? readKeys(folder, origin) : undefined;
}

function checkOrigin(origin: string | undefined): void {
  if (origin !== undefined && !isOrigin(origin))
    throw new LogError('other_origin', `"${origin}" is not an origin: write it like ledger.example.com/support.`);
}

function stateOf(folder: string): 'none' | 'unfinished' | 'there' {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  if (found.includes(UNFINISHED)) return 'unfinished';
  return found.some((name) => NAMES.includes(name) || KEK.test(name)) ? 'there' : 'none';
}

function readKeys(folder: string, origin: string | undefined): Keys {
  const kekNames = checkComplete(folder);
  const { log, pack } = readPairs(folder, origin);
  const keks = new Map(kekNames.map((name) => [name.slice(0, -'.key'.length), readKey(join(folder, name))]));
  const [id, key] = [...keks].at(-1) as [string, Uint8Array];
  return {
    origin: log.key.name,
    log,
    logVkey: formatVkey(log.key),
    pack,
    packVkey: formatVkey(pack.key),
    alias: readKey(join(folder, 'alias.key')),
    request: readKey(join(folder, 'request.key')),
    kek: { id, key },
    keks,
  };
}

/** Refuses a set in which one is missing: a new one would not fit what was signed, tagged or sealed. Gives the KEKs. */
function checkComplete(folder: string): string[] {
  const found = readdirSync(folder);
  const keks = found.filter((name) => KEK.test(name)).sort((a, b) => numberOf(a) - numberOf(b));
  const missing = [...NAMES.filter((name) => !found.includes(name)), ...(keks.length === 0 ? ['kek-1.key'] : [])];
  if (missing.length === 0) return keks;
  throw new LogError('keys_missing', `${folder} lacks ${missing.join(', ')}: put back what was there.`);
}

const numberOf = (name: string): number => Number(KEK.exec(name)?.[1]);

function readPairs(folder: string, origin: string | undefined) {
  const log = readBoth(folder, 'log');
  const pack = readBoth(folder, 'pack');
  const { name } = log.key;
  if (!isOrigin(name)) throw new LogError('keys_damaged', `${join(folder, 'log.key')} is called ${name}: no origin.`);
  if (origin !== undefined && origin !== name)
    throw new LogError(
      'other_origin',
      `The keys in ${folder} are of ${name}, not of ${origin}: use the ones or the other.`,
    );
  if (equalBytes(log.seed, pack.seed))
    throw new LogError('keys_damaged', `log.key and pack.key in ${folder} are one key: each needs its own.`);
  return { log, pack };
}

function readBoth(folder: string, name: 'log' | 'pack'): PrivateKey {
  const pair = readPair(join(folder, `${name}.key`));
  const path = join(folder, `${name}.vkey`);
  if (readPublic(path) === formatVkey(pair.key)) return pair;
  throw new LogError('keys_damaged', `${path} is not the public half of ${name}.key: one of them is another's.`);
}
