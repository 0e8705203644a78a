/** Bets on verdicts of people, drawn with known probability: whatever the judges do, the estimate is unbiased. */
import { type Bets, freshWealth, grow } from './betting.ts';
import { quiet, watch } from './change.ts';

/** By votes of the jury (0, 1, 2 or more): q, the guess where nobody looked, and π, the probability of being drawn. */
export interface AuditPlan {
  readonly q: readonly number[];
  readonly pi: readonly number[];
}

/** The shares of the largest bet that could not ruin. */
const SHARES = [0.05, 0.1, 0.2, 0.4, 0.7, 0.95];

/** The least that an estimate can be: drawn and found clean. */
export const leastEstimate = ({ q, pi }: AuditPlan): number =>
  q.reduce((least, guess, h) => Math.min(least, guess - guess / (pi[h] as number)), Number.POSITIVE_INFINITY);

/** λ_k = c_k/(p0 − x_min), c = .05, .1, .2, .4, .7, .95, each with a sixth of the wealth. */
export function auditedBets(plan: AuditPlan, p0: number): Bets {
  const room = p0 - leastEstimate(plan);
  return { p0, lambdas: SHARES.map((share) => share / room), weights: SHARES.map(() => 1 / SHARES.length) };
}

/**
 * x̂ = q_h + (drawn ? (y − q_h)/π_h : 0), the inverse-probability-weighted estimate of one item; `undefined` for an item
 * drawn without a verdict.                                        Zrnic & Candès (2024), arXiv:2403.03208
 */
export function auditedEstimate(
  plan: AuditPlan,
  h: number,
  isDrawn: boolean,
  verdict: number | null,
): number | undefined {
  const guess = plan.q[h] as number;
  if (!isDrawn) return guess;
  return verdict === null ? undefined : guess + (verdict - guess) / (plan.pi[h] as number);
}

/** An item’s stratum of votes, whether it was drawn, and the person’s verdict (1: violation). */
export interface AuditedItem {
  readonly stratum: number;
  readonly isDrawn: boolean;
  readonly verdict: number | null;
}

/** What a run of audited items made of a process, at its end. */
export interface AuditedRun {
  readonly xMin: number;
  readonly lambdas: readonly number[];
  readonly value: number;
  readonly sumXhat: number;
}

function runAudited(
  items: Iterable<AuditedItem>,
  plan: AuditPlan,
  p0: number,
  start: typeof quiet,
  step: typeof watch,
): AuditedRun {
  const bets = auditedBets(plan, p0);
  let wealth = start(bets);
  let sumXhat = 0;
  for (const { stratum, isDrawn, verdict } of items) {
    const x = auditedEstimate(plan, stratum, isDrawn, verdict);
    if (x === undefined) continue;
    sumXhat += x;
    wealth = step(bets, wealth, x);
  }
  return { xMin: leastEstimate(plan), lambdas: bets.lambdas, value: wealth.value, sumXhat };
}

/** The e-process on audited items. */
export const ipwEProcess = (items: Iterable<AuditedItem>, plan: AuditPlan, p0: number): AuditedRun =>
  runAudited(items, plan, p0, freshWealth, grow);

/** The e-SR detector on audited items. */
export const ipwEDetector = (items: Iterable<AuditedItem>, plan: AuditPlan, p0: number): AuditedRun =>
  runAudited(items, plan, p0, quiet, watch);
