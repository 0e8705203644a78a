/** How each person stands, and who may sign in, in one sentence. */
import type { PersonView } from '@surety/core/wire';
import { counted } from '../../words/index.ts';

/** Whoever came by a link and chose no password yet is in, but cannot come back by name. */
export type Standing = PersonView['state'] | 'by_link';
export const standingOf = ({ state, last_seen }: PersonView): Standing =>
  state === 'invited' && last_seen !== null ? 'by_link' : state;

/** “4 people may sign in; 1 was invited and has not signed in yet.” */
export function peopleSentence(people: readonly PersonView[]): string {
  const standings = people.map(standingOf);
  const inside = standings.filter((one) => one === 'active' || one === 'by_link').length;
  const invited = standings.filter((one) => one === 'invited').length;
  const may = `${counted(inside, 'person', 'people')} may sign in`;
  if (invited === 0) return `${may}.`;
  return `${may}; ${invited} ${invited === 1 ? 'was invited and has' : 'were invited and have'} not signed in yet.`;
}
