/**
 * How an action is decided: every rule, every limit, every open duty; then the state, a stop, the sample; the
 * strictest wins. Pure: nothing here reads a clock, and doubt never becomes `allow`.
 */
import { type Decision, type Reason, strictest } from '../../terms/decision.ts';
import type { RecordValue } from '../condition/unknown.ts';
import type { Pact, ToolPlan } from '../pact.ts';
import type { ReadArgs } from '../shape/args-schema.ts';
import type { DecisionFrame } from './decision-frame.ts';
import { dutyReasons } from './duty-reasons.ts';
import type { Charge, Evaluation } from './evaluation.ts';
import { handOver } from './hand-over.ts';
import { judgeLimits } from './limit-reasons.ts';
import { frameOf, readArgs } from './read-proposal.ts';
import { gateReason, judgeRules } from './reasons.ts';
import type { Situation } from './situation.ts';
import { stratumOf } from './stratum.ts';
import { tellTheAgent, tellTheHuman } from './tell.ts';

export function evaluate(pact: Pact, situation: Situation): Evaluation {
  const { proposal } = situation;
  if (pact.reads.has(proposal.tool)) return conclude(pact, situation, undefined, [], {});
  const tool = pact.tools.get(proposal.tool);
  if (!tool)
    return conclude(
      pact,
      situation,
      undefined,
      [...stop(situation), gateReason('default', 'deny', true, 'No lane of this pact lets the agent use this tool')],
      {},
    );
  if (tool.is === 'hand_over') return handOver(pact, tool, situation);
  const elsewhere = misplaced(pact, tool, situation);
  if (elsewhere) return conclude(pact, situation, tool, [elsewhere], {});
  const read = readArgs(pact, tool, situation);
  if ('reason' in read) return conclude(pact, situation, tool, [read.reason], {});
  const frame = frameOf(pact, tool, situation, read);
  const limits = judgeLimits(tool, frame, situation);
  const reasons = [
    ...judgeRules(tool.rules, frame),
    ...limits.reasons,
    ...dutyReasons(situation, tool.tool),
    ...standing(tool, situation),
  ];
  const worth = tool.worth?.(frame);
  return conclude(pact, situation, tool, reasons, {
    read,
    frame,
    charges: limits.charges,
    money: typeof worth === 'number' ? worth : moneyOf(tool, read),
  });
}

/** A lane or channel that is not the one the tool belongs to. */
function misplaced(pact: Pact, tool: ToolPlan, { proposal, conversation, anyChannel }: Situation): Reason | undefined {
  const enforced = tool.lane?.enforced ?? true;
  if (proposal.lane !== undefined && proposal.lane !== tool.lane?.name)
    return gateReason(
      'default',
      'deny',
      enforced,
      `This tool belongs to the lane ${tool.lane?.name ?? ''}, not to ${proposal.lane}`,
    );
  const { channels } = pact.file;
  if (channels && !anyChannel && conversation.channel !== undefined && !channels.includes(conversation.channel))
    return gateReason('default', 'deny', enforced, `This pact does not apply to the channel ${conversation.channel}`);
  return undefined;
}

/** A stop is a person's order, not a rule on trial: a lane in shadow is stopped too, and a tool that no lane lists. */
const stop = ({ stopped }: Pick<Situation, 'stopped'>): readonly Reason[] =>
  stopped ? [gateReason('stopped', 'deny', true, 'This agent is stopped')] : [];

/** What speaks against the action beside its rules: a conflict in the trace, a stop, the trust state, the sample. */
function standing(tool: ToolPlan, { conflicts, stopped, state, sampled }: Situation): readonly Reason[] {
  const enforced = tool.lane?.enforced ?? true;
  const reasons: Reason[] = [];
  if (conflicts)
    reasons.push(
      gateReason('trace_conflict', 'hold', enforced, 'The trace that was sent disagrees with what was recorded'),
    );
  reasons.push(...stop({ stopped }));
  if (state === 'suspended')
    reasons.push(gateReason('state', 'deny', enforced, 'This agent is suspended in this lane'));
  if (state === 'supervised')
    reasons.push(gateReason('state', 'hold', enforced, 'A person decides every action of this agent in this lane'));
  if (sampled) reasons.push(gateReason('sample', 'hold', enforced, 'Picked at random for a person to look at'));
  return reasons;
}

function moneyOf(tool: ToolPlan, read: ReadArgs): number | undefined {
  const [name] = tool.schema?.money.keys() ?? [];
  const value = name === undefined ? undefined : (read.value as RecordValue)[name];
  return typeof value === 'number' ? value : undefined;
}

interface Findings {
  readonly read?: ReadArgs;
  readonly frame?: DecisionFrame;
  readonly charges?: readonly Charge[];
  readonly money?: number | undefined;
}

const effectOf = (reasons: readonly Reason[]): Decision => strictest(reasons.map(({ decision }) => decision));

function conclude(
  pact: Pact,
  situation: Situation,
  tool: ToolPlan | undefined,
  found: readonly Reason[],
  { read, frame, charges, money }: Findings,
): Evaluation {
  const reasons = [...found].sort(byStrictness);
  const effect = effectOf(reasons.filter(({ enforced }) => enforced));
  const decision = effect === 'allow' ? effectOf(reasons) : effect;
  // What is in shadow is told only where nothing else speaks: the agent hears what holds it back.
  const telling = effect === 'allow' ? reasons : reasons.filter(({ enforced }) => enforced);
  return {
    decision,
    enforced: effect === decision,
    effect,
    lane: tool?.lane?.name ?? null,
    state: situation.state,
    stratum: tool?.lane && stratumOf(pact, situation),
    reasons,
    tell_the_agent: tellTheAgent(pact, tool, decision, telling, frame),
    tell_the_human: tellTheHuman(tool, telling, frame),
    owner: decision === 'hold' ? tool?.lane?.owner : undefined,
    duties: situation.memory
      .duties(situation.now)
      .filter(({ open }) => open)
      .map(({ duty }) => duty.id),
    routed_to: undefined,
    args: read?.clean ?? situation.proposal.args ?? {},
    charges: charges ?? [],
    money,
  };
}

const RANK = { deny: 0, hold: 1, allow: 2 } as const;
/** Reasons that are no rule come after the rules of the same strictness. */
const byStrictness = (a: Reason, b: Reason): number =>
  RANK[a.decision] - RANK[b.decision] ||
  (a.at?.line ?? Number.MAX_SAFE_INTEGER) - (b.at?.line ?? Number.MAX_SAFE_INTEGER) ||
  (a.at?.from ?? 0) - (b.at?.from ?? 0);
