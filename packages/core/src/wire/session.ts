/** Sessions on the wire: signing in with a password or a one-time link, choosing a password, signing out. */
import { z } from 'zod';
import { PersonRole } from './person.ts';
import { NewName, PersonName, Time } from './shapes.ts';

/** The cookie that carries a session; over TLS its name begins with `__Host-`. */
export const SESSION_COOKIE = 'surety_session';
/** What the console sends with whatever it changes: no page of another origin can. */
export const CONSOLE_HEADER = Object.freeze({ name: 'x-surety', value: 'console' });

const Password = z.string().min(1).max(1_000);

export const SignIn = z.strictObject({ name: PersonName, password: Password }).meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof SignIn>;
export const TakeLink = z.strictObject({ token: z.string().min(1).max(200) }).meta({ id: 'TakeLink' });
export type TakeLink = z.infer<typeof TakeLink>;
/** The first person chooses the name; whoever was invited has one already and repeats it. */
export const SetUpPerson = z.strictObject({ name: NewName, password: Password }).meta({ id: 'SetUpPerson' });
export type SetUpPerson = z.infer<typeof SetUpPerson>;
export const ChangePassword = z
  .strictObject({ password: Password, new_password: Password })
  .meta({ id: 'ChangePassword' });
export type ChangePassword = z.infer<typeof ChangePassword>;
export const EndSession = z.strictObject({}).meta({ id: 'EndSession' });
export const SessionEnded = z.object({ ended: z.boolean() }).meta({ id: 'SessionEnded' });

export const SessionView = z
  .object({
    /** The name is empty until the first person has chosen one. */
    person: z.object({ name: z.string().max(96), roles: z.array(PersonRole) }),
    /** Nothing else may be asked before a password is chosen. */
    must_set_up: z.boolean(),
    /** The desk shows sample data. */
    sample: z.boolean(),
    expires_at: Time,
  })
  .meta({ id: 'SessionView' });
export type SessionView = z.infer<typeof SessionView>;
