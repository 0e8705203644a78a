/** Judges an action as `evaluate` does and tells everything it looked at: what passed too, with the values it saw. */
import type { Cause, Reason } from '../../terms/decision.ts';
import type { Json } from '../../terms/json.ts';
import { Unknown, type Value } from '../condition/unknown.ts';
import type { LimitPlan, Pact, Place, RuleName, ToolPlan } from '../pact.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { autonomyIn, type DecisionFrame } from './decision-frame.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { boundOf } from './limit-reasons.ts';
import { frameOf, readArgs } from './read-proposal.ts';
import type { Situation } from './situation.ts';

/** A rule that speaks about the tool, a limit it counts under, or a duty of the pact. */
export interface RuleFinding extends Omit<RuleName, 'lane'> {
  readonly outcome: 'fired' | 'passed';
  /** Of `fired`. */
  readonly reason: Reason | undefined;
  /** Of `passed`: what it came out with. */
  readonly values: Readonly<Record<string, Json>>;
  readonly at: Place;
}

export interface LimitFinding {
  readonly limit: LimitPlan;
  /** What the action takes of it; undefined where that is in doubt. */
  readonly amount: number | undefined;
  readonly at_most: number;
}

export interface FactFinding {
  readonly name: string;
  readonly from: 'trace' | 'table' | 'http' | 'caller';
  readonly value: Json;
  readonly cause: Cause | undefined;
  /** Of the trace: the number of the step it was taken from, from 0. */
  readonly step: number | undefined;
}

export interface Inspection {
  readonly evaluation: Evaluation;
  /** Empty where no rule was asked: a read, a tool of no lane, arguments that do not fit. */
  readonly rules: readonly RuleFinding[];
  readonly limits: readonly LimitFinding[];
  readonly facts: readonly FactFinding[];
}

/** @example inspect(pact, situation).rules.filter(({ outcome }) => outcome === 'passed') */
export function inspect(pact: Pact, situation: Situation): Inspection {
  const evaluation = evaluate(pact, situation);
  const { tool: name } = situation.proposal;
  const tool = pact.reads.has(name) ? undefined : pact.tools.get(name);
  const isRefused = evaluation.reasons.some(({ id }) => id === 'schema' || id === 'default');
  const read = tool && !isRefused ? readArgs(pact, tool, situation) : undefined;
  if (!tool || !read || 'reason' in read) return { evaluation, rules: [], limits: [], facts: [] };
  const frame = frameOf(pact, tool, situation, read);
  const reasons = new Map(evaluation.reasons.map((reason) => [reason.id, reason]));
  const values = tool.rules.map(({ condition }) => condition.run(unpaid(frame)));
  const uses = usesOf(tool, frame, situation);
  // Now, since telling what a rule saw reads what the rule itself never came to.
  const facts = factsSeen(pact, tool, frame);
  const rules = [
    ...conditions(tool, frame, values, reasons),
    ...limits(tool, reasons),
    ...duties(pact, situation, reasons),
  ];
  return { evaluation, rules, limits: uses, facts };
}

type Reasons = ReadonlyMap<string, Reason>;

/** What is looked at here is not paid for by the decision, which was made before. */
function unpaid(frame: DecisionFrame): DecisionFrame {
  frame.budget = PACT_LIMITS.stepsPerDecision;
  return frame;
}

const conditions = (
  { rules }: ToolPlan,
  frame: DecisionFrame,
  came: readonly Value[],
  reasons: Reasons,
): RuleFinding[] =>
  rules.map(({ id, says, kind, severity, enforced, at, leaves }, i) => {
    const value = came[i];
    const values = typeof value === 'boolean' ? toJson(leaves(unpaid(frame), value)) : {};
    return found({ id, says, kind, severity, enforced, at }, reasons, values as Record<string, Json>);
  });

const limits = (tool: ToolPlan, reasons: Reasons): RuleFinding[] =>
  tool.limits.map(({ id, says, severity, enforced, at }) =>
    found({ id, says, kind: 'limit', severity, enforced, at }, reasons, {}),
  );

function duties(pact: Pact, { memory, now }: Situation, reasons: Reasons): RuleFinding[] {
  const standing = new Map(memory.duties(now).map(({ duty, open, missed }) => [duty.id, { open, missed }]));
  return pact.duties.map(({ id, says, severity, enforced, at }) => {
    const { open = false, missed = false } = standing.get(id) ?? {};
    return found({ id, says, kind: 'must', severity, enforced, at }, reasons, { open, missed });
  });
}

function found(
  rule: Pick<RuleFinding, 'id' | 'says' | 'kind' | 'severity' | 'enforced' | 'at'>,
  reasons: Reasons,
  values: Readonly<Record<string, Json>>,
): RuleFinding {
  const reason = reasons.get(rule.id);
  return { ...rule, outcome: reason ? 'fired' : 'passed', reason, values };
}

const usesOf = ({ limits, lane }: ToolPlan, frame: DecisionFrame, { state }: Situation): LimitFinding[] =>
  limits.map((limit) => {
    const amount = limit.amount ? limit.amount(unpaid(frame)) : 1;
    return {
      limit,
      amount: typeof amount === 'number' ? Math.max(0, amount) : undefined,
      at_most: boundOf(limit, autonomyIn(lane, state)),
    };
  });

/** Facts that some rule read; definitions are expressions, no facts. */
function factsSeen(pact: Pact, { slots }: ToolPlan, frame: DecisionFrame): FactFinding[] {
  const seen: FactFinding[] = [];
  for (const [slot, { name }] of slots.entries()) {
    const value = frame.values[slot];
    const from = pact.file.facts?.[name]?.from;
    if (value === undefined || from === undefined) continue;
    const step = from === 'trace' ? frame.steps[slot] : undefined;
    seen.push({
      name,
      from,
      value: toJson(value),
      cause: value instanceof Unknown ? value.cause : undefined,
      step: step === undefined || step < 1 ? undefined : step - 1,
    });
  }
  return seen;
}

/** As JSON: what is not known is null, and what could not be read of a record is left out. */
function toJson(value: Value): Json {
  if (value instanceof Unknown) return null;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: Value) => toJson(one));
  const entries =
    value instanceof Map ? [...value].map(([key, of]) => [String(key), of] as const) : Object.entries(value);
  return Object.fromEntries(
    entries.flatMap(([key, of]) => (of === undefined || of instanceof Unknown ? [] : [[key, toJson(of as Value)]])),
  );
}
