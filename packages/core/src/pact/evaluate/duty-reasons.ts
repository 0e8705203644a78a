/** A missed duty holds every further action of the agent in the conversation, except the duty itself. */
import type { Reason } from '../../terms/decision.ts';
import type { Situation } from './situation.ts';

export function dutyReasons({ memory, now }: Situation, tool: string): Reason[] {
  return memory
    .duties(now)
    .filter(({ duty, open, missed }) => open && missed && duty.holdsWhenMissed && !duty.does.has(tool))
    .map(({ duty: { id, says, severity, enforced, at } }) => ({
      id,
      says,
      kind: 'must',
      severity,
      why: 'duty',
      decision: 'hold',
      enforced,
      at,
      values: {},
    }));
}
