/**
 * Exposure: the most an agent can lose unreviewed in a week, in minor units.
 *
 *   bound of a limit = unit × times × keys
 *   unit  = at_most of a sum limit; of a count limit count × the largest cap among its money actions
 *   times = ceil(604800 / window), 1 within a conversation
 *   keys  = 1 per agent and pact; the declared most customers or conversations of a week
 *   exposure = the least total of limits that together cover every money action
 */
import type { TrustState } from '../../terms/decision.ts';

const WEEK_SECONDS = 604_800;
/** Above this many money actions the least cover is not searched for; each action's own least bound is added up. */
const COVERED_MAX = 16;

/** A tool that moves money, and the most that rules and schema let through at once; null: no such most. */
export interface MoneyAction {
  readonly tool: string;
  readonly cap: number | null;
}

export interface ExposureLimit {
  readonly of: readonly string[];
  readonly per: 'conversation' | 'customer' | 'agent' | 'pact';
  /** Sliding, in seconds; null: the whole conversation. */
  readonly window: number | null;
  readonly count?: number | undefined;
  readonly atMost?: number | undefined;
}

export interface WeeklyExposure {
  /** In minor units; null where nothing bounds it. */
  readonly exposure: number | null;
  /** Tools that no limit bounds. */
  readonly unbounded: readonly string[];
  /** Positions of the limits that give the bound. */
  readonly by: readonly number[];
}

/** `conversations` and `customers` are the most there are in a week, null where nobody declared them. */
export function weeklyExposure(
  state: TrustState,
  actions: readonly MoneyAction[],
  limits: readonly ExposureLimit[],
  conversations: number | null,
  customers: number | null,
): WeeklyExposure {
  if (state === 'suspended' || state === 'supervised') return { exposure: 0, unbounded: [], by: [] };
  const bounds = limits.map((limit) => boundOfLimit(limit, actions, conversations, customers));
  const bounding = limits.flatMap(({ of }, place): Bounding[] => {
    const bound = bounds[place] ?? null;
    return bound === null ? [] : [{ place, bound, covers: actions.map(({ tool }) => of.includes(tool)) }];
  });
  const unbounded = actions.filter((_, i) => !bounding.some(({ covers }) => covers[i])).map(({ tool }) => tool);
  if (unbounded.length > 0) return { exposure: null, unbounded, by: [] };
  const least =
    actions.length > COVERED_MAX ? sumOfLeast(actions.length, bounding) : leastCover(actions.length, bounding);
  return { exposure: bounded(least.total), unbounded, by: [...new Set(least.by)].sort((a, b) => a - b) };
}

interface Bounding {
  readonly place: number;
  readonly bound: number;
  /** For each action, whether the limit counts it. */
  readonly covers: readonly boolean[];
}

interface Cover {
  readonly total: number;
  readonly by: readonly number[];
}

/** A safe integer, or null: an amount that cannot be counted exactly bounds nothing. */
const bounded = (amount: number): number | null => (Number.isSafeInteger(amount) ? amount : null);

function boundOfLimit(
  { of, per, window, count, atMost }: ExposureLimit,
  actions: readonly MoneyAction[],
  conversations: number | null,
  customers: number | null,
): number | null {
  const caps = actions.filter(({ tool }) => of.includes(tool)).map(({ cap }) => cap);
  const unit = atMost ?? (caps.includes(null) ? null : (count ?? 0) * Math.max(0, ...(caps as number[])));
  const keys = { conversation: conversations, customer: customers, agent: 1, pact: 1 }[per];
  const times = window === null ? 1 : Math.ceil(WEEK_SECONDS / window);
  return unit === null || keys === null ? null : bounded(unit * times * keys);
}

function sumOfLeast(actions: number, limits: readonly Bounding[]): Cover {
  const least = Array.from({ length: actions }, (_, i) =>
    limits.filter(({ covers }) => covers[i]).reduce((a, b) => (b.bound < a.bound ? b : a)),
  );
  return { total: least.reduce((total, { bound }) => total + bound, 0), by: least.map(({ place }) => place) };
}

/** The cheapest way from no action covered to all, over sets of actions as bits: a set is only ever left for a larger one. */
function leastCover(actions: number, limits: readonly Bounding[]): Cover {
  const all = 2 ** actions - 1;
  const totals = new Float64Array(all + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(all + 1);
  const last = new Int32Array(all + 1);
  totals[0] = 0;
  const steps = limits.map(({ bound, covers }) => ({
    bound,
    bits: covers.reduce((bits, is, i) => bits | (is ? 1 << i : 0), 0),
  }));
  for (let covered = 0; covered < all; covered++) {
    const total = totals[covered] as number;
    if (total === Number.POSITIVE_INFINITY) continue;
    for (const [i, { bound, bits }] of steps.entries()) {
      const next = covered | bits;
      if (total + bound >= (totals[next] as number)) continue;
      totals[next] = total + bound;
      from[next] = covered;
      last[next] = i;
    }
  }
  const by: number[] = [];
  for (let covered = all; covered > 0; covered = from[covered] as number)
    by.push((limits[last[covered] as number] as Bounding).place);
  return { total: totals[all] as number, by };
}
