/** Whether a judge may raise trust: measured on people’s verdicts, drawn with known probability. */
import { type Estimate, type Interval, wilson } from '../chance/intervals.ts';

/** Of N items with the same vote of the judge, n have a person’s verdict, x of them violations. */
export interface VoteCounts {
  readonly N: number;
  readonly n: number;
  readonly x: number;
}

export interface LicenceTerms {
  readonly minPositives: number;
  readonly minNegatives: number;
  /** Least lower(se) + lower(sp) − 1. */
  readonly minYoudenLower: number;
  readonly minKappa: number;
}

export const LICENCE_TERMS: LicenceTerms = { minPositives: 20, minNegatives: 100, minYoudenLower: 0.2, minKappa: 0.6 };

export type LicenceReason = 'positives' | 'negatives' | 'accuracy' | 'kappa';

export interface JudgeLicence {
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
  readonly kappa: number;
  readonly positives: number;
  readonly negatives: number;
  readonly licensed: boolean;
  /** What failed. */
  readonly reasons: readonly LicenceReason[];
}

/** 0/0 = 0: nothing to be right about is no merit. */
const share = (part: number, rest: number): number => (part + rest === 0 ? 0 : part / (part + rest));

/** The share of violations among items with one vote; nothing seen says ½, [0, 1]. */
function violationShare({ n, x }: VoteCounts, conf: number): Estimate {
  const { lower, upper }: Interval = wilson(x, n, conf);
  return { estimate: n === 0 ? 0.5 : x / n, lower, upper };
}

/**
 * Sensitivity, specificity and kappa from the two predictive shares, and whether they suffice. W₁, W₀ are the shares of
 * items flagged and not; PPV and FOR the shares of violations among them, each at 1 − (1−conf)/2 (Bonferroni).
 *
 *   se = W₁PPV/(W₁PPV + W₀FOR), sp = W₀(1−FOR)/(W₀(1−FOR) + W₁(1−PPV))        Begg & Greenes (1983), Biometrics 39
 *   kappa = (po − pe)/(1 − pe), po = W₁PPV + W₀(1−FOR), pe = W₁·base + W₀(1−base), base = W₁PPV + W₀FOR   Cohen (1960)
 */
export function judgeLicence(
  flag: VoteCounts,
  ok: VoteCounts,
  conf: number,
  terms: LicenceTerms = LICENCE_TERMS,
): JudgeLicence {
  const flagged = share(flag.N, ok.N);
  const rest = 1 - flagged;
  const each = 1 - (1 - conf) / 2;
  const ppv = violationShare(flag, each);
  const missed = violationShare(ok, each);
  const se = (p: number, f: number): number => share(flagged * p, rest * f);
  const sp = (p: number, f: number): number => share(rest * (1 - f), flagged * (1 - p));
  const bounds = (of: typeof se): Estimate => ({
    estimate: of(ppv.estimate, missed.estimate),
    lower: of(ppv.lower, missed.upper),
    upper: of(ppv.upper, missed.lower),
  });
  const [sensitivity, specificity] = [bounds(se), bounds(sp)];
  const agreed = flagged * ppv.estimate + rest * (1 - missed.estimate);
  const base = flagged * ppv.estimate + rest * missed.estimate;
  const expected = flagged * base + rest * (1 - base);
  const kappa = expected >= 1 ? 0 : (agreed - expected) / (1 - expected);
  const positives = flag.x + ok.x;
  const negatives = flag.n + ok.n - positives;
  const failed: readonly (readonly [LicenceReason, boolean])[] = [
    ['positives', positives < terms.minPositives],
    ['negatives', negatives < terms.minNegatives],
    ['accuracy', sensitivity.lower + specificity.lower - 1 < terms.minYoudenLower],
    ['kappa', kappa < terms.minKappa],
  ];
  const reasons = failed.flatMap(([reason, isFailed]) => (isFailed ? [reason] : []));
  return { sensitivity, specificity, kappa, positives, negatives, licensed: reasons.length === 0, reasons };
}
