/** Lets a stopped agent go on, in a lane or everywhere, with the reason. */
import type { ResumeAgent } from '@surety/core/wire';
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
    const agent = getAgent(world, command.agent);
    const isStopped = agent.stopped || Object.values(agent.lanes).some(({ stopped }) => stopped);
    if (!isStopped) throw new ConflictError('agent.state', `${command.agent} is not stopped`);
    const reason = moment.commit(command.staff, 'reason', (command.reason ?? '').toWellFormed());
    return [{ id: command.id, type: 'agent.resumed', data: { agent: command.agent, ...laneOf(command), reason } }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};
