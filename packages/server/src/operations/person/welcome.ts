/** The link that lets the first person in. On a desk of samples, one for whoever looks around, at every start. */
import type { Context } from '../context.ts';
import { addLink, linkFor } from './link.ts';
import { FIRST_ROLES, lockPeople } from './people.ts';

const VISITOR = 'visitor';

/** `undefined` where people are set up already. `as`: whom the visitor of samples acts as. */
export const welcome = (context: Context, as = VISITOR): Promise<string | undefined> =>
  context.store.side(async (tx) => {
    await lockPeople(tx);
    await tx.dropOver(context.clock());
    if (!context.entrance.isSample)
      return (await tx.people()).length > 0 ? undefined : (await addLink(context, tx, '')).link;
    const visitor = (await tx.person(as)) ?? { name: as, roles: FIRST_ROLES, created: context.clock() };
    if (visitor.closed !== undefined) return undefined;
    await tx.putPerson(visitor);
    return (await linkFor(context, tx, visitor)).link;
  });
