/** An agent proposes an action: it is decided before it happens, and both are on the record before the answer. */
import type { DataOf, Draft } from '@surety/core/evidence';
import { type Evaluation, HAND_OVER, type Pact } from '@surety/core/pact';
import type { Json, Reason } from '@surety/core/terms';
import type { ActionAnswer, ProposeAction } from '@surety/core/wire';
import { decideIn, type HoldStanding, isUsable, standsAgainst, stateIn, type World } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, ForbiddenError, StaleError, UnavailableError } from '../errors.ts';
import { limitsOf } from '../hold/held.ts';
import type { Actor, Moment, Operation } from '../operation.ts';
import { plainText } from '../plain.ts';
import { toActionAnswer } from './answer.ts';
import { givenFrom } from './gather.ts';
import { inUnicode, isBehind, isRebound, type PreparedProposal, prepareProposal } from './proposal.ts';

/** A conversation in which more happened each time: the last proposal of it is decided in doubt, which holds it. */
const PREPARED_AT_MOST = 4;

export async function proposeAction(context: Context, actor: Actor, asked: ProposeAction): Promise<ActionAnswer> {
  const body = inUnicode(asked);
  checkAgent(actor, body.agent);
  let isOfItsOwn = false;
  for (let tries = 1; ; tries++) {
    const prepared = await prepareProposal(context, body, actor.role !== 'agent' || actor.scopes.includes('facts'));
    const id = isOfItsOwn ? ownId(context, prepared) : prepared.id;
    const command = { ...prepared, id, isLast: tries >= PREPARED_AT_MOST };
    try {
      return await context.writer.perform(PROPOSE, {
        command,
        actor: { ...actor, by: `agent:${body.agent}` },
        ids: [command.id, `${command.id}/decided`],
        tag: context.names.tag([body.tool, command.argsSha256]),
        subject: command.subject.name,
      });
    } catch (error) {
      const isTaken = error instanceof ConflictError && isHandOver(command) && !isOfItsOwn;
      if (!(error instanceof StaleError) && !isTaken) throw error;
      if (isTaken) isOfItsOwn = true;
      else if (command.isLast) throw new UnavailableError('The pact changed while this was decided; ask again');
    } finally {
      // Steps that did not become durable with it are not remembered either.
      if (command.remembered?.isAhead) context.memories.forget(command.ref.name);
    }
  }
}

const isHandOver = ({ pact, proposal: { tool } }: PreparedProposal): boolean =>
  tool === HAND_OVER || pact?.tools.get(tool)?.is === 'hand_over';

/** Some frameworks number their calls anew each turn: a hand-over whose id was used before goes by what it asks. */
const ownId = ({ names }: Context, { agent, ref, call, proposal, argsSha256 }: PreparedProposal): string =>
  names.action(agent, ref.id, `${call}\n${proposal.tool}\n${argsSha256}`);

/** An agent's key speaks for that agent alone. */
export function checkAgent(actor: Actor, agent: string): void {
  if (actor.role === 'agent' && actor.by !== `agent:${agent}`)
    throw new ForbiddenError('agent.forbidden', `This key is of ${actor.by.slice(6)}; it cannot act for ${agent}`);
}

export interface Command extends PreparedProposal {
  /** It is not prepared once more. */
  readonly isLast: boolean;
}

const PROPOSE: Operation<Command, ActionAnswer> = {
  route: 'action.propose',
  decide(world, asked, moment) {
    const behind = isBehind(world, asked);
    const isDone = asked.isLast && (isHandOver(asked) || !isRebound(world, asked));
    if ((behind || isRebound(world, asked)) && !isDone) throw new StaleError();
    const command = { ...asked, conflicts: asked.conflicts || behind };
    const approval = approvalFor(world, command, moment.at);
    const evaluation = approval
      ? approved(world, judge(world, command, moment.at), approval, command.pact)
      : judge(world, command, moment.at);
    return [
      ...observed(world, command, moment),
      proposed(world, command, moment),
      decided(command, evaluation, approval, moment),
    ];
  },
  answer: toActionAnswer,
};

function judge(world: World, command: PreparedProposal, now: number): Evaluation {
  const { pact, proposal, agent, ref, customer, remembered, conflicts, answers, vouched, draw, offset } = command;
  const isKnown = world.agents.has(agent) || pact?.tools.get(proposal.tool)?.is === 'hand_over';
  if (!pact || !remembered || !isKnown) return unbound(world, command);
  return decideIn(world, pact, {
    proposal,
    agent,
    conversation: { id: ref.id, customer: ref.customer, channel: ref.channel },
    countedAs: { conversation: ref.name, customer: world.conversations.get(ref.name)?.customer ?? customer?.name },
    memory: remembered.memoryFor(pact),
    now,
    offset,
    given: givenFrom(pact, answers, vouched),
    judges: {},
    conflicts,
    undatedIsFresh: false,
    draw,
  });
}

/** An agent that nobody registered or no pact binds may do nothing, but give the conversation to a person. */
function unbound(world: World, { agent, proposal, argsText }: PreparedProposal): Evaluation {
  const isHandOver = proposal.tool === HAND_OVER;
  const says = world.agents.has(agent)
    ? `No pact in force binds ${agent}`
    : `${agent} is not registered; register it with surety agent add ${agent}`;
  const reason: Reason = {
    id: 'default',
    says,
    kind: 'default',
    severity: 'major',
    why: 'default',
    decision: 'deny',
    enforced: true,
    values: {},
  };
  // A drill of the stop has to see that it was the stop that denied.
  const stop: Reason = { ...reason, id: 'stopped', says: 'This agent is stopped', kind: 'stopped', why: 'stopped' };
  const reasons = world.agents.get(agent)?.stopped ? [stop, reason] : [reason];
  const decision = isHandOver ? 'allow' : 'deny';
  return {
    decision,
    enforced: true,
    effect: decision,
    lane: null,
    state: stateIn(world.agents, agent, undefined),
    reasons: isHandOver ? [] : reasons,
    tell_the_agent: isHandOver ? '' : `This is not allowed: ${says}.`,
    tell_the_human: says,
    owner: undefined,
    duties: [],
    routed_to: isHandOver ? '' : undefined,
    args: JSON.parse(argsText) as Json,
    charges: [],
    money: undefined,
  };
}

/** The approval of exactly these arguments under this pact, in this conversation, not used yet. */
function approvalFor(world: World, command: PreparedProposal, now: number): HoldStanding | undefined {
  for (const [action, digest] of command.approvals) {
    const hold = world.answered.get(action);
    if (!hold || digest !== command.argsSha256 || !isUsable(hold, now)) continue;
    if (hold.agent !== command.agent || hold.tool !== command.proposal.tool) continue;
    if (hold.pact === command.pact?.digest) return hold;
  }
  return undefined;
}

/** What a person has approved is allowed, unless a `never` has begun to fire since. */
function approved(world: World, evaluation: Evaluation, hold: HoldStanding, pact: Pact | undefined): Evaluation {
  // What the approval itself has reserved is room for this very action.
  const overrides = [...(pact ? limitsOf(pact, hold) : []), ...world.limits.reservedBy(hold.action)];
  const against = standsAgainst(evaluation, overrides);
  if (against.length > 0 || evaluation.effect === 'allow') return evaluation;
  return { ...evaluation, decision: 'allow', enforced: true, effect: 'allow', reasons: [], tell_the_agent: '' };
}

const within = ({ agent, ref, customer }: PreparedProposal) => ({
  agent,
  conversation: ref.name,
  ...(customer ? { customer: customer.name } : {}),
});

const CHANNEL = /^[a-z][a-z0-9_.-]{0,95}$/i;
/** A pact names channels by words; other text may be anything, and stays out of the ledger. */
const channelOf = ({ channel }: PreparedProposal['ref']) =>
  channel !== undefined && CHANNEL.test(channel) ? { channel } : {};

/** The operator's names for the conversation and its customer, where they are new. */
function naming(world: World, { ref, customer, subject }: PreparedProposal, moment: Moment) {
  const known = world.conversations.get(ref.name);
  if (known && (known.customer !== null || !customer)) return {};
  const names = { conversation_id: ref.id, ...(ref.customer === undefined ? {} : { customer_id: ref.customer }) };
  return { named: moment.commit(subject, 'names', names) };
}

function observed(world: World, command: PreparedProposal, moment: Moment): Draft[] {
  const { fresh, id, subject, ref } = command;
  if (fresh.length === 0) return [];
  const content = moment.commit(subject, 'steps', plainText(fresh));
  const data: DataOf<'trace.observed'> = {
    ...within(command),
    ...channelOf(ref),
    steps: fresh.length,
    content,
    ...naming(world, command, moment),
  };
  return [{ id: `${id}/trace`, type: 'trace.observed', data }];
}

function proposed(world: World, command: PreparedProposal, moment: Moment): Draft {
  const { id, call, proposal, ref, subject, argsText, fresh } = command;
  const { tool, lane, confidence, calls_in_turn, text_in_turn } = proposal;
  const data: DataOf<'action.proposed'> = {
    ...within(command),
    call,
    tool,
    args: moment.commit(subject, 'args', argsText),
    ...channelOf(ref),
    ...(lane === undefined ? {} : { lane }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(calls_in_turn === undefined ? {} : { calls_in_turn }),
    ...(text_in_turn === undefined ? {} : { text_in_turn }),
    ...(fresh.length === 0 ? naming(world, command, moment) : {}),
  };
  return { id, type: 'action.proposed', data };
}

function decided(
  command: PreparedProposal,
  evaluation: Evaluation,
  approval: HoldStanding | undefined,
  moment: Moment,
): Draft {
  const { id, proposal, pact, subject, answers, offset } = command;
  const { decision, enforced, lane, state, reasons, charges, money, duties, routed_to } = evaluation;
  const zone = pact && offset(pact.zone, moment.at);
  const detail = detailOf(evaluation, answers);
  const data: DataOf<'action.decided'> = {
    action: id,
    ...within(command),
    tool: proposal.tool,
    lane,
    state,
    decision,
    enforced,
    reasons: reasons.map(({ id: rule, why, decision: alone, severity, enforced: counts, cause, fact }) => ({
      id: rule,
      why,
      decision: alone,
      severity,
      enforced: counts,
      ...(cause === undefined ? {} : { cause }),
      ...(fact === undefined ? {} : { fact }),
    })),
    pact: pact?.digest ?? null,
    ...(zone === undefined ? {} : { offset: zone }),
    ...(pact && money !== undefined ? { money: { currency: pact.currency, minor: money } } : {}),
    ...(evaluation.effect === 'allow' && charges.length > 0 ? { charges: charges.map(toCharge) } : {}),
    ...(duties.length > 0 ? { duties: [...duties] } : {}),
    ...(detail === undefined ? {} : { detail: moment.commit(subject, 'detail', detail) }),
    ...holdOf(command, evaluation, moment.at),
    ...(routed_to === undefined ? {} : { routed_to: routeOf(command, routed_to) }),
    ...(approval && evaluation.effect === 'allow' ? { approval: approval.action } : {}),
  };
  const stream = lane === null ? {} : { stream: `${command.agent}/${lane}` };
  return { id: `${id}/decided`, type: 'action.decided', ...stream, data };
}

const toCharge = ({ limit, key, amount, window }: Evaluation['charges'][number]) => ({
  limit,
  key,
  amount,
  ...(window === undefined ? {} : { window }),
});

/** What cannot be read from the entry: values, what agent and person are told, the answers of sources. */
function detailOf(
  { reasons, tell_the_agent, tell_the_human }: Evaluation,
  answers: ReadonlyMap<string, Json>,
): string | undefined {
  if (reasons.length === 0 && answers.size === 0) return undefined;
  const detail = { reasons, tell_the_agent, tell_the_human, sources: Object.fromEntries(answers) };
  return plainText(detail);
}

function holdOf(
  { pact }: PreparedProposal,
  { decision, enforced, owner }: Evaluation,
  at: number,
): Pick<DataOf<'action.decided'>, 'hold'> {
  const who = owner === undefined ? undefined : pact?.file.owners[owner];
  if (decision !== 'hold' || !enforced || owner === undefined || !who) return {};
  const answer_by = at + who.answer_within;
  const expires = who.then === 'keep_holding' ? null : answer_by + (who.if_late?.after ?? 0);
  return { hold: { owner, answer_by, expires, then: who.then } };
}

/** A hand-over goes to a queue that the pact lists, or to an owner by name. */
function routeOf({ pact, proposal }: PreparedProposal, routed: string): { queue: string | null; owner: string | null } {
  const owner = pact?.tools.get(proposal.tool)?.queues.get(routed);
  if (owner !== undefined) return { queue: routed, owner };
  return { queue: null, owner: routed === '' ? null : routed };
}
