/** Recorded conversations go into the ledger: decided as in a rehearsal, recorded as evidence in shadow mode. */
import { isUnicode } from '@surety/core/crypto';
import { type Conversation, parseTime } from '@surety/core/terms';
import type { ImportAnswer, ImportConversations } from '@surety/core/wire';
import { Rehearsal } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, InvalidError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { compilePact, keepPact } from '../pact/propose.ts';
import type { Subject } from '../personal/subjects.ts';
import { toPlain } from '../writing/plain.ts';
import { type Recorded, recordedDrafts } from './recorded.ts';

/** Runs under way: limits count over all their requests. The one longest unused is let go. */
const RUNS = 16;
const runs = new WeakMap<Context, Map<string, Rehearsal>>();

export async function importConversations(
  context: Context,
  actor: Actor,
  body: ImportConversations,
): Promise<ImportAnswer> {
  const { pact } = compilePact(context, body);
  const now = nowOf(body.now);
  const proposed = await keepPact(context, pact, body);
  const rehearsal = runOf(
    context,
    `${body.run}/${pact.digest}`,
    () => new Rehearsal(pact, { now, agent: body.agent, offset: context.offset }),
  );
  const sum = { allow: 0, hold: 0, deny: 0 };
  let known = 0;
  let seq: number | null = null;
  const agents = new Set<string>();
  const ids = new Set<string>();
  const before = context.writer.world.size;
  const recording: Promise<void>[] = [];
  for (const raw of body.conversations) {
    const conversation = readRecorded(raw);
    const agent = toAgentName(body.agent ?? conversation.agent ?? 'recorded-agent');
    agents.add(agent);
    const calls = rehearsal.decide(conversation);
    for (const { evaluation } of calls) sum[evaluation.decision]++;
    const customer = await subjectOf(context, 'customer', conversation.customer_id);
    const subject = customer ?? (await context.subjects.resolve({ kind: 'conversation', value: conversation.id }));
    const command: Recorded = {
      id: context.names.request('import', agent, `${conversation.id}\n${pact.digest}`).replace('r/', 'i/'),
      agent,
      conversation,
      calls,
      customer,
      subject,
      name: context.names.conversation(conversation.id),
      actionId: (call) => context.names.action(agent, conversation.id, `${call}\n${pact.digest}`),
      callName: (call) => context.names.call(call),
      currency: pact.currency,
      proposed,
    };
    const asked = {
      command,
      actor,
      ids: [command.id],
      tag: context.names.tag([pact.digest, calls.length]),
      subject: subject.name,
    };
    const isRepeated = ids.has(command.id);
    ids.add(command.id);
    recording.push(
      context.writer.perform(IMPORT, asked).then(
        (answer) => {
          seq = Math.max(seq ?? -1, answer.seq);
          if (isRepeated || answer.seq < before) known++;
        },
        (error: unknown) => {
          if (!(error instanceof ConflictError)) throw error;
          known++;
        },
      ),
    );
  }
  await Promise.all(recording);
  return {
    pact: pact.digest,
    conversations: body.conversations.length,
    known,
    actions: sum.allow + sum.hold + sum.deny,
    ...sum,
    agents: [...agents],
    receipt: seq === null ? null : { seq },
  };
}

/** As text that has a canonical form; each call by an id of its own. */
function readRecorded(raw: ImportConversations['conversations'][number]): Conversation {
  const conversation = (isUnicode(raw) ? raw : toPlain(raw)) as unknown as Conversation;
  const ids = new Set<string>();
  for (const step of conversation.steps) {
    if (step.kind !== 'call') continue;
    if (ids.has(step.call_id))
      throw new InvalidError(
        'request.malformed',
        `The conversation ${conversation.id} has two calls ${step.call_id}; give each an id of its own`,
      );
    ids.add(step.call_id);
  }
  return conversation;
}

const IMPORT: Operation<Recorded, { seq: number }> = {
  route: 'conversation.import',
  decide: recordedDrafts,
  answer: (entries) => ({ seq: entries.at(-1)?.seq ?? -1 }),
};

function runOf(context: Context, key: string, make: () => Rehearsal): Rehearsal {
  const open = runs.get(context) ?? new Map<string, Rehearsal>();
  runs.set(context, open);
  const rehearsal = open.get(key) ?? make();
  open.delete(key);
  open.set(key, rehearsal);
  const [oldest] = open.keys();
  if (open.size > RUNS && oldest !== undefined) open.delete(oldest);
  return rehearsal;
}

function nowOf(text: string | undefined): number | undefined {
  const now = text === undefined ? undefined : parseTime(text);
  if (text !== undefined && now === undefined)
    throw new InvalidError(
      'request.malformed',
      `now is a time with offset such as 2024-05-15T15:00:00-05:00, not ${text}`,
    );
  return now;
}

const subjectOf = async (
  context: Context,
  kind: 'customer',
  value: string | undefined,
): Promise<Subject | undefined> => (value === undefined ? undefined : context.subjects.resolve({ kind, value }));

/** A recording may call its agent anything; here a name has a form, and no address leads to `.` and `..`. */
function toAgentName(name: string): string {
  const written = name.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 96);
  return /^\.{0,2}$/.test(written) ? 'recorded-agent' : written;
}
