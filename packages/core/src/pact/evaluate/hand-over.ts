/**
 * Giving the conversation to a person succeeds always: in every trust state, past every rule, limit, stop and outage.
 * A `never` that fires and an unknown queue only send it to the lane's owner; doubt does so without a violation.
 */
import type { Reason } from '../../terms/decision.ts';
import type { RecordValue } from '../condition/unknown.ts';
import type { Pact, ToolPlan } from '../pact.ts';
import type { Evaluation } from './evaluation.ts';
import { frameOf, readArgs } from './read-proposal.ts';
import { judgeRules } from './reasons.ts';
import type { Situation } from './situation.ts';
import { stratumOf } from './stratum.ts';

export function handOver(pact: Pact, tool: ToolPlan, situation: Situation): Evaluation {
  const read = readArgs(pact, tool, situation);
  const found = 'reason' in read ? [read.reason] : judgeRules(tool.rules, frameOf(pact, tool, situation, read));
  const args = 'reason' in read ? undefined : (read.value as RecordValue);
  const queue = typeof args?.['queue'] === 'string' ? args['queue'] : undefined;
  const reasons = found.map((reason): Reason => ({ ...reason, decision: 'allow' }));
  return {
    decision: 'allow',
    enforced: true,
    effect: 'allow',
    lane: tool.lane?.name ?? null,
    state: situation.state,
    stratum: tool.lane && stratumOf(pact, situation),
    reasons,
    tell_the_agent: '',
    tell_the_human: reasons[0]?.says ?? '',
    owner: undefined,
    duties: situation.memory
      .duties(situation.now)
      .filter(({ open, duty }) => open && !duty.does.has(tool.tool))
      .map(({ duty }) => duty.id),
    // What is only on trial is recorded, and redirects nothing.
    routed_to: queue === undefined || found.some(({ enforced }) => enforced) ? ownerOf(pact, tool, situation) : queue,
    args: 'reason' in read ? (situation.proposal.args ?? {}) : read.clean,
    charges: [],
    money: undefined,
  };
}

/** The owner of the hand-over's lane; of an unlisted hand-over, that of the conversation's last lane, else of the first. */
function ownerOf(pact: Pact, tool: ToolPlan, { memory }: Situation): string {
  const [first] = pact.lanes.values();
  return (tool.lane ?? memory.lastLane ?? first)?.owner ?? '';
}
