/**
 * What the agent and the person are told. The agent hears how to go on well: what is missing, which tool supplies it;
 * never a condition, nor a value that is not in the rule's own text.
 */
import type { Decision, Reason } from '../../terms/decision.ts';
import type { Run } from '../condition/run.ts';
import type { Pact, ToolPlan } from '../pact.ts';
import type { DecisionFrame } from './decision-frame.ts';

export function tellTheAgent(
  pact: Pact,
  tool: ToolPlan | undefined,
  decision: Decision,
  reasons: readonly Reason[],
  frame: DecisionFrame | undefined,
): string {
  const [first] = reasons;
  if (decision === 'allow' || !first) return '';
  if (first.why === 'doubt') {
    const source = first.fact === undefined ? undefined : supplierOf(pact, first.fact);
    const follows = decision === 'deny' ? 'it is not allowed' : 'a person decides';
    return source
      ? `Look this up first with ${source}. Until then ${follows}: ${first.says}.`
      : `This could not be checked, so ${follows}: ${first.says}.`;
  }
  const own = textOf(tool?.rules.find(({ id }) => id === first.id)?.tellTheAgent, frame);
  if (own !== undefined) return own;
  return decision === 'hold' ? `A person decides this: ${first.says}.` : `This is not allowed: ${first.says}.`;
}

export function tellTheHuman(
  tool: ToolPlan | undefined,
  reasons: readonly Reason[],
  frame: DecisionFrame | undefined,
): string {
  for (const { id } of reasons) {
    const own = textOf(tool?.rules.find((rule) => rule.id === id)?.tellTheHuman, frame);
    if (own !== undefined) return own;
  }
  return reasons[0]?.says ?? '';
}

function textOf(run: Run | undefined, frame: DecisionFrame | undefined): string | undefined {
  const text = run && frame ? run(frame) : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** `get_order or find_order`: the tools whose results a fact is taken from. */
function supplierOf(pact: Pact, name: string): string | undefined {
  const fact = pact.memory.facts.find((plan) => plan.name === name);
  return fact && [...fact.sources.keys()].slice(0, 4).join(' or ');
}
