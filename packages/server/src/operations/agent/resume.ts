/** Lets a stopped agent go on, in a lane or everywhere; releases a lane that was suspended. With the reason. */
import type { ResumeAgent } from '@surety/core/wire';
import { type AgentStanding, gateState } from '@surety/core/world';
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
    checkStopped(
      getAgent(world, name),
      lane,
      lane !== undefined && gateState(world, name, lane, moment.at) === 'suspended',
    );
    const reason = moment.commit(command.staff, 'reason', (command.reason ?? '').toWellFormed());
    return [{ id: command.id, type: 'agent.resumed', data: { agent: name, ...laneOf(command), reason } }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};

/** Whoever resumes an agent hears yes only where it then acts again. */
function checkStopped({ name, stopped, lanes }: AgentStanding, lane: string | undefined, isSuspended: boolean): void {
  if (lane === undefined) {
    if (stopped || Object.values(lanes).some((one) => one.stopped)) return;
    throw new ConflictError('agent.state', `${name} is not stopped; to resume it in a suspended lane, name the lane`);
  }
  if (stopped)
    throw new ConflictError('agent.state', `${name} is stopped in every lane; resume it without naming a lane`);
  if (isSuspended || (Object.hasOwn(lanes, lane) && lanes[lane]?.stopped)) return;
  throw new ConflictError('agent.state', `${name} is neither stopped nor suspended in ${lane}`);
}
