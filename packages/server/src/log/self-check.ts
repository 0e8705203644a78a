/** What has to hold before anything is signed (ledger, section 9): used at start and by `surety doctor`. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreFacts } from '../store/port.ts';
import { findKeys } from './keys.ts';
import { KNOWN_ANSWERS } from './known-answers.ts';
import { LogError } from './log-error.ts';

export interface SelfCheck {
  readonly name: string;
  /** False forbids the start. */
  readonly ok: boolean;
  /** Something to look after; it forbids nothing. */
  readonly isWarning: boolean;
  /** One sentence. */
  readonly says: string;
}

export interface SelfCheckOptions {
  /** Where the data lies. */
  readonly folder: string;
  /** Where the keys lie. */
  readonly keys: string;
  readonly origin?: string | undefined;
  /** Milliseconds with fractions, of a clock that does not go back. */
  readonly now: () => number;
  readonly minFreeBytes?: number;
  /** Of the store, where it is open. */
  readonly facts?: StoreFacts;
}

export const MIN_FREE_BYTES = 1024 ** 3;
const FSYNC_TRIES = 50;
/** No disk that keeps its word is faster. */
const HONEST_FSYNC_MS = 0.02;

/** Nothing is made or changed, but for a small file that is gone afterwards. Warnings come with the rest. */
export function selfCheck(options: SelfCheckOptions): SelfCheck[] {
  const { folder, minFreeBytes = MIN_FREE_BYTES, now, facts } = options;
  const checks = [...KNOWN_ANSWERS.map(([name, standard, isRight]) => checkAnswer(name, standard, isRight))];
  checks.push(checkKeys(options));
  if (!existsSync(folder)) return [...checks, good('data', `${folder} is made at the first start.`)];
  checks.push(checkFree(folder, minFreeBytes), checkFileSystem(folder), checkFsync(folder, now));
  if (facts) checks.push(good('database', `${facts.engine} ${facts.version}, its settings as they have to be.`));
  return [...checks, ...(facts?.warnings ?? []).map((says) => warning('database', says))];
}

const good = (name: string, says: string): SelfCheck => ({ name, ok: true, isWarning: false, says });
const bad = (name: string, says: string): SelfCheck => ({ name, ok: false, isWarning: false, says });
const warning = (name: string, says: string): SelfCheck => ({ name, ok: true, isWarning: true, says });

function checkAnswer(name: string, standard: string, isRight: () => boolean): SelfCheck {
  let answer = false;
  try {
    answer = isRight();
  } catch {
    answer = false;
  }
  if (answer) return good(name, `${standard} gives the known answers.`);
  return bad(name, `${standard} does not give its known answers on this machine: install Node and Surety anew.`);
}

function checkKeys({ keys: folder, origin }: SelfCheckOptions): SelfCheck {
  try {
    const keys = findKeys(folder, origin);
    if (!keys) return good('keys', `${folder} holds no keys yet: they are made at the first start.`);
    return good('keys', `The keys of ${keys.origin} are all there, belong together and are readable by Surety alone.`);
  } catch (error) {
    if (error instanceof LogError) return bad('keys', error.message);
    throw error;
  }
}

export function checkFree(folder: string, minFreeBytes: number): SelfCheck {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= minFreeBytes) return good('disk', `${inGiB(free)} are free where ${folder} lies.`);
  const least = inGiB(minFreeBytes);
  return bad('disk', `Only ${inGiB(free)} are free where ${folder} lies: make room for ${least}, or set --min-free.`);
}

const inGiB = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** Magic numbers of statfs(2) on Linux: file systems on which neither locks nor fsync can be trusted. */
const REMOTE: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4266872130: 'SMB',
  4283649346: 'SMB',
  16914839: '9P',
};

function checkFileSystem(folder: string): SelfCheck {
  const isLinux = process.platform === 'linux';
  return isLinux ? judgeFileSystem(folder, statfsSync(folder).type) : good('file system', 'Not looked at here.');
}

export function judgeFileSystem(folder: string, type: number): SelfCheck {
  const remote = REMOTE[type >>> 0];
  if (!remote) return good('file system', `${folder} does not lie on a network file system.`);
  return bad('file system', `${folder} lies on ${remote}, where locks and fsync cannot be trusted: use a local disk.`);
}

function checkFsync(folder: string, now: () => number): SelfCheck {
  const path = join(folder, `.fsync-${process.pid}`);
  try {
    return judgeFsync(timeFsync(path, now));
  } catch {
    return bad('fsync', `${folder} cannot be written and synced: give Surety's user the right to, or another disk.`);
  } finally {
    rmSync(path, { force: true });
  }
}

function timeFsync(path: string, now: () => number): number[] {
  const file = openSync(path, 'wx', 0o600);
  const page = new Uint8Array(4_096);
  try {
    return Array.from({ length: FSYNC_TRIES }, () => {
      writeSync(file, page);
      const before = now();
      fsyncSync(file);
      return now() - before;
    });
  } finally {
    closeSync(file);
  }
}

export function judgeFsync(timesMs: readonly number[]): SelfCheck {
  const median = [...timesMs].sort((a, b) => a - b)[Math.floor(timesMs.length / 2)] ?? 0;
  const shown = `${(median * 1_000).toFixed(0)} µs in the median`;
  if (median >= HONEST_FSYNC_MS) return good('fsync', `fsync takes ${shown}.`);
  return warning('fsync', `fsync takes ${shown}, faster than a disk can keep anything: a power cut may lose entries.`);
}
