/** What holds for all people of a desk together: one changes them at a time, and a steward is always left. */
import type { PersonView } from '@surety/core/wire';
import type { Person, SideTx } from '../../store/port.ts';
import { ConflictError, UnknownError } from '../errors.ts';

/** One person alone must be able to run a desk. The author of a pact never signs it all the same. */
export const FIRST_ROLES: PersonView['roles'] = [
  'steward',
  'governance',
  'support_manager',
  'quality_analyst',
  'reviewer',
  'engineer',
  'finance',
  'auditor',
];

/** Whoever else changes people waits here until this transaction is over, on every node. */
export const lockPeople = (tx: SideTx): Promise<void> => tx.putMeta('people', 'locked by whoever changes them');

export async function getPerson(tx: SideTx, name: string): Promise<Person> {
  const person = await tx.person(name);
  if (!person) throw new UnknownError('person.unknown', `There is no person ${name}; surety people list shows them`);
  if (person.closed !== undefined)
    throw new ConflictError('person.closed', `${name} is closed, and a name is given only once; invite another name`);
  return person;
}

const isSteward = ({ roles, closed }: Person): boolean => closed === undefined && roles.includes('steward');
const canSignIn = ({ password }: Person): boolean => password !== undefined;

/** Who alone can let people in again stays. */
export async function checkStewards(tx: SideTx, changed: Person): Promise<void> {
  const before = (await tx.people()).filter(isSteward);
  const after = [...before.filter(({ name }) => name !== changed.name), changed].filter(isSteward);
  if (!before.some(({ name }) => name === changed.name)) return;
  if (after.length === 0 || (before.some(canSignIn) && !after.some(canSignIn)))
    throw new ConflictError('person.last_steward', `${changed.name} is the last steward; make another one first`);
}
