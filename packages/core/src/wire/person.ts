/** People on the wire: invited, given roles, closed. A name is a pseudonym: `person:NAME` acts on the record. */
import { z } from 'zod';
import { STAFF } from '../terms/role.ts';
import { NewName, PersonName, Time } from './shapes.ts';

/** What a person may be; the roles of agents and connectors are for keys alone. */
export const PersonRole = z.enum(STAFF);
const Roles = z.array(PersonRole).min(1).max(STAFF.length);

export const PersonView = z
  .object({
    name: PersonName,
    roles: z.array(PersonRole),
    /** `invited`: has no password yet. `closed`: may sign in no more. */
    state: z.enum(['invited', 'active', 'closed']),
    created: Time,
    last_seen: Time.nullable(),
  })
  .meta({ id: 'PersonView' });
export type PersonView = z.infer<typeof PersonView>;
export const PersonList = z.object({ people: z.array(PersonView) }).meta({ id: 'PersonList' });

export const InvitePerson = z.strictObject({ name: NewName, roles: Roles }).meta({ id: 'InvitePerson' });
export type InvitePerson = z.infer<typeof InvitePerson>;
export const LinkPerson = z.strictObject({}).meta({ id: 'LinkPerson' });
export const SetRoles = z.strictObject({ roles: Roles }).meta({ id: 'SetRoles' });
export type SetRoles = z.infer<typeof SetRoles>;
export const ClosePerson = z.strictObject({}).meta({ id: 'ClosePerson' });

/** The link lets its holder in once, as this person; it is in this answer and nowhere again. */
export const PersonLink = z
  .object({ person: PersonView, link: z.string(), expires_at: Time })
  .meta({ id: 'PersonLink' });
export type PersonLink = z.infer<typeof PersonLink>;
