/** What became of a conversation, as the weekly figures take it: a later word replaces the former. */
import type { Placed } from '../../evidence/kinds.ts';
import type { World } from '../world.ts';
import type { Contact, Rated } from './contact.ts';
import { timeOf } from './escalate.ts';

type Data = Placed<'outcome.observed'>['data'];

/** Of a conversation that nobody knows, or that was let go, it has no effect. */
export function observeOutcome({ weeks }: World, { data, at }: Placed<'outcome.observed'>): void {
  const contact = weeks.find(data.agent, data.conversation);
  if (!contact) return;
  weeks.touch(contact, at);
  // Nothing becomes of a conversation before it began.
  const time = Math.max(timeOf(data.observed_at, at), contact.opened_at);
  weeks.change(contact, () => {
    CHANGES[data.outcome]?.(contact, time, data);
  });
  if (data.outcome === 'resolved') weeks.relate(contact);
}

const CHANGES: Readonly<Record<Data['outcome'], ((contact: Contact, time: number, data: Data) => void) | undefined>> = {
  /** The first resolution is the first contact’s; what an automation closes in bulk is none. */
  resolved(contact, time, { closed_by = null }) {
    if (contact.resolved_at !== null || closed_by === 'automation') return;
    contact.resolved_at = time;
    contact.closed_by = closed_by;
  },
  reopened: comesBack,
  recontact: comesBack,
  csat(contact, time, { rating, satisfied }) {
    const rated = rating === undefined ? satisfaction(satisfied) : ratingOf(rating);
    if (rated === undefined) return;
    contact.rated = rated;
    contact.rated_at = time;
  },
  csat_asked(contact, time) {
    contact.surveyed_at ??= time;
  },
  asked_for_person(contact, time) {
    contact.asked_at = earlier(contact.asked_at, time);
  },
  escalated(contact, time) {
    contact.escalated_at = earlier(contact.escalated_at, time);
  },
  acknowledged(contact, time) {
    contact.acknowledged_at = since(contact.acknowledged_at, time, contact.escalated_at);
  },
  replied(contact, time) {
    contact.replied_at = since(contact.replied_at, time, contact.escalated_at);
  },
  merged(contact) {
    contact.merged = true;
  },
  refund_reversed: undefined,
};

/** What lies before the resolution is no return. */
function comesBack(contact: Contact, time: number): void {
  const { resolved_at, again_at } = contact;
  if (resolved_at !== null && time >= resolved_at) contact.again_at = earlier(again_at, time);
}

const satisfaction = (satisfied: boolean | undefined): Rated | undefined =>
  satisfied === undefined ? undefined : satisfied ? 'good' : 'bad';

const ratingOf = (rating: number): Rated | undefined =>
  rating === 1 || rating === 2 || rating === 3 || rating === 4 || rating === 5 ? rating : undefined;

const earlier = (known: number | null, time: number): number => (known === null ? time : Math.min(known, time));

/** The earliest that does not lie before what it follows. */
const since = (known: number | null, time: number, from: number | null): number =>
  known === null || (from !== null && known < from && time >= from) || (time < known && (from === null || time >= from))
    ? time
    : known;
