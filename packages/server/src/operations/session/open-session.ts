/** Sessions: 32 random bytes of which only the hash is kept; 12 hours idle, seven days at most. */
import { formatTime } from '@surety/core/terms';
import type { SessionView } from '@surety/core/wire';
import type { Person, Session, SideTx } from '../../store/port.ts';
import type { Context } from '../context.ts';
import { freshSecret, hashOf } from '../key/key-ring.ts';
import type { Actor } from '../operation.ts';
import { rolesOf } from '../person/view.ts';

const IDLE_MS = 43_200_000;
const WHOLE_MS = 604_800_000;
/** How exactly the last use is known: not every request writes. */
const SEEN_MS = 60_000;
const FORM = /^[0-9A-Za-z]{40,50}$/;

/** Whose request it is. Without a person where the first one has chosen no name yet. */
export interface OpenSession {
  readonly session: Session;
  readonly person: Person | undefined;
}

/** A session that begins with this answer: the token goes into the cookie and nowhere else. */
export interface Begun {
  readonly token: string;
  readonly lastsMs: number;
  readonly view: SessionView;
}

export async function beginFor(
  { clock, entrance }: Context,
  tx: SideTx,
  person: Person | undefined,
  mustSetUp: boolean,
): Promise<Begun> {
  const [now, token] = [clock(), freshSecret()];
  const session: Session = {
    hash: hashOf(token),
    person: person?.name ?? '',
    created: now,
    seen: now,
    until: now + WHOLE_MS,
    mustSetUp,
  };
  await tx.dropOver(now);
  await tx.addSession(session);
  if (person) await tx.seePerson(person.name, now);
  return { token, lastsMs: WHOLE_MS, view: viewSession({ session, person }, entrance.isSample) };
}

/** `slides`: this request counts as use. */
export async function findSession(
  { store, clock }: Context,
  token: string,
  slides: boolean,
): Promise<OpenSession | undefined> {
  if (!FORM.test(token)) return undefined;
  const now = clock();
  const session = await store.session(hashOf(token));
  if (!session || session.until <= now || session.seen + IDLE_MS <= now) return undefined;
  const person = session.person === '' ? undefined : await store.person(session.person);
  const isNobody = session.person === '' ? !session.mustSetUp : person === undefined || person.closed !== undefined;
  if (isNobody) return undefined;
  if (!slides || now - session.seen < SEEN_MS) return { session, person };
  await store.side(async (tx) => {
    await tx.seeSession(session.hash, now);
    if (person) await tx.seePerson(person.name, now);
  });
  return { session: { ...session, seen: now }, person };
}

export const actorOfSession = ({ person }: OpenSession): Actor =>
  person === undefined
    ? { by: 'system:nobody', roles: [], scopes: [] }
    : { by: `person:${person.name}`, roles: rolesOf(person), scopes: [] };

export const viewSession = ({ session, person }: OpenSession, sample: boolean): SessionView => ({
  person: { name: person?.name ?? '', roles: person ? rolesOf(person) : [] },
  must_set_up: session.mustSetUp,
  sample,
  expires_at: formatTime(Math.min(session.seen + IDLE_MS, session.until)),
});
