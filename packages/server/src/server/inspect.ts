/** What `surety doctor` looks at where no server runs: the machine, the keys, the database, and the log from its head. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatTime } from '@surety/core/terms';
import { type Config, ConfigError } from '../config.ts';
import { readAnchor } from '../log/anchor.ts';
import { makeFolder } from '../log/folder.ts';
import { findKeys } from '../log/keys.ts';
import { checkLedger } from '../log/open.ts';
import { type SelfCheck, selfCheck } from '../log/self-check.ts';
import type { Store } from '../store/port.ts';
import { failureOf } from './failure.ts';
import { openStore } from './open-desk.ts';

export type { SelfCheck };

export interface InspectOptions {
  /** Hash every entry. */
  readonly deep: boolean;
  /** Where a server owns the database, it is left alone. */
  readonly isOwned: boolean;
  readonly clock: () => number;
}

const OTHERS = 0o077;
const CLOCK_BEHIND_MS = 60_000;
const GIB = 1024 ** 3;

export async function inspect(config: Config, { deep, isOwned, clock }: InspectOptions): Promise<SelfCheck[]> {
  const { dataDir: folder, origin } = config;
  const keysFolder = keysOf(config);
  const checks = [...machine(config).filter(({ name }) => name !== 'data'), ...permissions(folder)];
  if (isOwned) return checks;
  const isThere = config.databaseUrl !== undefined || existsSync(join(folder, 'ledger.sqlite'));
  if (!isThere) return [...checks, noLedger(folder)];
  const keys = checks.some(({ name, ok }) => name === 'keys' && !ok) ? undefined : findKeys(keysFolder, origin);
  if (!keys)
    return [...checks, bad('ledger', `The ledger cannot be checked without its keys: put them back in ${keysFolder}.`)];
  try {
    const store = await openStore(config, keys.origin);
    try {
      const { engine, version, warnings } = await store.facts();
      checks.push(good('database', `${engine} ${version}, its settings as they have to be.`));
      checks.push(...warnings.map((says) => ({ name: 'database', ok: true, isWarning: true, says })));
      const anchor = readAnchor(join(folder, 'anchor'));
      const { size, at } = await checkLedger(store, keys, { deep, anchors: anchor === undefined ? [] : [anchor] });
      checks.push(
        good(
          'ledger',
          `${size} entries, ${deep ? 'every one' : 'the last and some others'} checked, signed by ${keys.origin}.`,
        ),
      );
      checks.push(checkClock(at, clock()), await checkApiKeys(store, clock()));
    } finally {
      await store.close();
    }
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    checks.push(bad('ledger', failure.sentence));
  }
  return checks;
}

const keysOf = ({ keysDir, dataDir }: Config): string => keysDir ?? join(dataDir, 'keys');

const machine = (config: Config): SelfCheck[] =>
  selfCheck({
    folder: config.dataDir,
    keys: keysOf(config),
    origin: config.origin,
    now: () => performance.now(),
    minFreeBytes: config.minFreeGiB * GIB,
  });

/** What no opening finds out by itself: hashes and signatures that are wrong here, and a disk that is about to be full. */
const BEFORE_THE_START: ReadonlySet<string> = new Set(['sha256', 'merkle', 'ed25519', 'canonical', 'disk']);

/** Throws what forbids a server to begin (ledger, section 9). Commands go on without it: an agent can always be stopped. */
export function checkMachine(config: Config): void {
  makeFolder(config.dataDir);
  const refusal = machine(config).find(({ name, ok }) => !ok && BEFORE_THE_START.has(name));
  if (refusal) throw new ConfigError(refusal.says);
}

const good = (name: string, says: string): SelfCheck => ({ name, ok: true, isWarning: false, says });
const bad = (name: string, says: string): SelfCheck => ({ name, ok: false, isWarning: false, says });

/** An anchor is what a ledger has released: where one is, there was a ledger. */
const noLedger = (folder: string): SelfCheck =>
  existsSync(join(folder, 'anchor'))
    ? bad('ledger', `${folder} has lost its ledger.sqlite, whose anchor is still there: restore a backup.`)
    : good('ledger', `${folder} holds no ledger yet: surety start makes one.`);

function permissions(folder: string): SelfCheck[] {
  if (process.platform === 'win32') return [];
  const open = [folder, ...['ledger.sqlite', 'server.json', 'anchor'].map((name) => join(folder, name))].filter(
    (path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat !== undefined && (stat.mode & OTHERS) !== 0;
    },
  );
  if (open.length === 0) return [good('permissions', `Nobody but Surety's user can read ${folder}.`)];
  return open.map((path) => {
    const isFolder = path === folder;
    // In a folder that only its owner enters, the mode of a file changes nothing.
    const says = `${path} is open to other users of this machine: run chmod ${isFolder ? '700' : '600'} ${path}.`;
    return { name: 'permissions', ok: !path.endsWith('server.json'), isWarning: !path.endsWith('server.json'), says };
  });
}

function checkClock(at: number, now: number): SelfCheck {
  if (at - now <= CLOCK_BEHIND_MS)
    return good('clock', `The clock is not behind the latest entry (${formatTime(at)}).`);
  return bad(
    'clock',
    `The clock is ${Math.round((at - now) / 1_000)} s behind the latest entry, ${formatTime(at)}: set it.`,
  );
}

async function checkApiKeys(store: Store, now: number): Promise<SelfCheck> {
  const keys = await store.keys();
  const usable = keys.filter(
    ({ revoked, expires }) => revoked === undefined && (expires === undefined || expires > now),
  );
  if (usable.length > 0)
    return good('api keys', `${usable.length} of ${keys.length} keys can be used; surety keys list shows them.`);
  const says = 'No key of the API can be used: surety keys create --role agent --name NAME makes one for an agent.';
  return { name: 'api keys', ok: true, isWarning: true, says };
}
