/** What SQLite says, as one sentence: what happened, where, how to mend. */
import Sqlite from 'better-sqlite3';
import { StoreError } from '../port.ts';

const FAILURES: readonly (readonly [pattern: RegExp, fail: (where: string) => StoreError])[] = [
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, (w) => new StoreError('busy', `${w} is locked by another program: ask again.`)],
  [
    /^SQLITE_FULL/,
    (w) => new StoreError('durability', `The disk that holds ${w} is full: free space, then start again.`),
  ],
  [
    /^SQLITE_(READONLY|PERM|AUTH|CANTOPEN)/,
    (w) =>
      new StoreError('durability', `${w} cannot be written: give Surety's user write access to it and its folder.`),
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB|FORMAT|MISMATCH)/,
    (w) => new StoreError('damaged', `${w} is damaged or cut short: restore a backup; nothing was changed.`),
  ],
  [
    /^SQLITE_(IOERR|NOLFS|TOOBIG|NOMEM)/,
    (w) =>
      new StoreError('durability', `${w} could not be read or written: look at its disk and limits, then start again.`),
  ],
];

export function sqliteFailure(error: unknown, where: string): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error instanceof TypeError ? misuse(error, where) : error;
  if (/^SQLITE_CONSTRAINT/.test(error.code)) return constraint(error, where);
  const found = FAILURES.find(([pattern]) => pattern.test(error.code));
  const { code, message } = found?.[1](where) ?? new StoreError('unfit', `${where}: ${error.message}.`);
  return new StoreError(code, message, error);
}

function constraint(error: Error, where: string): StoreError {
  if (/UNIQUE constraint failed: entry\./.test(error.message))
    return new StoreError('forked', `${where} already holds an entry that was to be written: stop and verify.`, error);
  return new StoreError('refused', `${where} did not take what was to be written (${error.message}).`, error);
}

const misuse = (error: TypeError, where: string): StoreError =>
  /not open/.test(error.message)
    ? new StoreError('closed', `${where} is closed.`, error)
    : new StoreError('refused', `${where} did not take what was to be written (${error.message}).`, error);
