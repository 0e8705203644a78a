/** One process a folder: a tiny database held by BEGIN EXCLUSIVE, which even kill -9 sets free. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StoreError } from '../port.ts';
import { sqliteFailure } from './failures.ts';

/** Nobody else in this process may open the file: closing it by any way would free the lock (POSIX). */
export function takeLock(folder: string): { release(): void } {
  const path = join(folder, 'lock');
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const failure = sqliteFailure(error, path);
    if (failure instanceof StoreError && failure.code === 'busy')
      throw new StoreError(
        'locked',
        `another Surety process owns ${folder}: stop it first, or name another folder`,
        error,
      );
    throw failure;
  }
  const held = lock;
  return { release: () => held.close() };
}
