/** Change detection: an e-process that restarts at every moment, so that a long good record is no credit. */
import { type Bets, bet, follow, type Wealth } from './betting.ts';

/** `sr` adds up all restarts (Shiryaev–Roberts), `cusum` keeps the best of them. */
export type ChangeKind = 'sr' | 'cusum';

/** A detector begins with nothing. */
export const quiet = ({ lambdas }: Bets): Wealth => ({ each: new Array<number>(lambdas.length).fill(0), value: 0 });

/**
 * One step of e-SR: R_k ← min((R_k + 1)·f_k(x), 1e300), R = Σ w_k·R_k. While the rate holds, an alarm at R ≥ A comes on
 * average after A observations or later.        Shin, Ramdas & Rinaldo (2022), arXiv:2203.03532
 */
export const watch = (bets: Bets, wealth: Wealth, x: number): Wealth => bet(bets, wealth, x, 1);

/** One step of e-CUSUM: C_k ← min(max(C_k, 1)·f_k(x), 1e300). For comparison: its alarms come later. */
export const watchBest = (bets: Bets, { each, value }: Wealth, x: number): Wealth =>
  bet(bets, { each: each.map((c) => (c > 1 ? c : 1)), value }, x, 0);

/** What a run of observations made of a detector. */
export interface EDetector {
  readonly values: readonly number[];
  readonly firstAlarm: number | null;
}

/** Runs a detector over all of `xs`. */
export function eDetector(
  kind: ChangeKind,
  bets: Bets,
  xs: Iterable<number>,
  checkpoints: readonly number[],
  threshold?: number,
): EDetector {
  const step = kind === 'sr' ? watch : watchBest;
  const { values, first } = follow(xs, checkpoints, threshold, quiet(bets), (wealth, x) => step(bets, wealth, x));
  return { values, firstAlarm: first };
}

/** A detector for each stratum and the tested sum Σ W_h·R^(h): flooding the others cannot dilute a bad one. */
export interface StratifiedDetector {
  readonly strata: readonly Wealth[];
  readonly value: number;
}

export const quietStrata = (bets: Bets, weights: readonly number[]): StratifiedDetector => ({
  strata: weights.map(() => quiet(bets)),
  value: 0,
});

/** One step: only the observation’s own stratum moves; the sum runs from stratum 0. */
export function watchStratum(
  bets: Bets,
  weights: readonly number[],
  detector: StratifiedDetector,
  stratum: number,
  x: number,
): StratifiedDetector {
  const strata = detector.strata.slice();
  strata[stratum] = watch(bets, strata[stratum] as Wealth, x);
  let value = 0;
  for (let h = 0; h < strata.length; h++) value += (weights[h] as number) * (strata[h] as Wealth).value;
  return { strata, value };
}

/** Runs a stratified e-SR over pairs of stratum and x. */
export function eDetectorStratified(
  bets: Bets,
  weights: readonly number[],
  items: Iterable<readonly [stratum: number, x: number]>,
  checkpoints: readonly number[],
): { readonly values: readonly number[] } {
  const { values } = follow(items, checkpoints, undefined, quietStrata(bets, weights), (detector, [h, x]) =>
    watchStratum(bets, weights, detector, h, x),
  );
  return { values };
}
