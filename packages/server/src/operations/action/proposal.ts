/** Prepares a proposal for its decision: everything slow happens here, and rides in the command. */
import { isUnicode } from '@surety/core/crypto';
import { HAND_OVER, type Pact, type Proposal } from '@surety/core/pact';
import { readChat } from '@surety/core/recording';
import { isJsonObject, type Json, type JsonObject, type Step, type ZoneOffset } from '@surety/core/terms';
import type { ProposeAction } from '@surety/core/wire';
import { type ConversationStanding, pactsOf, type World } from '@surety/core/world';
import type { Context } from '../context.ts';
import { InvalidError } from '../errors.ts';
import type { ConversationRef, Remembered } from '../kept/memory.ts';
import { drawOf } from '../personal/names.ts';
import type { Subject } from '../personal/subjects.ts';
import { plainText, textSha256, toPlain } from '../writing/plain.ts';
import { type Answers, gather, type Vouched, vouchedIn } from './gather.ts';

export interface PreparedProposal {
  readonly id: string;
  readonly agent: string;
  readonly call: string;
  readonly proposal: Proposal;
  readonly ref: ConversationRef;
  readonly customer: Subject | undefined;
  /** Under whose key the personal values of this request are sealed. */
  readonly subject: Subject;
  readonly pact: Pact | undefined;
  /** Digests of the pacts that bound the agent when it was prepared: another by then, and it is prepared once more. */
  readonly bound: readonly string[];
  readonly remembered: Remembered | undefined;
  readonly fresh: readonly Step[];
  readonly conflicts: boolean;
  readonly answers: Answers;
  readonly vouched: Vouched;
  readonly draw: number;
  readonly offset: ZoneOffset;
  /** Held actions of this conversation that a person approved → the digest of the arguments that may run. */
  readonly approvals: ReadonlyMap<string, string>;
  /** How many approvals the conversation had when it was prepared. */
  readonly approvalsSeen: number;
  /** Canonical, as they are hashed and forwarded. */
  readonly argsText: string;
  readonly argsSha256: string;
  /** Whether the pact writes the arguments otherwise than they were sent, or drops some. */
  readonly isRewritten: boolean;
}

export const isHandOver = ({ pact, proposal: { tool } }: PreparedProposal): boolean =>
  tool === HAND_OVER || pact?.tools.get(tool)?.is === 'hand_over';

/** Its names and its trace as text that has a canonical form; what the tool would run with stays as it is, and is judged so. */
export function inUnicode(body: ProposeAction): ProposeAction {
  const { args: _args, facts: _facts, ...rest } = body;
  return isUnicode(rest) ? body : { ...body, ...(toPlain(rest) as Omit<ProposeAction, 'args' | 'facts'>) };
}

export async function prepareProposal(
  context: Context,
  body: ProposeAction,
  /** The key, where it may vouch for facts. */
  voucher: string | undefined,
): Promise<PreparedProposal> {
  const { names, subjects, memories, writer } = context;
  const steps = readTrace(body.trace);
  const name = names.conversation(body.conversation_id);
  const standing = writer.world.conversations.get(name);
  const customer =
    body.customer_id === undefined ? undefined : await subjects.resolve({ kind: 'customer', value: body.customer_id });
  const subject = customer ?? (await subjects.resolve({ kind: 'conversation', value: body.conversation_id }));
  const ref: ConversationRef = { name, id: body.conversation_id, customer: body.customer_id, channel: body.channel };
  const bound = pactsOf(writer.world.pacts, body.agent);
  const pact = await pactFor(context, bound, body.tool);
  const remembered = memories.current(ref, standing) ?? (await memories.load(ref, standing));
  const before = steps.filter((step) => step.kind !== 'call' || step.call_id !== body.call_id);
  const compared = remembered.compare(before, (id) => names.call(id));
  const conflicts = compared.conflicts || isAnothers(standing, customer);
  // No result is taken from a trace that disagrees: taken once, it would be on the record at the next proposal.
  const fresh = conflicts ? compared.fresh.filter(({ kind }) => kind !== 'call') : compared.fresh;
  const proposal = toProposal(body);
  const argsText = argsOf(pact, body.tool, proposal.args, body.args);
  const sent = voucher !== undefined && isJsonObject(body.facts) ? body.facts : {};
  const vouched = { by: voucher ?? '', facts: vouchedIn(pact, sent) };
  const id = names.action(body.agent, body.conversation_id, body.call_id);
  const prepared = {
    id,
    agent: body.agent,
    call: names.call(body.call_id),
    proposal,
    ref,
    customer,
    subject,
    pact,
    bound,
    remembered,
    fresh,
    conflicts: conflicts || remembered.incomplete,
    vouched,
    draw: drawOf(id),
    offset: context.offset,
    approvalsSeen: standing?.approvals.length ?? 0,
    approvals: await approvedArgs(context, standing),
    argsText,
    argsSha256: textSha256(argsText),
    isRewritten: proposal.args !== undefined && argsText !== plainText(body.args),
  };
  const answers = pact ? await ask(context, pact, prepared) : new Map<string, Json>();
  if (fresh.length > 0) {
    remembered.observe(fresh);
    remembered.isAhead = true;
  }
  return { ...prepared, answers };
}

async function approvedArgs(
  context: Context,
  standing: ConversationStanding | undefined,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const action of standing?.approvals ?? []) {
    const hold = context.writer.world.answered.get(action);
    const args = hold?.answered?.args;
    if (!hold?.answered || !args) continue;
    // Approved as they were, the arguments were disclosed with the proposal, the entry before its decision.
    const opened = (await context.subjects.open(context.store, [hold.seq - 1, hold.answered.seq])).get(args);
    if (typeof opened?.value === 'string') digests.set(action, textSha256(opened.value));
  }
  return digests;
}

function readTrace(trace: ProposeAction['trace']): readonly Step[] {
  if (!trace || trace.length === 0) return [];
  const read = readChat(trace as readonly JsonObject[]);
  if (!read.ok) throw new InvalidError('request.malformed', `trace: ${read.error}`);
  return read.value;
}

const toProposal = (body: ProposeAction): Proposal => ({
  tool: body.tool,
  args: isJsonObject(body.args) ? body.args : undefined,
  lane: body.lane,
  calls_in_turn: body.calls_in_turn,
  text_in_turn: body.text_in_turn,
  confidence: body.confidence,
});

/** A conversation that was another customer's is in doubt. */
const isAnothers = (standing: ConversationStanding | undefined, customer: Subject | undefined): boolean =>
  typeof standing?.customer === 'string' && customer !== undefined && standing.customer !== customer.name;

/** The pact that has the tool; where none has, the first, whose default denies it. */
async function pactFor(context: Context, bound: readonly string[], tool: string): Promise<Pact | undefined> {
  const pacts: Pact[] = [];
  for (const digest of bound) {
    const standing = context.writer.world.pacts.byDigest.get(digest);
    const pact = context.shelf.find(digest) ?? (standing && (await context.shelf.get(standing)));
    if (pact) pacts.push(pact);
  }
  // `hand_over` is in every pact; the one that lists it with queues of its own comes first.
  const listing = pacts.find(({ tools, reads }) => tools.get(tool)?.lane !== undefined || reads.has(tool));
  return listing ?? pacts.find(({ tools }) => tools.has(tool)) ?? pacts[0];
}

/** The arguments as the pact's schema writes them, so that every spelling of a number has one digest. */
function argsOf(pact: Pact | undefined, tool: string, args: JsonObject | undefined, sent: unknown): string {
  if (pact && args && isUnicode(args)) return pact.memory.argsOf(tool, args).text;
  return plainText(sent);
}

async function ask(context: Context, pact: Pact, prepared: Omit<PreparedProposal, 'answers'>): Promise<Answers> {
  const { remembered, ref, proposal, agent, vouched } = prepared;
  if (!remembered) return new Map();
  return gather(
    pact,
    {
      proposal,
      agent,
      conversation: ref,
      memory: remembered.memoryFor(pact),
      now: context.clock(),
      offset: context.offset,
      state: 'autonomous',
      given: () => undefined,
      judges: {},
      used: () => 0,
      undatedIsFresh: false,
    },
    vouched.facts,
    context.askSource,
  );
}

/** Whether other pacts bind the agent than those it was prepared for. */
export const isRebound = (world: World, { agent, bound }: PreparedProposal): boolean => {
  const now = pactsOf(world.pacts, agent);
  return now.length !== bound.length || now.some((digest, i) => digest !== bound[i]);
};

/** Whether more happened in the conversation than what is remembered of it. */
export const isBehind = (world: World, { ref, seq }: Remembered): boolean =>
  seq !== (world.conversations.get(ref.name)?.trace.at(-1) ?? -1);

/** Whether a person approved more of the conversation, or an approval was used, since it was prepared. */
export const hasOtherApprovals = (world: World, { ref, approvalsSeen }: PreparedProposal): boolean =>
  (world.conversations.get(ref.name)?.approvals.length ?? 0) !== approvalsSeen;
