/** What counts can say. */
export {
  type AuditedItem,
  type AuditPlan,
  auditedBets,
  auditedEstimate,
  ipwEDetector,
  ipwEProcess,
} from './audited.ts';
export { betaInc, betaln } from './beta.ts';
export { type Bets, betsOf, eProcess, factor, freshWealth, grow, type Side, type Wealth } from './betting.ts';
export {
  type ChangeKind,
  eDetector,
  eDetectorStratified,
  quiet,
  quietStrata,
  type StratifiedDetector,
  watch,
  watchStratum,
} from './change.ts';
export { eBenjaminiHochberg } from './discoveries.ts';
export { commitment, type DrawPurpose, type DrawSource, draw, isDrawn, uniformAudits } from './draw.ts';
export {
  type Estimate,
  type Interval,
  logLogInterval,
  mover,
  newcombeDiff,
  normalInterval,
  wilson,
  wilson95,
  wilsonAt,
  wilsonEstimate,
  zOf,
} from './intervals.ts';
export { exp, ln, ln1p } from './logarithm.ts';
export { betaBinomialBounds, betaBinomialLogE } from './mixture.ts';
export { normalQuantile } from './normal.ts';
export { admit, emptyQuota, type Quota, quotaAdmit } from './quota.ts';
export { orderStatisticRanks, type Ranks } from './ranks.ts';
export { moverRate, standardisedDiff, standardisedRate, type VerdictStratum } from './standardised.ts';
