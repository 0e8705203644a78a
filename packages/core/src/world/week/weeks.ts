/** The weekly counts: by week, agent, lane and pact version, with the conversations that may still change them. */
import { noCounts, type WeekCounts } from '../../metrics/week/counts.ts';
import { HOUR } from '../../terms/time.ts';
import type { Conversations } from '../conversations.ts';
import { withOne } from '../few.ts';
import { Recency } from '../recency.ts';
import type { Act } from './acts.ts';
import { addAct, addContact, CONTACT_MS, type Contact, hasClocks, type Places, RETURN_MS } from './contact.ts';

/** Older weeks are rebuilt from the ledger where somebody asks for them. */
export const WEEKS_KEPT = 60;

export interface WeekCell {
  readonly week: number;
  readonly agent: string;
  /** Null: in all lanes. */
  readonly lane: string | null;
  /** Its digest; empty where no pact bound the agent. */
  readonly pact: string;
  /** Of conversations read in from recordings: they are shown, and move no agent at work. */
  readonly recorded: boolean;
  readonly counts: WeekCounts;
}

export class Weeks implements Places {
  cells: WeekCell[] = [];
  /** Nearly in the order of their last entry, so that the quiet ones are found at the front. */
  readonly contacts = new Recency<Contact>();
  readonly #conversations: Conversations;
  readonly #byCustomer = new Map<string, Contact[]>();
  readonly #index = new Map<number, Map<string, Map<string | null, Map<string, WeekCell>>>>();
  #latest = Number.NEGATIVE_INFINITY;
  /** Before this instant none of the conversations is quiet. */
  #quietFrom = Number.NEGATIVE_INFINITY;

  constructor(conversations: Conversations) {
    this.#conversations = conversations;
  }

  /** The latest week that has begun; older ones than are kept go. */
  turnTo(week: number): void {
    if (week <= this.#latest) return;
    this.#latest = week;
    this.cells = this.cells.filter((cell) => cell.week >= week - WEEKS_KEPT);
    for (const one of this.#index.keys()) if (one < week - WEEKS_KEPT) this.#index.delete(one);
  }

  countsOf(agent: string, week: number, lane: string | null, pact: string, recorded: boolean): WeekCounts | undefined {
    if (week < this.#latest - WEEKS_KEPT) return undefined;
    const known = this.#index.get(week)?.get(agent)?.get(lane)?.get(keyOf(pact, recorded));
    if (known) return known.counts;
    const cell = { week, agent, lane, pact, recorded, counts: noCounts() };
    this.keepCell(cell);
    return cell.counts;
  }

  /** Under each pact there was. */
  allOf(agent: string, week: number, lane: string | null): readonly WeekCell[] {
    return [...(this.#index.get(week)?.get(agent)?.get(lane)?.values() ?? [])];
  }

  keepCell(cell: WeekCell): void {
    this.cells.push(cell);
    const { week, agent, lane, pact, recorded } = cell;
    const agents = within(this.#index, week);
    within(within(agents, agent), lane).set(keyOf(pact, recorded), cell);
  }

  find(agent: string, conversation: string): Contact | undefined {
    const known = this.#conversations.find(conversation);
    if (!known) return undefined;
    for (const contact of known.contacts) if (contact.agent === agent) return contact;
    return undefined;
  }

  /** Takes in a conversation, with what it comes to. */
  open(contact: Contact): void {
    this.keep(contact);
    addContact(contact, this, 1);
    this.#linkReturns(contact);
  }

  /** Takes in what a snapshot kept: its counts stand there already. */
  keep(contact: Contact): void {
    this.contacts.add(contact);
    const known = this.#conversations.know(contact.conversation);
    known.contacts = withOne(known.contacts, contact);
    this.#belong(contact);
  }

  /** Changes a conversation, and the counts with it. */
  change(contact: Contact, how: (contact: Contact) => void): void {
    addContact(contact, this, -1);
    how(contact);
    addContact(contact, this, 1);
  }

  /** The agent is at work in a conversation that was read in: from now on it counts as one of its own. */
  goLive(contact: Contact): void {
    const count = (sign: 1 | -1): void => {
      addContact(contact, this, sign);
      for (const act of contact.acts) addAct(contact, act, this, sign);
    };
    count(-1);
    contact.imported = false;
    count(1);
  }

  /** What may make this conversation, or an earlier one of the same customer, a return. */
  relate(contact: Contact): void {
    this.#belong(contact);
    this.#linkReturns(contact);
  }

  /** Takes in an act, or changes one, and the counts with it. */
  changeAct(contact: Contact, act: Act, how: (act: Act) => void): void {
    // Whether a rule’s person was asked also says whether an escalation was missed.
    const isTold = contact.resolved_at !== null;
    if (isTold) addContact(contact, this, -1);
    if (contact.acts.includes(act)) addAct(contact, act, this, -1);
    else contact.acts = withOne(contact.acts, act);
    how(act);
    addAct(contact, act, this, 1);
    if (isTold) addContact(contact, this, 1);
  }

  /** Moves a conversation to the end of the order, at most once an hour. */
  touch(contact: Contact, at: number): void {
    contact.last_at = at;
    if (at - contact.ordered_at < HOUR) return;
    contact.ordered_at = at;
    this.contacts.move(contact);
  }

  /** Lets go of the quiet ones; what still waited there waited at least that long. */
  letGo(now: number): void {
    if (now < this.#quietFrom) return;
    for (let contact = this.contacts.first(); contact; contact = this.contacts.first()) {
      // Ordered no later than its last entry, and before all that follow.
      this.#quietFrom = contact.ordered_at + CONTACT_MS;
      if (contact.last_at > now - CONTACT_MS) return;
      this.#end(contact);
    }
    this.#quietFrom = now + CONTACT_MS;
  }

  #end(contact: Contact): void {
    // It ends its clocks; one without comes to the same as before.
    if (hasClocks(contact))
      this.change(contact, () => {
        contact.ended_at = contact.last_at + CONTACT_MS;
      });
    this.contacts.shift();
    const known = this.#conversations.know(contact.conversation);
    known.contacts = known.contacts.filter((one) => one !== contact);
    this.#conversations.release(known);
    if (contact.customer !== null) leave(this.#byCustomer, contact.customer, contact);
  }

  #belong(contact: Contact): void {
    if (contact.customer === null) return;
    const others = this.#byCustomer.get(contact.customer);
    if (!others) this.#byCustomer.set(contact.customer, [contact]);
    else if (!others.includes(contact)) others.push(contact);
  }

  /** The same customer, back in the same lane with a new conversation within the days: the first did not help. */
  #linkReturns(contact: Contact): void {
    if (contact.customer === null) return;
    const all = this.#byCustomer.get(contact.customer);
    if (!all || all.length < 2) return;
    for (const other of all) {
      if (other.conversation === contact.conversation) continue;
      if (!other.lanes.some(({ lane }) => contact.lanes.some((one) => one.lane === lane))) continue;
      this.#noteReturn(other, contact);
      this.#noteReturn(contact, other);
    }
  }

  #noteReturn(contact: Contact, { opened_at: at, imported }: Contact): void {
    if (imported && !contact.imported) return;
    const { resolved_at, again_at, merged } = contact;
    if (resolved_at === null || merged || at <= resolved_at || at - resolved_at > RETURN_MS) return;
    if (again_at !== null && again_at <= at) return;
    this.change(contact, () => {
      contact.again_at = at;
    });
  }
}

/** No digest begins so. */
const keyOf = (pact: string, recorded: boolean): string => (recorded ? `recorded/${pact}` : pact);

/** Takes one out of the list of a key; an empty list goes with it. */
function leave<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const others = lists.get(key)?.filter((other) => other !== one) ?? [];
  if (others.length === 0) lists.delete(key);
  else lists.set(key, others);
}

/** The map of a key within another, made where it is not there. */
function within<K, A, B>(outer: Map<K, Map<A, B>>, key: K): Map<A, B> {
  const known = outer.get(key);
  if (known) return known;
  const fresh = new Map<A, B>();
  outer.set(key, fresh);
  return fresh;
}
