/** What the agent's side must know for when the gate cannot be reached: lanes, modes, reads, hand-over. */
import { isHandOver } from '@surety/core/pact';
import type { AnswerOf } from '@surety/core/wire';
import { isStopped } from '@surety/core/world';
import type { Context } from '../context.ts';
import { boundPacts } from './standing.ts';

type Guide = AnswerOf<'agent.guide'>;

export async function guideAgent(context: Context, agent: string): Promise<Guide> {
  const tools: Guide['tools'] = {};
  for (const pact of await boundPacts(context, agent)) {
    for (const read of pact.reads) tools[read] = { lane: null, mode: 'enforce', when_unreachable: 'deny', is: 'read' };
    for (const [name, lane] of Object.entries(pact.file.lanes))
      for (const [tool, file] of Object.entries(lane.may))
        tools[tool] = {
          lane: name,
          mode: lane.mode,
          when_unreachable: lane.when_unreachable ?? 'hold',
          is: isHandOver(tool, file) ? 'hand_over' : (file.is ?? 'action'),
        };
  }
  return { agent, stopped: isStopped(context.writer.world.agents, agent, undefined), tools };
}
