/** Lets a stopped agent go on, in a lane or everywhere; releases a lane that was suspended. With the reason. */
import type { ResumeAgent } from '@surety/core/wire';
import { gateState } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { askFor, getAgent, laneOf, prepareStanding, type Standing } from './standing.ts';

export async function resumeAgent(context: Context, actor: Actor, agent: string, body: ResumeAgent, id: string) {
  const command = await prepareStanding(context, actor, agent, body.lane, body.reason, id);
  return context.writer.perform(RESUME, askFor(context, actor, command, ['resume']));
}

const RESUME: Operation<Standing, { receipt: { seq: number } }> = {
  route: 'agent.resume',
  decide(world, command, moment) {
    const { agent: name, lane } = command;
    const agent = getAgent(world, name);
    const isStopped = agent.stopped || Object.values(agent.lanes).some(({ stopped }) => stopped);
    const isSuspended = lane !== undefined && gateState(world, name, lane, moment.at) === 'suspended';
    if (!isStopped && !isSuspended)
      throw new ConflictError(
        'agent.state',
        `${name} is not stopped; a lane that is suspended is released by its name`,
      );
    const reason = moment.commit(command.staff, 'reason', (command.reason ?? '').toWellFormed());
    return [{ id: command.id, type: 'agent.resumed', data: { agent: name, ...laneOf(command), reason } }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};
