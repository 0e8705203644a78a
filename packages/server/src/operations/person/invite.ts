/** Invites a person: they choose a password by the link in this answer. */
import type { InvitePerson, PersonLink } from '@surety/core/wire';
import type { Person } from '../../store/port.ts';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { linkFor } from './link.ts';
import { lockPeople } from './people.ts';

export const invitePerson = (context: Context, { name, roles }: InvitePerson): Promise<PersonLink> =>
  context.store.side(async (tx) => {
    await lockPeople(tx);
    // Names that differ in case alone would be taken for one another on the record.
    const taken = (await tx.people()).find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (taken)
      throw new ConflictError(
        'person.exists',
        `${taken.name} already exists${taken.closed === undefined ? '' : ' and is closed; a name is given only once'}`,
      );
    const person: Person = { name, roles: [...new Set(roles)], created: context.clock() };
    await tx.putPerson(person);
    return linkFor(context, tx, person);
  });
