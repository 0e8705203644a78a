/** When something happened, and that a conversation was given to a person. */
import type { World } from '../world.ts';
import type { Contact } from './contact.ts';

/** A time that is told for the past; one still to come, or none, is the entry’s own. */
export const timeOf = (told: number | null | undefined, at: number): number =>
  typeof told === 'number' && Number.isSafeInteger(told) && told <= at ? told : at;

export function escalate({ weeks }: World, contact: Contact | undefined, at: number): void {
  if (!contact || contact.escalated_at !== null) return;
  weeks.change(contact, () => {
    contact.escalated_at = at;
  });
}
