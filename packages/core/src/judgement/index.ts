/** What judges say, how far they may be believed, and where people are asked. */
export { type Measured, ppiMean, roganGladen } from './comparison.ts';
export { type DawidSkene, dawidSkene, type Response } from './dawid-skene.ts';
export { type Accuracy, ERROR_CORRELATION, juryPosterior, juryUncalibrated, type Route, type Vote } from './jury.ts';
export {
  type JudgeLicence,
  judgeLicence,
  LICENCE_TERMS,
  type LicenceReason,
  type LicenceTerms,
  type VoteCounts,
} from './licence.ts';
export { inclusionProbabilities } from './sample.ts';
