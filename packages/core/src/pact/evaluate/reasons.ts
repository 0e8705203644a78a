/** Judges the rules of a tool: each gives a reason when it fires or is in doubt, and nothing when it is silent. */
import type { Decision, Reason, ReasonWhy } from '../../terms/decision.ts';
import type { Unknown } from '../condition/unknown.ts';
import type { RulePlan } from '../pact.ts';
import type { DecisionFrame } from './decision-frame.ts';

export function judgeRules(rules: readonly RulePlan[], frame: DecisionFrame): Reason[] {
  const reasons: Reason[] = [];
  for (const rule of rules) {
    const value = rule.condition.run(frame);
    if (value === !rule.firesWhen) continue;
    reasons.push(value === rule.firesWhen ? fired(rule, frame) : doubted(rule, value as Unknown));
  }
  return reasons;
}

const named = ({ id, says, kind, severity, enforced, at }: RulePlan) => ({ id, says, kind, severity, enforced, at });

const fired = (rule: RulePlan, frame: DecisionFrame): Reason => ({
  ...named(rule),
  why: 'fired',
  decision: rule.onFire,
  values: rule.leaves(frame, rule.firesWhen),
});

const doubted = (rule: RulePlan, unknown: Unknown): Reason => ({
  ...named(rule),
  why: 'doubt',
  decision: rule.onDoubt,
  ...because(unknown),
  values: {},
});

/** What a doubt is about. */
export const because = ({ cause, fact, path }: Unknown): Pick<Reason, 'cause' | 'fact' | 'path'> => ({
  cause,
  ...(fact === undefined ? {} : { fact }),
  ...(path ? { path } : {}),
});

/** A reason of the gate itself, whose id is what it is. */
export const gateReason = (
  id: Extract<ReasonWhy, 'state' | 'sample' | 'schema' | 'default' | 'stopped' | 'trace_conflict'>,
  decision: Decision,
  enforced: boolean,
  says: string,
): Reason => ({ id, says, kind: id, severity: 'major', why: id, decision, enforced, values: {} });
