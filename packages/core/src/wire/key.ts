/** Keys of the API on the wire: made, listed, revoked. The key itself is answered once and never again. */
import { z } from 'zod';
import { ROLES } from '../terms/role.ts';
import { KeyId, PersonName, Time } from './shapes.ts';

/** `facts`: this agent's key may vouch for facts of its own. */
const Scope = z.enum(['facts']);

export const CreateKey = z
  .strictObject({
    role: z.enum(ROLES),
    /** Whom the key acts as: a person, an agent or a connector, as its role says. */
    name: PersonName,
    scopes: z.array(Scope).max(8).optional(),
    expires: Time.optional(),
  })
  .meta({ id: 'CreateKey' });
export type CreateKey = z.infer<typeof CreateKey>;
export const RevokeKey = z.strictObject({}).meta({ id: 'RevokeKey' });

export const KeyView = z
  .object({
    id: KeyId,
    role: z.enum(ROLES),
    name: z.string(),
    scopes: z.array(z.string()),
    created: Time,
    expires: Time.nullable(),
    revoked: Time.nullable(),
  })
  .meta({ id: 'KeyView' });
export type KeyView = z.infer<typeof KeyView>;

export const KeyCreated = z.object({ key: z.string(), id: KeyId }).meta({ id: 'KeyCreated' });
export type KeyCreated = z.infer<typeof KeyCreated>;
export const KeyList = z.object({ keys: z.array(KeyView) }).meta({ id: 'KeyList' });
