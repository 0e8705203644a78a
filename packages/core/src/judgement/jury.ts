/** What several judges together say of one conversation, and when a person has to be asked. */
import { exp, ln } from '../chance/logarithm.ts';

/** 1: violation, 0: ok, null: abstains. */
export type Vote = 0 | 1 | null;
export type Route = 'violation' | 'ok' | 'unsure';

/** How often a judge sees a violation that is there, and lets pass what is none. */
export interface Accuracy {
  readonly se: number;
  readonly sp: number;
}

/** How much the errors of judges go together, unless people’s verdicts say otherwise. */
export const ERROR_CORRELATION = 0.3;

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** Nobody is trusted without bounds: one vote cannot settle a case. */
const evidence = (vote: 0 | 1, { se, sp }: Accuracy): number => {
  const [hit, pass] = [between(0.01, se, 0.99), between(0.01, sp, 0.99)];
  return vote === 1 ? ln(hit / (1 - pass)) : ln((1 - hit) / pass);
};

/**
 * The probability of a violation, from judges with a licence.
 *
 *   L = ln(π/(1−π)) + 1/(1+(m−1)ρ) · Σ_j (v=1: ln(se/(1−sp)); v=0: ln((1−se)/sp)),  P = 1/(1+e^−L)
 *   m of them vote; the factor is the effective share of votes that are correlated by ρ        Kish (1965), Survey Sampling
 */
export function juryPosterior(
  votes: readonly Vote[],
  judges: readonly Accuracy[],
  prior: number,
  rho: number = ERROR_CORRELATION,
): { readonly posterior: number; readonly route: Route } {
  const rate = between(0.001, prior, 0.5);
  const said = votes.flatMap((vote, j) => (vote === null ? [] : [evidence(vote, judges[j] as Accuracy)]));
  const sum = said.reduce((total, one) => total + one, 0);
  const weight = said.length === 0 ? 0 : 1 / (1 + (said.length - 1) * rho);
  const posterior = 1 / (1 + exp(-(ln(rate / (1 - rate)) + weight * sum)));
  return { posterior, route: routeOf(posterior, votes) };
}

function routeOf(posterior: number, votes: readonly Vote[]): Route {
  if (votes.every((vote) => vote === null)) return 'unsure';
  if (posterior >= 0.9) return 'violation';
  return posterior <= 0.1 && !votes.includes(1) ? 'ok' : 'unsure';
}

/** Judges without a licence decide only when two or more vote, all alike, from two or more families of models. */
export function juryUncalibrated(votes: readonly Vote[], families: readonly string[]): Route {
  const voting = families.filter((_, j) => (votes[j] ?? null) !== null);
  const said = new Set(votes.filter((vote) => vote !== null));
  if (voting.length < 2 || said.size !== 1 || new Set(voting).size < 2) return 'unsure';
  return said.has(1) ? 'violation' : 'ok';
}
