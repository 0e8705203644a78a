/** Whoever came by a link chooses a password; the first person of a desk a name too. Their other sessions end. */
import type { SetUpPerson } from '@surety/core/wire';
import type { Person, SideTx } from '../../store/port.ts';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { FIRST_ROLES, lockPeople } from '../person/people.ts';
import { sessionOver } from './end.ts';
import { type Begun, beginFor, type OpenSession } from './open-session.ts';
import { checkPassword } from './password.ts';

export async function setUpPerson(
  context: Context,
  { session, person }: OpenSession,
  { name, password }: SetUpPerson,
): Promise<Begun> {
  const { store, clock, entrance } = context;
  if (!session.mustSetUp && person?.password !== undefined)
    throw new ConflictError('person.set_up', 'You already have a password; change it with POST /v1/session/password');
  if (person && person.name !== name)
    throw new ConflictError('person.named', `You were invited as ${person.name}, and that name stays`);
  checkPassword(password, name);
  const hash = await entrance.passwords.hash(password);
  return store.side(async (tx) => {
    await lockPeople(tx);
    if (!(await tx.endSession(session.hash))) throw sessionOver();
    const before = person ? await tx.person(person.name) : await firstOf(tx, name, clock());
    if (!before || before.closed !== undefined) throw sessionOver();
    const ready: Person = { ...before, password: hash };
    await tx.putPerson(ready);
    for (const whose of [session.person, name]) {
      await tx.endSessionsOf(whose);
      await tx.dropLinksOf(whose);
    }
    return beginFor(context, tx, ready, false);
  });
}

async function firstOf(tx: SideTx, name: string, created: number): Promise<Person> {
  if ((await tx.people()).length > 0)
    throw new ConflictError('person.exists', 'Somebody else was set up first; ask a steward for a link of your own');
  return { name, roles: FIRST_ROLES, created };
}
