/** Leases and cursors of consumers (ledger, section 8.1): a token makes two holders of one lease harmless. */
import { type Lease, StoreError } from '../port.ts';
import { CONSUMER, toConsumer } from './reads.ts';
import { int, type Sql } from './sql.ts';

export async function takeLease(
  sql: Sql,
  name: string,
  owner: string,
  now: number,
  until: number,
): Promise<Lease | undefined> {
  await sql.run(
    `INSERT INTO consumer (name, next, owner, until, token, attempts, retry_at)
     VALUES ($1, 0, '', -1, 0, 0, 0) ON CONFLICT (name) DO NOTHING`,
    name,
  );
  const taken = await sql.run(
    `UPDATE consumer SET owner = $1, until = $2, token = token + 1
     WHERE name = $3 AND (until < $4 OR owner = $5)`,
    owner,
    until,
    name,
    now,
    owner,
  );
  if (taken !== 1) return undefined;
  const [row] = await sql.all(`${CONSUMER} WHERE name = $1`, name);
  return row && { ...toConsumer(row), token: int(row, 'token') };
}

export async function moveCursor(sql: Sql, lease: Lease, to: number): Promise<boolean> {
  if (to < lease.next) throw new StoreError('refused', `The consumer ${lease.name} would go back to ${to}.`);
  const moved = await sql.run(
    'UPDATE consumer SET next = $1, attempts = 0, retry_at = 0 WHERE name = $2 AND token = $3 AND next = $4',
    to,
    lease.name,
    lease.token,
    lease.next,
  );
  return moved === 1;
}

export async function recordAttempt(sql: Sql, lease: Lease, attempts: number, retryAt: number): Promise<boolean> {
  const changed = await sql.run(
    'UPDATE consumer SET attempts = $1, retry_at = $2 WHERE name = $3 AND token = $4 AND next = $5',
    attempts,
    retryAt,
    lease.name,
    lease.token,
    lease.next,
  );
  return changed === 1;
}
