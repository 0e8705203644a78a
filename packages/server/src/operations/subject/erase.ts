/** Erases personal values: keys, disclosures, aliases and request tags go in the transaction that records it (ledger.md § 4). */
import type { Placed } from '@surety/core/evidence';
import { isJsonObject } from '@surety/core/terms';
import type { EraseSubject, SubjectErased } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { InvalidError, UnknownError } from '../errors.ts';
import { type Actor, isOf, type Operation } from '../operation.ts';
import { toPlaced } from '../writing/placed.ts';

/** Subjects of one request: the customer, and conversations that began before their customer was known. */
const SUBJECTS_MAX = 500;

interface Command {
  readonly id: string;
  readonly subjects: readonly string[];
  readonly reason: string;
}

export async function eraseSubject(
  context: Context,
  actor: Actor,
  { customer_id, conversation_id, reason }: EraseSubject,
  id: string,
): Promise<SubjectErased> {
  if (customer_id === undefined && conversation_id === undefined)
    throw new InvalidError('request.malformed', 'Say whom to erase: a customer_id, a conversation_id or both');
  const subjects = await subjectsOf(context, customer_id, conversation_id);
  const ids = Array.from({ length: SUBJECTS_MAX }, (_, i) => idOf(id, i));
  if (subjects.length === 0) {
    // Asked again after it was done: nothing can be found by these names any more.
    const before = (await context.store.find(ids)).map(toPlaced);
    if (before.length > 0) return answerFrom(before);
    throw new UnknownError(
      'subject.unknown',
      'Nothing personal is kept under this name: it was erased before, or never there; a conversation whose customer was known goes by customer_id',
    );
  }
  return context.writer.perform(ERASE, {
    command: { id, subjects, reason },
    actor,
    ids: ids.slice(0, subjects.length),
    tag: context.names.tag([actor.by, reason]),
  });
}

const idOf = (id: string, i: number): string => (i === 0 ? id : `${id}/${i}`);

async function subjectsOf(
  context: Context,
  customerId: string | undefined,
  conversationId: string | undefined,
): Promise<string[]> {
  const { subjects } = context;
  const customer = customerId && (await subjects.lookup({ kind: 'customer', value: customerId }));
  const conversations = new Set(conversationId === undefined ? [] : [conversationId]);
  if (customer) for (const id of await conversationsOf(context, customer)) conversations.add(id);
  const found = new Set(customer ? [customer] : []);
  for (const value of conversations) {
    const subject = await subjects.lookup({ kind: 'conversation', value });
    if (subject) found.add(subject);
  }
  return [...found].slice(0, SUBJECTS_MAX);
}

/** What the operator calls the conversations that the world knows as the customer's. */
async function conversationsOf({ writer, store, subjects }: Context, customer: string): Promise<string[]> {
  const theirs = [...writer.world.conversations.values()].filter((one) => one.customer === customer);
  const opened = await subjects.open(
    store,
    theirs.flatMap(({ named }) => named),
  );
  return [...opened.values()].flatMap(({ value }) =>
    isJsonObject(value) && typeof value['conversation_id'] === 'string' ? [value['conversation_id']] : [],
  );
}

const ERASE: Operation<Command, SubjectErased> = {
  route: 'subject.erase',
  erases: ({ subjects }) => subjects,
  decide: (_world, { id, subjects, reason }, { erased }) =>
    subjects.map((subject, i) => ({
      id: idOf(id, i),
      type: 'subject.erased',
      data: { subject, disclosures: erased.get(subject) ?? 0, reason },
    })),
  answer: answerFrom,
};

function answerFrom(entries: readonly Placed[]): SubjectErased {
  const erased = entries.filter((entry) => isOf('subject.erased', entry));
  return {
    subjects: erased.length,
    disclosures: erased.reduce((sum, { data }) => sum + data.disclosures, 0),
    receipt: { seq: Math.min(...erased.map(({ seq }) => seq)) },
  };
}
