/** Every key that was made, the newest first: for whom, until when, whether revoked. Never the key itself. */
import { formatTime, type Role } from '@surety/core/terms';
import type { KeyView } from '@surety/core/wire';
import type { ApiKey } from '../../store/port.ts';
import type { Context } from '../context.ts';

export async function listKeys({ store }: Context): Promise<{ keys: KeyView[] }> {
  const keys = await store.keys();
  return { keys: [...keys].sort((a, b) => b.created - a.created).map(viewKey) };
}

export const viewKey = ({ id, role, name, scopes, created, expires, revoked }: ApiKey): KeyView => ({
  id,
  role: role as Role,
  name,
  scopes: [...scopes],
  created: formatTime(created),
  expires: expires === undefined ? null : formatTime(expires),
  revoked: revoked === undefined ? null : formatTime(revoked),
});
