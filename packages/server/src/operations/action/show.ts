/** Where an action stands: what was decided, what a person answered, whether it may run now. */
import type { Placed } from '@surety/core/evidence';
import type { ActionStanding } from '@surety/core/wire';
import { effectOf, type HoldAnswer, isStopped, isUsable } from '@surety/core/world';
import type { Context } from '../context.ts';
import type { Actor } from '../operation.ts';
import { fromWireId, toActionId, toHoldId } from '../personal/names.ts';
import { openedFrom, toPlaced } from '../writing/placed.ts';
import { detailOf, parseArgs } from './answer.ts';
import { checkAgent } from './propose.ts';

export async function showAction(context: Context, actor: Actor, actionId: string): Promise<ActionStanding> {
  const id = fromWireId(actionId);
  const { proposed, decided } = await context.records.get(id);
  checkAgent(actor, proposed.data.agent);
  // A stop or an answer of another node counts here too; and none before it is durable.
  await context.writer.catchUp();
  const { world, position } = context.writer;
  const hold = world.holds.get(id) ?? world.answered.get(id);
  const isDurable = hold?.answered ? hold.answered.seq < position.size : true;
  const [reported] = (await context.store.find([`${id}/report`])).map(toPlaced);
  const answered = hold?.answered ?? (decided.data.hold ? await answeredBefore(context, id) : null);
  const stopped = isStopped(world.agents, proposed.data.agent, decided.data.lane ?? undefined);
  const isApproved = hold !== undefined && isDurable && isUsable(hold, context.clock()) && !stopped;
  const isAllowed = effectOf(decided.data) === 'allow' && !(stopped && isStoppable(decided));
  const opened = await context.subjects.open(context.store, answered ? [decided.seq, answered.seq] : [decided.seq]);
  const values = new Map([...opened].map(([name, { value }]) => [name, value]));
  const detail = detailOf(decided, openedFrom(values));
  const edited = answered?.answer === 'edited' && answered.args !== null ? values.get(answered.args) : undefined;
  return {
    id: toActionId(id),
    decision: decided.data.decision,
    enforced: decided.data.enforced,
    may_run: reported === undefined && (isAllowed || isApproved),
    ...(typeof edited === 'string' ? { edited_args: parseArgs(edited) } : {}),
    tell_the_agent: answered ? tell(answered, { stopped, isApproved }) : detail.tell_the_agent,
    ...(decided.data.hold
      ? {
          hold: {
            id: toHoldId(id),
            owner: decided.data.hold.owner,
            answer: answered?.answer ?? 'open',
            by: answered?.by ?? null,
            reason: answered?.reason ?? null,
          },
        }
      : {}),
    reported: reported ? (reported.type === 'action.executed' ? 'executed' : 'failed') : null,
    receipt: { seq: decided.seq },
  };
}

/** Of a hold whose answer has left the world. */
async function answeredBefore(context: Context, id: string): Promise<HoldAnswer | null> {
  const [entry] = (await context.store.find([`${id}/answer`])).map(toPlaced) as Placed<'hold.answered'>[];
  if (!entry) return null;
  const { answer, reason = null } = entry.data;
  return { seq: entry.seq, answer, by: entry.by, at: entry.at, args: null, reason, used: true };
}

/** A stop takes neither reads, which are in no lane, nor the way to a person. */
const isStoppable = ({ data }: Placed<'action.decided'>): boolean => data.lane !== null && data.routed_to === undefined;

const OVER = 'The approval of this was used or is over, so it does not run. Propose it again if it is still wanted.';

function tell({ answer }: HoldAnswer, { stopped, isApproved }: { stopped: boolean; isApproved: boolean }): string {
  if (stopped) return 'This agent is stopped; a person takes over.';
  switch (answer) {
    case 'approved':
      return isApproved ? 'A person approved this. Go on with exactly these arguments.' : OVER;
    case 'edited':
      return isApproved ? 'A person changed the arguments. Go on with the changed ones.' : OVER;
    case 'refused':
      return 'A person refused this. Do not try it again; offer another way or hand over.';
    case 'expired':
      return 'Nobody answered in time, so this does not happen. Offer to hand over to a person.';
  }
}
