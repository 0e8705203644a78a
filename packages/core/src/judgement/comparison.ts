/** Other ways to estimate a rate from judges and people, shown beside ours in a report. No decision reads them. */
import { type Estimate, normalInterval, zOf } from '../chance/intervals.ts';

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: readonly number[], divisor = values.length): number {
  const middle = mean(values);
  return divisor === 0 ? 0 : values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0) / divisor;
}

/** λ = clip(cov(y, f)/((1 + n/N)·var f), 0, 1), the variance over all f together; 0 where the judges say one thing only. */
function bestWeight(y: readonly number[], f: readonly number[], rest: readonly number[]): number {
  const all = [...f, ...rest];
  const spread = variance(all, all.length - 1);
  if (!(spread > 0)) return 0;
  const [meanY, meanF] = [mean(y), mean(f)];
  const covariance = mean(y.map((value, i) => (value - meanY) * ((f[i] as number) - meanF)));
  return Math.min(1, Math.max(0, covariance / ((1 + y.length / rest.length) * spread)));
}

/**
 * Prediction-powered inference with a weight λ: people’s verdicts y beside the judges’ f, and f of items without one.
 *
 *   λ·mean(f_rest) + mean(y − λf), se² = var(λf_rest)/N + var(y − λf)/n        Angelopoulos et al. (2023), arXiv:2311.01453
 */
export function ppiMean(
  y: readonly number[],
  f: readonly number[],
  fWithoutVerdict: readonly number[],
  alpha: number,
  given: number | null = null,
): Estimate & { readonly lambda: number } {
  const lambda = given ?? bestWeight(y, f, fWithoutVerdict);
  const weighted = fWithoutVerdict.map((value) => lambda * value);
  const corrected = y.map((value, i) => value - lambda * (f[i] as number));
  const spread = variance(weighted) / weighted.length + variance(corrected) / corrected.length;
  return { lambda, ...normalInterval(mean(weighted) + mean(corrected), spread, zOf(1 - alpha)) };
}

/** A share measured on so many. */
export interface Measured {
  readonly share: number;
  readonly n: number;
}

/**
 * The rate behind a judge’s flags, corrected by its measured accuracy; unclipped.
 *
 *   (q + sp − 1)/(se + sp − 1), variance by the delta method over the three samples    Rogan & Gladen (1978), AJE 107: 71–76
 */
export function roganGladen(flagged: Measured, se: Measured, sp: Measured, alpha: number): Estimate {
  const youden = se.share + sp.share - 1;
  const rate = (flagged.share + sp.share - 1) / youden;
  const of = ({ share, n }: Measured): number => (share * (1 - share)) / n;
  const spread = of(flagged) + rate * rate * of(se) + (1 - rate) * (1 - rate) * of(sp);
  return normalInterval(rate, spread / (youden * youden), zOf(1 - alpha));
}
