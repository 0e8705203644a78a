/** Erasure on the wire: whose personal values are forgotten, and what is on the record about it. */
import { z } from 'zod';
import { form, Id, Receipt } from './shapes.ts';

export const EraseSubject = z
  .strictObject({
    /** The customer's number in the operator's systems: with it go the conversations the desk still has open or fresh. */
    customer_id: Id.optional(),
    /** A conversation of which no customer was known. */
    conversation_id: Id.optional(),
    /** One word that stands in the ledger, such as `gdpr_art_17`; never a name. */
    reason: form(/^[a-z][a-z0-9_.-]{0,95}$/i, 'one word, such as asked_for_it'),
  })
  .meta({ id: 'EraseSubject' });
export type EraseSubject = z.infer<typeof EraseSubject>;

export const SubjectErased = z
  .object({
    /** Random names under which their values were kept. */
    subjects: z.int().nonnegative(),
    /** Values that can no longer be opened. */
    disclosures: z.int().nonnegative(),
    receipt: Receipt,
  })
  .meta({ id: 'SubjectErased' });
export type SubjectErased = z.infer<typeof SubjectErased>;
