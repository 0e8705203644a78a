/** Looks at the cumulative limits of a tool: what the action would be charged, and which limit has no room for it. */
import type { Reason } from '../../terms/decision.ts';
import { type RecordValue, Unknown } from '../condition/unknown.ts';
import type { LimitPlan, ToolPlan } from '../pact.ts';
import { autonomyIn, type DecisionFrame } from './decision-frame.ts';
import type { Charge } from './evaluation.ts';
import { because } from './reasons.ts';
import type { Situation } from './situation.ts';

export interface LimitFindings {
  readonly reasons: readonly Reason[];
  readonly charges: readonly Charge[];
}

export function judgeLimits(tool: ToolPlan, frame: DecisionFrame, situation: Situation): LimitFindings {
  const reasons: Reason[] = [];
  const charges: Charge[] = [];
  const autonomy = autonomyIn(tool.lane, situation.state);
  for (const limit of tool.limits) {
    const key = keyOf(limit, situation);
    const amount = limit.amount ? limit.amount(frame) : 1;
    const doubt = key instanceof Unknown ? key : typeof amount === 'number' ? undefined : (amount as Unknown);
    if (doubt) {
      reasons.push({ ...named(limit), why: 'doubt', decision: 'hold', ...because(doubt), values: {} });
      continue;
    }
    const used = situation.used(limit, key as string);
    // A negative amount uses nothing up: it must not make room for others.
    const charged = Math.max(0, amount as number);
    const charge = { limit: limit.id, key: key as string, amount: charged, window: limit.window, used };
    charges.push(charge);
    const atMost = boundOf(limit, autonomy);
    if (used + charge.amount > atMost)
      reasons.push({
        ...named(limit),
        why: 'limit',
        decision: limit.otherwise,
        values: { used, amount: charge.amount, at_most: atMost },
      });
  }
  return { reasons, charges };
}

const named = ({ id, says, severity, enforced, at }: LimitPlan) => ({
  id,
  says,
  kind: 'limit' as const,
  severity,
  enforced,
  at,
});

export const boundOf = ({ atMost }: LimitPlan, autonomy: RecordValue): number =>
  typeof atMost === 'number' ? atMost : ((autonomy[atMost.parameter] as number | undefined) ?? 0);

/** Whose use is counted together. A customer nobody knows is in doubt. */
function keyOf(limit: LimitPlan, { conversation, agent, countedAs }: Situation): string | Unknown {
  switch (limit.per) {
    case 'conversation':
      return countedAs?.conversation ?? conversation.id;
    case 'customer':
      return (
        (countedAs ? countedAs.customer : conversation.customer) ??
        new Unknown('missing_fact', 'conversation', 'customer')
      );
    case 'agent':
      return agent;
    case 'pact':
      return '';
  }
}
