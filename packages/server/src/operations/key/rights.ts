/** Whether who acts may do a thing: one of their roles is enough. */
import type { Actor } from '../operation.ts';
import { LOCAL_SCOPE } from './key-ring.ts';

/** Why not, as a sentence; `undefined` where they may. */
export function refusalOf({ roles, scopes }: Actor, may: readonly string[]): string | undefined {
  if (scopes.includes(LOCAL_SCOPE) || roles.some((role) => may.includes(role))) return undefined;
  const who = roles.length === 1 ? `The role ${roles[0]} may not` : `None of the roles ${roles.join(', ')} may`;
  return `${who} do this; it takes one of: ${may.join(', ') || 'none'}`;
}
