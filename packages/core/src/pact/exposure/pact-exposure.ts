/** The exposure of a pact: its money actions with their caps, and the enforcing limits that bound them. */
import type { TrustState } from '../../terms/decision.ts';
import { autonomyIn } from '../evaluate/decision-frame.ts';
import { boundOf } from '../evaluate/limit-reasons.ts';
import type { LimitPlan, Pact, RulePlan, ToolPlan } from '../pact.ts';
import { moneyOf, sumsUp } from './amounts.ts';
import { capOf } from './cap.ts';
import { type ExposureLimit, type MoneyAction, weeklyExposure } from './weekly-exposure.ts';

/** Amounts in minor units; `by` are the ids of the limits that give the bound. */
export interface Exposure {
  /** Null where nothing bounds it. */
  readonly exposure: number | null;
  /** Money actions that no limit bounds. */
  readonly unbounded: readonly string[];
  readonly by: readonly string[];
  readonly actions: readonly MoneyAction[];
  /** Writing tools with neither a money argument nor a worth: what they lose is not counted. */
  readonly uncounted: readonly string[];
}

export interface PactExposure extends Exposure {
  readonly state: TrustState;
  readonly lanes: Readonly<Record<string, Exposure>>;
}

/** Which rules and limits count: those that are enforced, or would be once their lane is. */
type Counts = (entry: RulePlan | LimitPlan) => boolean;
const whatIsEnforced: Counts = ({ enforced }) => enforced;

/** The most that an agent in `state` can lose unreviewed in a week, of the whole pact and of each lane. */
export function pactExposure(pact: Pact, state: TrustState): PactExposure {
  const lanes = [...pact.lanes.keys()].map((lane): [string, Exposure] => [lane, laneExposure(pact, lane, state)]);
  return {
    state,
    ...exposureOf(pact, state, [...pact.tools.values()], whatIsEnforced),
    lanes: Object.fromEntries(lanes),
  };
}

/** The same of one lane, whose state is its own. */
export function laneExposure(pact: Pact, lane: string, state: TrustState): Exposure {
  return exposureOf(pact, state, toolsOf(pact, lane), whatIsEnforced);
}

/** The same, a lane in shadow taken as enforced: what its limits will bound. */
export function enforcedExposure(pact: Pact, lane: string, state: TrustState): Exposure {
  const { never, ask_a_human_if, limits } = pact.file.lanes[lane] ?? {};
  const written = [never, ask_a_human_if, limits].flatMap((entries) => entries ?? []);
  const tried = new Set(written.filter(({ mode }) => mode === 'shadow').map(({ id }) => id));
  return exposureOf(pact, state, toolsOf(pact, lane), ({ id }) => !tried.has(id));
}

const toolsOf = (pact: Pact, lane: string): readonly ToolPlan[] =>
  [...pact.tools.values()].filter((tool) => tool.lane?.name === lane);

function exposureOf(pact: Pact, state: TrustState, tools: readonly ToolPlan[], counts: Counts): Exposure {
  const written = tools.filter(({ is, lane, schema }) => is !== 'hand_over' && lane && schema);
  const moving = written.filter((tool) => moneyOf(pact, tool).size > 0);
  const actions = moving.map((tool) => ({ tool: tool.tool, cap: capOfTool(pact, tool, state, counts) }));
  const rows = limitsOf(pact, moving, state, counts);
  const { conversations_per_week, customers_per_week } = pact.file.trust ?? {};
  const limits = rows.map(({ limit }) => limit);
  const found = weeklyExposure(state, actions, limits, conversations_per_week ?? null, customers_per_week ?? null);
  const uncounted = written.filter((tool) => !moving.includes(tool)).map(({ tool }) => tool);
  return { ...found, by: found.by.map((place) => rows[place]?.id ?? ''), actions, uncounted };
}

/** With several money arguments, all of them at their caps. */
function capOfTool(pact: Pact, tool: ToolPlan, state: TrustState, counts: Counts): number | null {
  const rules = tool.rules.filter(counts);
  let total = 0;
  for (const [path, maximum] of moneyOf(pact, tool)) {
    const cap = capOf(path, maximum, rules, autonomyIn(tool.lane, state));
    if (cap === null) return null;
    total += cap;
  }
  return total;
}

interface LimitRow {
  readonly id: string;
  readonly limit: ExposureLimit;
}

/** Each limit that counts, once, over those of its tools whose money it really adds up. */
function limitsOf(pact: Pact, tools: readonly ToolPlan[], state: TrustState, counts: Counts): readonly LimitRow[] {
  const rows = new Map<string, { readonly plan: LimitPlan; readonly tools: ToolPlan[] }>();
  for (const tool of tools) {
    for (const plan of tool.limits.filter(counts)) {
      const row = rows.get(plan.id) ?? { plan, tools: [] };
      if (!plan.amount || sumsUp(pact, tool, plan)) row.tools.push(tool);
      rows.set(plan.id, row);
    }
  }
  return [...rows.values()].map(({ plan, tools: counted }) => {
    const most = boundOf(plan, autonomyIn(pact.lanes.get(plan.lane), state));
    const window = plan.window === undefined ? null : Math.floor(plan.window / 1000);
    const of = counted.map(({ tool }) => tool);
    return { id: plan.id, limit: { of, per: plan.per, window, ...(plan.amount ? { atMost: most } : { count: most }) } };
  });
}
