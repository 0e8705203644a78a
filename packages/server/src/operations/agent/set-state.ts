/** Sets the trust state of an agent in a lane by hand. */
import type { Draft } from '@surety/core/evidence';
import type { SetState } from '@surety/core/wire';
import { gateState } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, InvalidError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { exposureIn } from './exposure.ts';
import { handOvers, type StopAnswer, stopAnswer } from './hand-over-open.ts';
import { askFor, boundPacts, getAgent, prepareStanding, type Standing } from './standing.ts';

export async function setState(
  context: Context,
  actor: Actor,
  agent: string,
  body: SetState,
  id: string,
): Promise<StopAnswer> {
  const command = await prepareStanding(context, actor, agent, body.lane, body.reason, id);
  if (command.owners.size === 0)
    throw new ConflictError('agent.state', `No pact in force binds ${agent}; publish one before its state is set`);
  if (body.state === 'limited' || body.state === 'autonomous')
    await checkExposure(context, agent, body.lane, body.state);
  return context.writer.perform(
    SET_STATE,
    askFor(context, actor, { ...command, to: body.state }, ['state', body.state]),
  );
}

/** `limited` asks for a finite loss: the most it can lose unreviewed in a week. */
async function checkExposure(
  context: Context,
  agent: string,
  lane: string,
  state: 'limited' | 'autonomous',
): Promise<void> {
  const [pact] = (await boundPacts(context, agent)).filter(({ lanes }) => lanes.has(lane));
  if (pact && exposureIn(pact, lane, state) === null)
    throw new InvalidError(
      'exposure.unbounded',
      `No limit of the pact bounds what ${agent} could lose in ${lane} in a week; add a limit with at_most or count, or leave the lane supervised`,
    );
}

const SET_STATE: Operation<Standing & { readonly to: SetState['state'] }, StopAnswer> = {
  route: 'agent.state',
  decide(world, command, moment): Draft[] {
    const { agent, lane = '', to, id } = command;
    getAgent(world, agent);
    const from = gateState(world, agent, lane, moment.at);
    if (from === to) throw new ConflictError('agent.state', `${agent} is already ${to} in ${lane}`);
    const note =
      command.reason === undefined ? {} : { note: moment.commit(command.staff, 'note', command.reason.toWellFormed()) };
    const data = { agent, lane, from, to, reason: 'by_hand', ...note };
    const moved: Draft = { id, type: 'state.moved', stream: `${agent}/${lane}`, data };
    return to === 'suspended' ? [moved, ...handOvers(world, command, 'state.moved')] : [moved];
  },
  answer: stopAnswer,
};
