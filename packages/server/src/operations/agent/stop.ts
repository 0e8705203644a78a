/** Stops an agent at once, in a lane or everywhere: its next action is denied, and its open conversations reach people. */
import type { StopAgent } from '@surety/core/wire';
import type { Context } from '../context.ts';
import type { Actor, Operation } from '../operation.ts';
import { handOvers, type StopAnswer, stopAnswer } from './hand-over-open.ts';
import { askFor, getAgent, laneOf, prepareStanding, reasonOf, type Standing } from './standing.ts';

export async function stopAgent(
  context: Context,
  actor: Actor,
  agent: string,
  body: StopAgent,
  id: string,
): Promise<StopAnswer> {
  const command = await prepareStanding(context, actor, agent, body.lane, body.reason, id);
  return context.writer.perform(STOP, askFor(context, actor, command, ['stop']));
}

const STOP: Operation<Standing, StopAnswer> = {
  route: 'agent.stop',
  decide(world, command, moment) {
    getAgent(world, command.agent);
    const data = { agent: command.agent, ...laneOf(command), ...reasonOf(command, moment) };
    return [{ id: command.id, type: 'agent.stopped', data }, ...handOvers(world, command, 'agent.stopped')];
  },
  answer: stopAnswer,
};
