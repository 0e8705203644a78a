/** The self-check of a connection (ledger, section 9): what forbids a start is thrown, the rest is told. */
import { StoreError, type StoreFacts } from '../port.ts';
import { SCHEMA } from '../portable/schema.ts';
import { isAbsent, type SqlRow, text } from '../portable/sql.ts';
import type { Asked } from './statements.ts';

const CHECK = `
SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS server_version_num,
  current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
  current_setting('synchronous_commit') AS synchronous_commit, current_setting('data_sync_retry') AS data_sync_retry,
  current_setting('server_encoding') AS server_encoding, current_setting('transaction_read_only') AS read_only,
  current_setting('synchronous_standby_names') AS synchronous_standby_names,
  CASE WHEN pg_is_in_recovery() THEN 'on' ELSE 'off' END AS in_recovery,
  (SELECT CASE WHEN has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE') THEN 'on' ELSE 'off' END
   FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
   WHERE c.relname = 'entry' AND s.nspname = current_schema()) AS may_change_entries`;

const WANTED: readonly (readonly [name: string, isFit: (value: string) => boolean, wanted: string])[] = [
  ['server_version_num', (value) => Number(value) >= 140_000, 'at least 140000'],
  ['fsync', (value) => value === 'on', 'on'],
  ['full_page_writes', (value) => value === 'on', 'on'],
  ['synchronous_commit', (value) => value !== 'off', 'other than off'],
  ['data_sync_retry', (value) => value === 'off', 'off'],
  ['server_encoding', (value) => value === 'UTF8', 'UTF8'],
  ['in_recovery', (value) => value === 'off', 'off: this is a replica'],
  ['read_only', (value) => value === 'off', 'off'],
];

export async function checkFitness(asked: Asked, where: string): Promise<StoreFacts> {
  const row: SqlRow = (await asked.query<SqlRow>(CHECK)).rows[0] ?? {};
  const settings: Record<string, string> = {};
  for (const [name, isFit, wanted] of WANTED) {
    const value = text(row, name);
    if (!isFit(value)) throw new StoreError('unfit', `${where}: ${name} is ${value} and has to be ${wanted}.`);
    settings[name] = value;
  }
  settings['synchronous_standby_names'] = text(row, 'synchronous_standby_names');
  return { engine: 'postgres', version: text(row, 'version'), schema: SCHEMA, settings, warnings: warningsOf(row) };
}

function warningsOf(row: SqlRow): string[] {
  const warnings: string[] = [];
  if (!isAbsent(row, 'may_change_entries') && text(row, 'may_change_entries') === 'on')
    warnings.push('The database role may UPDATE or DELETE entries: give Surety a role with SELECT and INSERT on them.');
  if (text(row, 'synchronous_standby_names') === '')
    warnings.push('There is no synchronous standby: a failover may lose what was acknowledged last.');
  return warnings;
}
