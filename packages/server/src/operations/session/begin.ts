/** A person signs in with name and password. Unknown, closed or wrong: the same work and the same answer. */
import type { SignIn } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { ForbiddenError } from '../errors.ts';
import type { Attempt } from './attempts.ts';
import { type Begun, beginFor } from './open-session.ts';

export async function beginSession(context: Context, { name, password }: SignIn, address: string): Promise<Begun> {
  const { store, entrance } = context;
  const attempt = entrance.attempts.begin(name, address);
  const found = await store.person(name);
  const stored = found?.closed === undefined ? found?.password : undefined;
  if (!(await isRight(context, password, stored, attempt))) throw wrong();
  const begun = await store.side(async (tx) => {
    const person = await tx.person(name);
    // While the hash was computed the person may have been closed or have changed the password.
    if (!person || person.closed !== undefined || person.password !== stored) throw wrong();
    return beginFor(context, tx, person, false);
  });
  attempt.succeed();
  return begun;
}

/** A hash that could not be computed is no guess. */
export async function isRight(
  { entrance }: Context,
  password: string,
  stored: string | undefined,
  attempt: Attempt,
): Promise<boolean> {
  try {
    return await entrance.passwords.isRight(password, stored);
  } catch (error) {
    attempt.undo();
    throw error;
  }
}

export const wrong = () => new ForbiddenError('session.refused', 'The name or the password is wrong');
