/** Function of the schema surety/vectors@1 → how its arguments are handed to the core. */
import * as chance from '@surety/core/chance';
import * as crypto from '@surety/core/crypto';
import * as judgement from '@surety/core/judgement';
import * as metrics from '@surety/core/metrics';
import * as pact from '@surety/core/pact';
import * as trust from '@surety/core/trust';
import { stateSnapshot, stateTrace } from './slot.js';

/** Observations as they are, or as a length and the indexes of those that are 1. */
function observations({ xs, n, violations }) {
  if (xs) return xs;
  const all = new Array(n).fill(0);
  for (const index of violations) all[index] = 1;
  return all;
}
const audited = ({ stratum, drawn, verdict }) =>
  stratum.map((h, i) => ({ stratum: h, isDrawn: drawn[i] === 1, verdict: verdict[i] }));
const source = ({ seed, root }) => ({ seed: crypto.fromHex(seed), root: crypto.fromHex(root) });

export const FUNCTIONS = {
  betaln: ({ a, b }) => chance.betaln(a, b),
  betaInc: ({ a, b, x }) => chance.betaInc(a, b, x),
  normalQuantile: ({ p }) => chance.normalQuantile(p),
  wilson: ({ x, n, conf }) => chance.wilson(x, n, conf),
  newcombeDiff: ({ x1, n1, x2, n2, conf }) => chance.newcombeDiff(x1, n1, x2, n2, conf),
  betaBinomialLogE: ({ S, F, p, a, b }) => chance.betaBinomialLogE(S, F, p, a, b),
  betaBinomialBounds: ({ S, F, alpha, a, b }) => chance.betaBinomialBounds(S, F, alpha, a, b),
  eProcess: (args) =>
    chance.eProcess(
      chance.betsOf(args.side, args.p0, args.rho, args.weights),
      observations(args),
      args.checkpoints,
      args.threshold,
    ),
  eDetector: (args) =>
    chance.eDetector(args.kind, chance.betsOf('demote', args.p0), observations(args), args.checkpoints, args.threshold),
  eDetectorStratified: ({ p0, weights, items, checkpoints }) =>
    chance.eDetectorStratified(chance.betsOf('demote', p0), weights, items, checkpoints),
  ipwEProcess: (args) => chance.ipwEProcess(audited(args), args, args.p0),
  ipwEDetector: (args) => chance.ipwEDetector(audited(args), args, args.p0),
  quotaAdmit: ({ strata, weights }) => chance.quotaAdmit(strata, weights),
  auditDraw: (args) => {
    const drawn = chance.draw(source(args), args.purpose, args.id);
    return { commitment: chance.commitment(source(args).seed), draw: drawn, drawn: chance.isDrawn(drawn, args.pi) };
  },
  uniformAudits: (args) => chance.uniformAudits(source(args), args.ids, args.pi, args.atLeast),
  moverRate: ({ strata, conf }) => chance.moverRate(strata, conf),
  standardisedRate: ({ x, n, weights, conf }) => chance.standardisedRate(x, n, weights, conf),
  standardisedDiff: ({ x1, n1, x2, n2, weights, conf }) => chance.standardisedDiff(x1, n1, x2, n2, weights, conf),
  orderStatisticRanks: ({ n, q, conf }) => chance.orderStatisticRanks(n, q, conf),
  eBenjaminiHochberg: ({ e, alpha }) => chance.eBenjaminiHochberg(e, alpha),
  promotionThreshold: ({ alpha, attempt }) => trust.promotionThreshold(alpha, attempt),
  cleanNeeded: ({ allowedRate, alpha, attempt }) => trust.cleanNeeded(allowedRate, alpha, attempt),
  provableOneIn: ({ n, alpha, attempt }) => trust.provableOneIn(n, alpha, attempt),
  presetFor: ({ perDay }) => trust.presetFor(perDay),
  driftBaseline: ({ S, F, allowedRate }) => trust.driftBaseline(S, F, allowedRate),
  decayWeights: ({ ratio, days }) => trust.decayWeights(ratio, days),
  decayedCounts: ({ ratio, buckets }) => trust.decayedCounts(ratio, buckets),
  conductScore: ({ severities, alpha }) => trust.conductScore(severities, alpha),
  outcomeScore: ({ metrics }) => trust.outcomeScore(metrics),
  stateTrace,
  stateSnapshot,
  inclusionProbabilities: ({ u, budget, piMin }) => judgement.inclusionProbabilities(u, budget, piMin),
  juryPosterior: ({ votes, judges, prior, rho }) => judgement.juryPosterior(votes, judges, prior, rho),
  juryUncalibrated: ({ votes, families }) => judgement.juryUncalibrated(votes, families),
  judgeLicence: ({ flag, ok, conf, ...terms }) => judgement.judgeLicence(flag, ok, conf, terms),
  dawidSkene: ({ responses, classes, tolerance }) => judgement.dawidSkene(responses, classes, tolerance),
  ppiMean: ({ y, f, fWithoutVerdict, alpha, lambda }) => judgement.ppiMean(y, f, fWithoutVerdict, alpha, lambda),
  roganGladen: ({ q, nq, se, nSe, sp, nSp, alpha }) =>
    judgement.roganGladen({ share: q, n: nq }, { share: se, n: nSe }, { share: sp, n: nSp }, alpha),
  kaplanMeier: ({ time, event, conf }) => metrics.kaplanMeier(time, event, conf),
  firstContactResolution: ({ ageDays, reopenedAfterDays, windowDays }) =>
    metrics.firstContactResolution(ageDays, reopenedAfterDays, windowDays),
  escalationLatency: ({ acknowledged, openAges, limit, conf }) =>
    metrics.escalationLatency(acknowledged, openAges, limit, conf),
  csat: ({ counts, asked, conf }) => metrics.csat(counts, asked, conf),
  outcomeWeek: ({ failures, n, allowedRate, week, alpha }) =>
    metrics.outcomeWeek(failures, n, allowedRate, week, alpha),
  weeklyExposure: ({ state, actions, limits, conversations, customers }) =>
    pact.weeklyExposure(state, actions, limits, conversations, customers),
};
