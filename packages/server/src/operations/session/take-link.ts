/** A one-time link lets its holder in: as whom it was made for, or as the first person, who has yet to choose a name. */
import type { TakeLink } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnknownError } from '../errors.ts';
import { hashOf } from '../key/key-ring.ts';
import { type Begun, beginFor } from './open-session.ts';

export async function takeLink(context: Context, { token }: TakeLink): Promise<Begun> {
  const { store, clock, entrance } = context;
  return store.side(async (tx) => {
    const link = await tx.takeLink(hashOf(token));
    if (!link || link.until <= clock()) throw over();
    if (link.person === '') {
      if ((await tx.people()).length > 0) throw over();
      return beginFor(context, tx, undefined, true);
    }
    const person = await tx.person(link.person);
    if (!person || person.closed !== undefined) throw over();
    return beginFor(context, tx, person, !entrance.isSample);
  });
}

const over = () =>
  new UnknownError(
    'link.over',
    'This link has already been used or is too old; a steward, or surety people link NAME on the machine, makes a new one',
  );
