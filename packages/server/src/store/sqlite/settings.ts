/** SQLite's version and settings (ledger, section 6.6): set, read back, refused where they did not hold. */
import { statfsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { StoreError } from '../port.ts';

const SETTINGS: Readonly<Record<string, string>> = {
  journal_mode: 'wal',
  synchronous: '2', // FULL
  busy_timeout: '5000',
  cell_size_check: '1',
  trusted_schema: '0',
  secure_delete: '1',
  // 64 MiB: ids are random, and each touches another page of the index.
  cache_size: '-65536',
  // Checkpoints are made by the driver: SQLite's own would swallow an error of fsync.
  wal_autocheckpoint: '0',
  ...(process.platform === 'darwin' ? { fullfsync: '1', checkpoint_fullfsync: '1' } : {}),
};

/** What a connection that only reads needs. */
const READING: readonly string[] = ['busy_timeout', 'cell_size_check', 'trusted_schema'];

/** What a connection that only makes checkpoints needs: by these it syncs. */
export const checkpointSettings: readonly string[] = Object.entries(SETTINGS)
  .filter(([name]) => /^(synchronous|trusted_schema|cell_size_check|fullfsync|checkpoint_fullfsync)$/.test(name))
  .map(([name, value]) => `${name} = ${value}`);

export function applySettings(db: Sqlite.Database, path: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, wanted] of Object.entries(SETTINGS)) {
    db.pragma(`${name} = ${wanted}`);
    found[name] = String(db.pragma(name, { simple: true }));
    if (found[name] !== wanted)
      throw new StoreError('unfit', `${path}: SQLite's ${name} is ${found[name]} and has to be ${wanted}.`);
  }
  return found;
}

export function applyReadingSettings(db: Sqlite.Database): void {
  for (const name of READING) db.pragma(`${name} = ${SETTINGS[name]}`);
}

export function sqliteVersion(): string {
  const memory = new Sqlite(':memory:');
  const version = String(memory.prepare('SELECT sqlite_version()').pluck().get());
  memory.close();
  return version;
}

/** Versions with the WAL-reset bug lose committed transactions. */
export function isFitVersion(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major !== 3) return major > 3;
  if (minor === 44) return patch >= 6;
  if (minor === 50) return patch >= 7;
  return minor > 51 || (minor === 51 && patch >= 3);
}

/** Magic numbers of statfs(2): file systems on which neither locks nor fsync can be trusted. */
const REMOTE: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'SMB',
  4266872130: 'SMB',
  16914839: '9P',
};

export function checkFolder(folder: string): void {
  const remote = process.platform === 'linux' ? REMOTE[statfsSync(folder).type >>> 0] : undefined;
  if (remote)
    throw new StoreError(
      'unfit',
      `${folder} lies on ${remote}, where locks and fsync cannot be trusted: use a local disk.`,
    );
}
