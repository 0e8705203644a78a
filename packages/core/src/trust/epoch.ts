/** Epochs and lease terms: what starts anew with them, and what they take along. */
import { betsOf, freshWealth } from '../chance/betting.ts';
import { quiet, quietStrata } from '../chance/change.ts';
import { emptyQuota } from '../chance/quota.ts';
import type { TrustState } from '../terms/decision.ts';
import { driftBaseline } from './drift.ts';
import { DAY_SECONDS, type PromotedState } from './limits.ts';
import { rateToProve, type TrustPlan } from './plan.ts';
import type { AgentTrust, Attempts, Drift, StreamState } from './slot.ts';

/** What an epoch in a state tries to prove; nothing can be proven while suspended. */
const TARGETS: Readonly<Record<TrustState, PromotedState | undefined>> = {
  suspended: undefined,
  supervised: 'limited',
  limited: 'autonomous',
  autonomous: 'autonomous',
};

/** An agent with the attempts that its slot has taken so far. */
export interface Attempted {
  readonly agent: AgentTrust;
  readonly attempts: Attempts;
}

/** Nobody yet: what an epoch is opened upon when an agent comes in. */
export const newcomer = (agent: string): AgentTrust => ({
  agent,
  state: 'suspended',
  epoch: 0,
  epochAt: 0,
  attempt: 0,
  n: 0,
  missing: 0,
  quota: { counts: [], all: 0 },
  violated: 0,
  clean: 0,
  streams: [],
  drift: null,
  sampling: 1,
  isFrozen: false,
  signedAt: null,
  outcomeOk: 0,
  leaseUntil: null,
});

/** Proofs, quotas and counts begin again with the next attempt; detectors stay as they are. */
function startTerm({ streams: plans, limits }: TrustPlan, { agent, attempts }: Attempted): Attempted {
  const target = TARGETS[agent.state];
  const taken = target ? { ...attempts, [target]: attempts[target] + 1 } : attempts;
  const streams = plans.map(({ proof, watch }, i): StreamState => {
    const detector = agent.streams[i]?.detector ?? quietStrata(watch[agent.state], limits.weights);
    const fresh = freshWealth(proof[agent.state]);
    return { proof: fresh, isProven: false, detector, quota: emptyQuota(limits.weights) };
  });
  const attempt = target ? taken[target] : 0;
  const quota = emptyQuota(limits.weights);
  return { agent: { ...agent, attempt, streams, quota, n: 0, missing: 0, violated: 0, clean: 0 }, attempts: taken };
}

/** The baseline of the epoch that ends: what its admitted observations of the drift stream have proven. */
const baselineOf = ({ driftStream }: TrustPlan, { state, violated, clean }: AgentTrust): number | undefined =>
  driftStream?.kind === 'census' ? driftBaseline(violated, clean, rateToProve(driftStream, state)) : undefined;

function watchFrom(baseline: number | undefined): Drift | null {
  if (baseline === undefined) return null;
  const bets = betsOf('demote', baseline);
  return { baseline, bets, wealth: quiet(bets) };
}

/** A new epoch: by registration, by a change of state, of version or of the pact. Only a promotion sets a baseline. */
export function openEpoch(
  plan: TrustPlan,
  { agent, attempts }: Attempted,
  state: TrustState,
  at: number,
  isPromotion: boolean,
): Attempted {
  const leaseUntil = state === 'autonomous' ? at + plan.limits.leaseDays * DAY_SECONDS : null;
  const opened: AgentTrust = {
    ...agent,
    state,
    epoch: agent.epoch + 1,
    epochAt: at,
    streams: [],
    drift: isPromotion ? watchFrom(baselineOf(plan, agent)) : null,
    signedAt: null,
    outcomeOk: 0,
    leaseUntil,
  };
  return startTerm(plan, { agent: opened, attempts });
}

/** A new term of the same epoch, from the old end. The lower baseline stays, so that quality cannot creep. */
export function renew(plan: TrustPlan, { agent, attempts }: Attempted): Attempted {
  const proven = baselineOf(plan, agent);
  const isLower = proven !== undefined && (agent.drift === null || proven < agent.drift.baseline);
  const renewed: AgentTrust = {
    ...agent,
    drift: isLower ? watchFrom(proven) : agent.drift,
    leaseUntil: (agent.leaseUntil ?? 0) + plan.limits.leaseDays * DAY_SECONDS,
  };
  return startTerm(plan, { agent: renewed, attempts });
}
