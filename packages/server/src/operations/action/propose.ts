/** An agent proposes an action: it is decided before it happens, and both are on the record before the answer. */
import type { Evaluation, Pact } from '@surety/core/pact';
import type { ActionAnswer, ProposeAction } from '@surety/core/wire';
import { decideIn, type HoldStanding, isUsable, standsAgainst, type World } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, ForbiddenError, StaleError, UnavailableError } from '../errors.ts';
import { limitsOf } from '../hold/held.ts';
import type { Actor, Operation } from '../operation.ts';
import { toActionAnswer } from './answer.ts';
import { decided, observed, proposed } from './entries.ts';
import { givenFrom } from './gather.ts';
import {
  hasOtherApprovals,
  inUnicode,
  isBehind,
  isHandOver,
  isRebound,
  type PreparedProposal,
  prepareProposal,
} from './proposal.ts';
import { unbound, unjudged } from './unjudged.ts';

/** A conversation in which more happened each time: the last proposal of it is decided in doubt, which holds it. */
const PREPARED_AT_MOST = 4;

export async function proposeAction(context: Context, actor: Actor, asked: ProposeAction): Promise<ActionAnswer> {
  const body = inUnicode(asked);
  checkAgent(actor, body.agent);
  let isOfItsOwn = false;
  for (let tries = 1; ; tries++) {
    const prepared = await prepareProposal(context, body, mayVouch(actor) ? actor.by : undefined);
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

const mayVouch = ({ roles, scopes }: Actor): boolean => !roles.includes('agent') || scopes.includes('facts');

/** Some frameworks number their calls anew each turn: a hand-over whose id was used before goes by what it asks. */
const ownId = ({ names }: Context, { agent, ref, call, proposal, argsSha256 }: PreparedProposal): string =>
  names.action(agent, ref.id, `${call}\n${proposal.tool}\n${argsSha256}`);

/** An agent's key speaks for that agent alone. */
export function checkAgent(actor: Actor, agent: string): void {
  if (actor.roles.includes('agent') && actor.by !== `agent:${agent}`)
    throw new ForbiddenError('agent.forbidden', `This key is of ${actor.by.slice(6)}; it cannot act for ${agent}`);
}

export interface Command extends PreparedProposal {
  /** It is not prepared once more. */
  readonly isLast: boolean;
}

export const PROPOSE: Operation<Command, ActionAnswer> = {
  route: 'action.propose',
  decide(world, asked, moment) {
    const isOld = asked.remembered !== undefined && isBehind(world, asked.remembered);
    const behind = isOld || hasOtherApprovals(world, asked);
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

/** Doubt is never `allow`: a judgement that fails, through a defect of ours, holds. */
function judge(world: World, command: PreparedProposal, now: number): Evaluation {
  try {
    return judgeBound(world, command, now);
  } catch {
    return unjudged(world, command);
  }
}

function judgeBound(world: World, command: PreparedProposal, now: number): Evaluation {
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
    given: givenFrom(pact, answers, vouched.facts),
    judges: {},
    conflicts,
    undatedIsFresh: false,
    draw,
  });
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
