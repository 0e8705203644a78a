/** A person changes their password, knowing the old one. Every other session of theirs ends. */
import type { ChangePassword } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { isRight, wrong } from './begin.ts';
import { sessionOver } from './end.ts';
import { type Begun, beginFor, type OpenSession } from './open-session.ts';
import { checkPassword } from './password.ts';

export async function changePassword(
  context: Context,
  { session, person }: OpenSession,
  { password, new_password }: ChangePassword,
  address: string,
): Promise<Begun> {
  const { store, entrance } = context;
  if (!person) throw sessionOver();
  checkPassword(new_password, person.name);
  const attempt = entrance.attempts.begin(person.name, address);
  if (!(await isRight(context, password, person.password, attempt))) throw wrong();
  attempt.succeed();
  const hash = await entrance.passwords.hash(new_password);
  return store.side(async (tx) => {
    const now = await tx.person(person.name);
    if (!(await tx.endSession(session.hash)) || !now || now.closed !== undefined) throw sessionOver();
    if (now.password !== person.password) throw wrong();
    await tx.putPerson({ ...now, password: hash });
    await tx.endSessionsOf(person.name);
    await tx.dropLinksOf(person.name);
    return beginFor(context, tx, now, false);
  });
}
