/** What one conversation does to an agent’s streams: detectors, proofs, and the watch for drift. */
import { auditedEstimate } from '../chance/audited.ts';
import { type Bets, grow } from '../chance/betting.ts';
import { watch, watchStratum } from '../chance/change.ts';
import { admit } from '../chance/quota.ts';
import { invariant } from '../result.ts';
import type { Observed, Worst } from './entry.ts';
import type { AuditedStream, CensusStream } from './limits.ts';
import type { StreamPlan, TrustPlan } from './plan.ts';
import { promotionThreshold } from './proof.ts';
import { type AgentTrust, type StreamState, withEvidence } from './slot.ts';

const GRAVITY: Readonly<Record<Worst, number>> = { none: 0, minor: 1, major: 2, critical: 3 };

/** 1 where the worst violation of the stream’s kind is at least its severity: a graver one never improves a stream. */
function violation(stream: CensusStream, entry: Observed): number {
  const worst = stream.of === 'escaped' ? entry.escaped : entry.blocked;
  // Most conversations are clean: nothing need be looked up for them.
  if (worst === undefined || worst === 'none') return 0;
  return GRAVITY[worst] >= GRAVITY[stream.severity] ? 1 : 0;
}

/** A proof that heard x. Sticky: the first crossing is what Ville’s inequality bounds. */
function prove(
  { proof, isProven, detector, quota }: StreamState,
  bets: Bets,
  x: number,
  threshold: number,
): StreamState {
  const grown = grow(bets, proof, x);
  return { proof: grown, isProven: isProven || grown.value >= threshold, detector, quota };
}

/** Complete evidence: the detector hears all of it, the proof what the quota admits. */
export function observe(plan: TrustPlan, agent: AgentTrust, entry: Observed): AgentTrust {
  if (entry.missing) return observeMissing(plan, agent);
  const stratum = entry.stratum ?? 0;
  const weight = plan.limits.weights[stratum];
  if (weight === undefined) invariant(false, `stratum ${stratum} of entry ${entry.seq} is not in the reference mix`);
  const quota = admit(agent.quota, plan.limits.weights, stratum);
  const threshold = thresholdOf(plan, agent);
  const streams = agent.streams.slice();
  for (let i = 0; i < streams.length; i++) {
    const { stream, proof, watch: watched } = plan.streams[i] as StreamPlan;
    const bets: StateBets = { proof: proof[agent.state], watched: watched[agent.state] };
    const state = streams[i] as StreamState;
    streams[i] =
      stream.kind === 'audited'
        ? hearAudited(plan, stream, bets, state, entry, threshold)
        : hear(plan, bets, state, stratum, violation(stream, entry), quota ? threshold : undefined);
  }
  const n = agent.n + 1;
  const { missing } = agent;
  const { drift, violated, clean } = quota ? hearDrift(plan, agent, entry) : agent;
  return withEvidence(agent, { n, missing, quota: quota ?? agent.quota, violated, clean, streams, drift });
}

interface StateBets {
  readonly proof: Bets;
  readonly watched: Bets;
}

/** A detector hears every conversation; a proof only one that the quota admits, for which a threshold is given. */
function hear(
  { limits }: TrustPlan,
  { proof: bets, watched }: StateBets,
  { proof, isProven, detector, quota }: StreamState,
  stratum: number,
  x: number,
  threshold: number | undefined,
): StreamState {
  const heard = watchStratum(watched, limits.weights, detector, stratum, x);
  if (threshold === undefined) return { proof, isProven, detector: heard, quota };
  const grown = grow(bets, proof, x);
  return { proof: grown, isProven: isProven || grown.value >= threshold, detector: heard, quota };
}

function watching({ limits }: TrustPlan, state: StreamState, bets: Bets, stratum: number, x: number): StreamState {
  const { proof, isProven, detector, quota } = state;
  return { proof, isProven, detector: watchStratum(bets, limits.weights, detector, stratum, x), quota };
}

/** Judges lower by estimates from active draws; only uniform draws prove, and one without a verdict counts against. */
function hearAudited(
  plan: TrustPlan,
  stream: AuditedStream,
  bets: StateBets,
  state: StreamState,
  { audit, stratum = 0 }: Observed,
  threshold: number,
): StreamState {
  if (!audit) return state;
  const estimate = auditedEstimate(stream, audit.h, audit.d === 1, audit.y);
  const heard = estimate === undefined ? state : watching(plan, state, bets.watched, stratum, estimate);
  const quota = audit.u === 1 ? admit(state.quota, plan.limits.weights, stratum) : undefined;
  return quota ? prove({ ...heard, quota }, bets.proof, audit.y ?? 1, threshold) : heard;
}

type Drifted = Pick<AgentTrust, 'drift' | 'violated' | 'clean'>;

/** Counts what the next baseline is made of, and watches against the present one. */
function hearDrift({ driftStream }: TrustPlan, { drift, violated, clean }: AgentTrust, entry: Observed): Drifted {
  if (driftStream?.kind !== 'census') return { drift, violated, clean };
  const x = violation(driftStream, entry);
  const watched = drift && {
    baseline: drift.baseline,
    bets: drift.bets,
    wealth: watch(drift.bets, drift.wealth, x),
  };
  return { drift: watched, violated: violated + x, clean: clean + (1 - x) };
}

/** No complete evidence: a violation to every census proof, nothing to a detector. */
export function observeMissing(plan: TrustPlan, agent: AgentTrust): AgentTrust {
  const threshold = thresholdOf(plan, agent);
  const streams = agent.streams.map((state, i) => {
    const { stream, proof } = plan.streams[i] as StreamPlan;
    return stream.kind === 'census' ? prove(state, proof[agent.state], 1, threshold) : state;
  });
  return { ...agent, n: agent.n + 1, missing: agent.missing + 1, streams };
}

const thresholdOf = ({ limits }: TrustPlan, { attempt }: AgentTrust): number =>
  promotionThreshold(limits.alpha, attempt);
