/** Roles as people call them, and who may do what as a sentence. */
import type { Role } from '@surety/core/terms';

export const roleWord = (role: Role): string => role.replaceAll('_', ' ');

/** a, b or c. */
export function listWords(words: readonly string[], last: 'and' | 'or' = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

export function takesRoles(may: readonly Role[]): string {
  const words = may.filter((role) => role !== 'agent' && role !== 'connector').map(roleWord);
  return `Your roles do not allow this; it needs the role ${listWords(words)}.`;
}

/** How a name on the record reads: `person:dana.kim` → dana.kim. */
export function actorWords(by: string): string {
  const [, kind = '', name = ''] = /^(\w+):(.*)$/.exec(by) ?? [];
  if (kind === 'person') return name;
  if (kind === 'system' || kind === 'consumer' || kind === 'node') return 'Surety';
  return kind === '' ? by : `${name} (${kind})`;
}
