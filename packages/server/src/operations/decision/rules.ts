/** Every rule, limit and fact of a decision: as recorded where they fired, and as judged again where they passed. */
import {
  autonomyIn,
  boundOf,
  factUnits,
  type LimitPlan,
  type Pact,
  type RuleFinding,
  unitsOf,
} from '@surety/core/pact';
import type { DecisionFull, FactSeen, LimitUse, RuleOutcome } from '@surety/core/wire';
import { REASONS_MAX } from '../action/recorded-reasons.ts';
import type { ActionRecord } from '../action/records.ts';
import type { Gathered, JudgedAgain } from './judge-again.ts';

type Reason = DecisionFull['reasons'][number];
type Named = Pick<RuleFinding, 'id' | 'says' | 'kind' | 'severity' | 'enforced' | 'at'>;

export function rulesOf(
  { decided }: ActionRecord,
  pact: Pact | undefined,
  reasons: readonly Reason[],
  { inspection, agrees, sentence }: JudgedAgain,
): RuleOutcome[] {
  const recorded = new Map(reasons.map((reason) => [reason.id, reason]));
  const judged = new Map((agrees === false ? [] : (inspection?.rules ?? [])).map((rule) => [rule.id, rule]));
  const why = judged.size > 0 || !inspection || agrees === false ? sentence : NOT_ASKED;
  const { tool } = decided.data;
  return namedFor(pact, tool).map((rule) => {
    const shown = outcomeOf(rule);
    return { ...shown, ...(pact && unitsOf(pact, tool, shown)) };
  });

  function outcomeOf(rule: Named): RuleOutcome {
    const reason = recorded.get(rule.id);
    const again = judged.get(rule.id);
    if (reason) return fired(rule, reason);
    // An approval overrode it, or there were too many to record: it is shown as it stood.
    if (again?.reason && (decided.data.approval !== undefined || reasons.length === REASONS_MAX))
      return fired(rule, again.reason as Reason);
    if (!again || again.reason) return outcome(rule, { outcome: 'not_judged', why });
    return outcome(rule, { outcome: 'passed', values: { ...again.values } });
  }
}

const NOT_ASKED = 'The gate decided before any rule was asked.';

function namedFor(pact: Pact | undefined, name: string): Named[] {
  const tool = pact?.reads.has(name) ? undefined : pact?.tools.get(name);
  if (!pact || !tool) return [];
  const limits = tool.limits.map((limit) => ({ ...limit, kind: 'limit' as const }));
  const duties = tool.is === 'hand_over' ? [] : pact.duties.map((duty) => ({ ...duty, kind: 'must' as const }));
  return [...tool.rules, ...limits, ...duties];
}

const fired = (rule: Named, { why, decision, cause, fact, values }: Reason): RuleOutcome =>
  outcome(rule, { outcome: 'fired', why, decision, cause: cause ?? null, fact: fact ?? null, values });

const outcome = (
  { id, says, kind, severity, enforced, at }: Named,
  came: Partial<RuleOutcome> & Pick<RuleOutcome, 'outcome'>,
): RuleOutcome => ({
  id,
  says,
  kind,
  severity,
  enforced,
  why: null,
  decision: null,
  cause: null,
  fact: null,
  values: {},
  at: { line: at.line, from: at.from, to: at.to },
  ...came,
});

export function limitsOf(
  { decided: { data } }: ActionRecord,
  pact: Pact | undefined,
  reasons: readonly Reason[],
  { used }: Gathered,
  { inspection }: JudgedAgain,
): LimitUse[] {
  const tool = pact?.tools.get(data.tool);
  return (tool?.limits ?? []).map((limit) => {
    const values = reasons.find(({ id }) => id === limit.id)?.values ?? {};
    const amount =
      asNumber(values['amount']) ??
      data.charges?.find((charge) => charge.limit === limit.id)?.amount ??
      inspection?.limits.find((one) => one.limit.id === limit.id)?.amount ??
      null;
    const atMost = asNumber(values['at_most']) ?? boundOf(limit, autonomyIn(tool?.lane, data.state));
    const before = used.get(limit.id) ?? asNumber(values['used']) ?? null;
    return {
      id: limit.id,
      says: limit.says,
      per: limit.per,
      window_ms: limit.window ?? null,
      counts: countedIn(limit),
      used: before,
      amount,
      at_most: atMost,
      left: before === null ? null : Math.max(0, atMost - before),
    };
  });
}

const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function countedIn({ amount, unit }: LimitPlan): LimitUse['counts'] {
  if (!amount) return 'actions';
  return unit === 'money' ? 'money' : 'units';
}

export function factsOf(
  pact: Pact | undefined,
  { vouched }: Gathered,
  { inspection, agrees, seen }: JudgedAgain,
): FactSeen[] {
  if (agrees === false) return [];
  return (inspection?.facts ?? []).map(({ name, from, value, cause = null, step }) => {
    const source = step === undefined ? undefined : seen[step];
    return {
      name,
      from,
      value,
      ...(pact && factUnits(pact, name)),
      cause,
      tool: source?.step.kind === 'call' ? source.step.tool : null,
      seq: source?.seq ?? null,
      by: from === 'caller' && cause === null ? vouched.by : null,
    };
  });
}
