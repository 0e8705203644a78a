/** Betting against a rate: wealth that cannot grow while the rate holds. Only + − × ÷, in a fixed order: every engine gives the same bits. */

/** `demote` bets that the mean is above the rate, `promote` that it is below. */
export type Side = 'demote' | 'promote';

/** The alternatives that are bet on, as multiples of the rate. */
export const GRIDS: Readonly<Record<Side, readonly number[]>> = {
  demote: [1.5, 2, 3, 5, 8, 13, 21, 34],
  promote: [0, 0.1, 0.2, 0.35, 0.5, 0.7],
};

/** No wealth grows above this, so that none becomes infinite. */
export const MOST_WEALTH = 1e300;

/** Bets λ_k with one weight for each: what a process needs to know about its rate. */
export interface Bets {
  readonly p0: number;
  readonly lambdas: readonly number[];
  readonly weights: readonly number[];
}

const evenly = (count: number): readonly number[] => new Array<number>(count).fill(1 / count);

/**
 * The bets of a side against the rate p0, each weighing the same unless said.
 *
 *   demote:  λ = (θ/p0 − 1)/(1 − p0), θ = min(ρ·p0, ½(1+p0));   promote:  λ = (ρ − 1)/(1 − p0)
 *                                          Waudby-Smith & Ramdas (2023), JRSSB 86: 1–27, section 4
 */
export function betsOf(
  side: Side,
  p0: number,
  grid: readonly number[] = GRIDS[side],
  weights = evenly(grid.length),
): Bets {
  const most = 0.5 * (1 + p0);
  const lambdas = grid.map((rho) => {
    if (side === 'promote') return (rho - 1) / (1 - p0);
    const theta = rho * p0 >= most ? most : rho * p0;
    return (theta / p0 - 1) / (1 - p0);
  });
  return { p0, lambdas, weights };
}

/** How one observation x multiplies the wealth of a bet: f(x) = 1 + λ·(x − p0), at least 0 and on average at most 1. */
export const factor = (lambda: number, x: number, p0: number): number => 1 + lambda * (x - p0);

/** The wealth of each bet, and their weighted sum. */
export interface Wealth {
  readonly each: readonly number[];
  readonly value: number;
}

/** Each bet’s wealth, with `added` to it, times its factor, clamped; the mixture adds up in order, from zero. */
export function bet({ p0, lambdas, weights }: Bets, wealth: Wealth, x: number, added: 0 | 1): Wealth {
  // A copy keeps the engine’s plain array of doubles; one made empty would have to become that each time.
  const before = wealth.each;
  const each = before.slice();
  const off = x - p0;
  let value = 0;
  for (let k = 0; k < before.length; k++) {
    let grown = ((before[k] as number) + added) * (1 + (lambdas[k] as number) * off);
    if (grown > MOST_WEALTH) grown = MOST_WEALTH;
    each[k] = grown;
    value += (weights[k] as number) * grown;
  }
  return { each, value };
}

/** An e-process begins with 1 on every bet. */
export const freshWealth = ({ lambdas }: Bets): Wealth => ({
  each: new Array<number>(lambdas.length).fill(1),
  value: 1,
});

/**
 * One step of the e-process: E_k ← min(E_k·f_k(x), 1e300), E = Σ w_k·E_k. While the rate holds, P(ever E ≥ 1/α) ≤ α,
 * whenever one looks.                                             Ville (1939)
 */
export const grow = (bets: Bets, wealth: Wealth, x: number): Wealth => bet(bets, wealth, x, 0);

/** What a run of observations made of an e-process. */
export interface EProcess {
  readonly lambdas: readonly number[];
  /** The value after each of the asked observations, counted from 1. */
  readonly values: readonly number[];
  /** The first observation after which the value reached the threshold. */
  readonly firstCrossing: number | null;
}

/** Runs the e-process over all of `xs`. */
export function eProcess(
  bets: Bets,
  xs: Iterable<number>,
  checkpoints: readonly number[],
  threshold?: number,
): EProcess {
  const run = follow(xs, checkpoints, threshold, freshWealth(bets), (wealth, x) => grow(bets, wealth, x));
  return { lambdas: bets.lambdas, values: run.values, firstCrossing: run.first };
}

/** Folds `xs`, keeping the values at checkpoints and the first step that reached the threshold. */
export function follow<State extends { readonly value: number }, X>(
  xs: Iterable<X>,
  checkpoints: readonly number[],
  threshold: number | undefined,
  start: State,
  step: (state: State, x: X) => State,
): { readonly values: readonly number[]; readonly first: number | null } {
  const asked = new Set(checkpoints);
  const seen = new Map<number, number>();
  let state = start;
  let first: number | null = null;
  let t = 0;
  for (const x of xs) {
    t++;
    state = step(state, x);
    if (first === null && threshold !== undefined && state.value >= threshold) first = t;
    if (asked.has(t)) seen.set(t, state.value);
  }
  return { values: checkpoints.flatMap((at) => seen.get(at) ?? []), first };
}
