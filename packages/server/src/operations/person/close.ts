/** Closes a person: their sessions, links and keys end now. What they did stays on the record under their name. */
import type { PersonView } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { actorOf } from '../key/key-ring.ts';
import { checkStewards, getPerson, lockPeople } from './people.ts';
import { viewPerson } from './view.ts';

export async function closePerson({ store, ring, clock }: Context, name: string): Promise<PersonView> {
  const now = clock();
  const closed = await store.side(async (tx) => {
    await lockPeople(tx);
    const person = { ...(await getPerson(tx, name)), closed: now };
    await checkStewards(tx, person);
    await tx.putPerson(person);
    await tx.endSessionsOf(name);
    await tx.dropLinksOf(name);
    for (const key of await tx.keys())
      if (actorOf(key).by === `person:${name}` && key.revoked === undefined) await tx.putKey({ ...key, revoked: now });
    return person;
  });
  ring.forget();
  return viewPerson(closed);
}
