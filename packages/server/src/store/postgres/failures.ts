/** What PostgreSQL says (SQLSTATE), as one sentence; and what follows for the transaction (ledger, section 6.5). */
import { StoreError, type StoreErrorCode } from '../port.ts';

const CODES: readonly (readonly [states: RegExp, code: StoreErrorCode, sentence: string])[] = [
  [/^(40001|40P01|55P03|57014)$/, 'busy', 'gave way to another transaction: ask again'],
  [
    /^(53100|58030|XX00[0-2]|25006)$/,
    'unavailable',
    'cannot write: look at its disk, its log and whether it is a replica',
  ],
  [
    /^(42501|28...|3D000|42P01|42703)$/,
    'unfit',
    "refused Surety's role or tables: look at the URL, its rights and the schema",
  ],
  [/^(22|23)...$/, 'refused', 'did not take what was to be written'],
];

/** Errors that are fatal to a connection, and to the process when three come in a row. */
export const isSuspect = (error: unknown): boolean => /^(53100|58030|XX00[0-2]|25006)$/.test(stateOf(error));

/** Before COMMIT was sent. Without a known state nothing is durable and the connection is given up. */
export function postgresFailure(error: unknown, where: string): StoreError {
  if (error instanceof StoreError) return error;
  const state = stateOf(error);
  if (state === '23505' && (error as { table?: unknown }).table === 'entry')
    return new StoreError('forked', `${where} already holds an entry that was to be written: stop and verify.`, error);
  const [, code, sentence] = CODES.find(([states]) => states.test(state)) ?? [
    undefined,
    'unavailable' as const,
    'cannot be reached or broke off: start it or correct its URL',
  ];
  return new StoreError(code, `${where} ${sentence} (${messageOf(error)}).`, error);
}

/** In answer to COMMIT only two states say that nothing is durable: even a cancelled one may have committed. */
export function commitFailure(error: unknown, where: string): StoreError {
  if (/^(40001|40P01)$/.test(stateOf(error))) return postgresFailure(error, where);
  return new StoreError(
    'unknown_outcome',
    `${where} did not say whether it committed (${messageOf(error)}): look under the head's lock.`,
    error,
  );
}

function stateOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

const messageOf = (error: unknown): string =>
  error instanceof Error && error.message ? error.message.replace(/\.$/, '') : stateOf(error) || 'no reason given';
