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
import type { AgentTrust, Drift, StreamState } from './slot.ts';

const GRAVITY: Readonly<Record<Worst, number>> = { none: 0, minor: 1, major: 2, critical: 3 };

/** 1 where the worst violation of the stream’s kind is at least its severity: a graver one never improves a stream. */
const violation = (stream: CensusStream, entry: Observed): number =>
  GRAVITY[entry[stream.of] ?? 'none'] >= GRAVITY[stream.severity] ? 1 : 0;

/** Sticky: the first crossing is what Ville’s inequality bounds. */
function prove(state: StreamState, bets: Bets, x: number, threshold: number): StreamState {
  const proof = grow(bets, state.proof, x);
  return { ...state, proof, isProven: state.isProven || proof.value >= threshold };
}

/** Complete evidence: the detector hears all of it, the proof what the quota admits. */
export function observe(plan: TrustPlan, agent: AgentTrust, entry: Observed): AgentTrust {
  if (entry.missing) return observeMissing(plan, agent);
  const stratum = entry.stratum ?? 0;
  invariant(stratum in plan.limits.weights, `stratum ${stratum} of entry ${entry.seq} is not in the reference mix`);
  const quota = admit(agent.quota, plan.limits.weights, stratum);
  const hear = (one: StreamPlan, state: StreamState): StreamState =>
    one.stream.kind === 'census'
      ? hearCensus(plan, agent, one, state, violation(one.stream, entry), stratum, quota !== undefined)
      : hearAudited(plan, agent, one, one.stream, state, entry);
  const streams = agent.streams.map((state, i) => hear(plan.streams[i] as StreamPlan, state));
  const heard: AgentTrust = { ...agent, n: agent.n + 1, streams, quota: quota ?? agent.quota };
  return quota === undefined ? heard : hearDrift(plan, heard, entry);
}

function hearCensus(
  plan: TrustPlan,
  agent: AgentTrust,
  { proof, watch: watched }: StreamPlan,
  state: StreamState,
  x: number,
  stratum: number,
  isAdmitted: boolean,
): StreamState {
  const detector = watchStratum(watched[agent.state], plan.limits.weights, state.detector, stratum, x);
  const heard = { ...state, detector };
  return isAdmitted ? prove(heard, proof[agent.state], x, thresholdOf(plan, agent)) : heard;
}

/** Judges lower by estimates from active draws; only uniform draws prove, and one without a verdict counts against. */
function hearAudited(
  plan: TrustPlan,
  agent: AgentTrust,
  { proof, watch: watched }: StreamPlan,
  stream: AuditedStream,
  state: StreamState,
  entry: Observed,
): StreamState {
  const { audit, stratum = 0 } = entry;
  if (!audit) return state;
  const { weights } = plan.limits;
  const estimate = auditedEstimate(stream, audit.h, audit.d === 1, audit.y);
  const detector =
    estimate === undefined
      ? state.detector
      : watchStratum(watched[agent.state], weights, state.detector, stratum, estimate);
  const quota = audit.u === 1 ? admit(state.quota, weights, stratum) : undefined;
  if (!quota) return { ...state, detector };
  return prove({ ...state, detector, quota }, proof[agent.state], audit.y ?? 1, thresholdOf(plan, agent));
}

/** Counts what the next baseline is made of, and watches against the present one. */
function hearDrift(plan: TrustPlan, agent: AgentTrust, entry: Observed): AgentTrust {
  const stream = plan.limits.streams.find(({ id }) => id === plan.limits.driftStream);
  if (stream?.kind !== 'census') return agent;
  const x = violation(stream, entry);
  const drift: Drift | null = agent.drift && { ...agent.drift, wealth: watch(agent.drift.bets, agent.drift.wealth, x) };
  return { ...agent, drift, violated: agent.violated + x, clean: agent.clean + (1 - x) };
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
