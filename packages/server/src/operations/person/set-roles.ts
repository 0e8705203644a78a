/** Gives a person other roles; they hold from the next request on. */
import type { PersonView, SetRoles } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { checkStewards, getPerson, lockPeople } from './people.ts';
import { viewPerson } from './view.ts';

export const setRoles = ({ store }: Context, name: string, { roles }: SetRoles): Promise<PersonView> =>
  store.side(async (tx) => {
    await lockPeople(tx);
    const person = { ...(await getPerson(tx, name)), roles: [...new Set(roles)] };
    await checkStewards(tx, person);
    await tx.putPerson(person);
    return viewPerson(person);
  });
