/** Everyone who may or could once sign in, in the order in which they came. */
import type { PersonView } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { viewPerson } from './view.ts';

export const listPeople = async ({ store }: Context): Promise<{ people: PersonView[] }> => ({
  people: (await store.people()).map(viewPerson),
});
