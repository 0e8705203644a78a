/** A person as others see them: never the password's hash. */
import { formatTime } from '@surety/core/terms';
import { PersonRole, type PersonView } from '@surety/core/wire';
import type { Person } from '../../store/port.ts';

type StaffRole = PersonView['roles'][number];

/** What an older or newer version called a role gives no right. */
export const rolesOf = ({ roles }: Person): StaffRole[] =>
  roles.filter((role): role is StaffRole => PersonRole.safeParse(role).success);

export const viewPerson = (person: Person): PersonView => ({
  name: person.name,
  roles: rolesOf(person),
  state: person.closed !== undefined ? 'closed' : person.password === undefined ? 'invited' : 'active',
  created: formatTime(person.created),
  last_seen: person.seen === undefined ? null : formatTime(person.seen),
});
