/** Makes a one-time link that lets its holder in as this person; an earlier one of theirs is void. */
import { formatTime } from '@surety/core/terms';
import type { PersonLink } from '@surety/core/wire';
import type { Person, SideTx } from '../../store/port.ts';
import type { Context } from '../context.ts';
import { freshSecret, hashOf } from '../key/key-ring.ts';
import { getPerson, lockPeople } from './people.ts';
import { viewPerson } from './view.ts';

const LINK_MS = 86_400_000;

export const linkPerson = (context: Context, name: string): Promise<PersonLink> =>
  context.store.side(async (tx) => {
    await lockPeople(tx);
    return linkFor(context, tx, await getPerson(tx, name));
  });

export async function linkFor(context: Context, tx: SideTx, person: Person): Promise<PersonLink> {
  await tx.dropLinksOf(person.name);
  const { link, until } = await addLink(context, tx, person.name);
  return { person: viewPerson(person), link, expires_at: formatTime(until) };
}

/** The name is empty for the first person, who chooses one. */
export async function addLink({ clock, entrance }: Context, tx: SideTx, person: string) {
  const token = freshSecret();
  const until = clock() + LINK_MS;
  await tx.addLink({ hash: hashOf(token), person, until });
  return { link: entrance.linkOf(token), until };
}
