/** What is known of the agents of one party in one lane. */
import type { Bets, Wealth } from '../chance/betting.ts';
import type { StratifiedDetector } from '../chance/change.ts';
import type { Quota } from '../chance/quota.ts';
import type { TrustState } from '../terms/decision.ts';
import { EMPTY_LOG, type Log } from './entry.ts';
import type { PromotedState, TrustLimits } from './limits.ts';
import { planOf, type TrustPlan } from './plan.ts';

/** What is known of one stream in this epoch. */
export interface StreamState {
  readonly proof: Wealth;
  readonly isProven: boolean;
  readonly detector: StratifiedDetector;
  /** The quota of an audited stream’s own uniform draws; the census streams share one. */
  readonly quota: Quota;
}

/** The baseline frozen at promotion or renewal, and the detector that holds the agent to it. */
export interface Drift {
  readonly baseline: number;
  readonly bets: Bets;
  readonly wealth: Wealth;
}

/** One agent in the lane: where it stands, and the evidence of its epoch (in `autonomous`, of its lease term). */
export interface AgentTrust {
  readonly agent: string;
  readonly state: TrustState;
  /** Epochs are counted from 1. */
  readonly epoch: number;
  readonly epochAt: number;
  /** Which attempt at its target this is; 0 where there is none. */
  readonly attempt: number;
  readonly n: number;
  readonly missing: number;
  readonly quota: Quota;
  /** Violations and clean observations of the drift stream that the quota admitted. */
  readonly violated: number;
  readonly clean: number;
  readonly streams: readonly StreamState[];
  readonly drift: Drift | null;
  /** How many times more than usual is drawn for people. */
  readonly sampling: 1 | 3;
  readonly isFrozen: boolean;
  readonly signedAt: number | null;
  /** Outcome weeks passed since the last that failed. */
  readonly outcomeOk: number;
  readonly leaseUntil: number | null;
}

/** What an observation changes of an agent. */
export type Evidence = Pick<AgentTrust, 'n' | 'missing' | 'quota' | 'violated' | 'clean' | 'streams' | 'drift'>;

/** Written out: for every conversation there is, a spread that overwrites would cost more than all the bets. */
export const withEvidence = (agent: AgentTrust, evidence: Evidence): AgentTrust => ({
  agent: agent.agent,
  state: agent.state,
  epoch: agent.epoch,
  epochAt: agent.epochAt,
  attempt: agent.attempt,
  n: evidence.n,
  missing: evidence.missing,
  quota: evidence.quota,
  violated: evidence.violated,
  clean: evidence.clean,
  streams: evidence.streams,
  drift: evidence.drift,
  sampling: agent.sampling,
  isFrozen: agent.isFrozen,
  signedAt: agent.signedAt,
  outcomeOk: agent.outcomeOk,
  leaseUntil: agent.leaseUntil,
});

/** How many attempts at each target were taken: every further one has to prove more. */
export type Attempts = Readonly<Record<PromotedState, number>>;

/** Agents stand in order of registration. */
export interface Slot {
  readonly plan: TrustPlan;
  /** Where a redone fold begins. */
  readonly firstPlan: TrustPlan;
  readonly agents: readonly AgentTrust[];
  readonly attempts: Attempts;
  /** Holds until an entry says otherwise: a lane that begins without judges’ licence is told so first. */
  readonly isLicensed: boolean;
  readonly licenceLostAt: number | null;
  readonly lastAt: number;
  /** Null where the entries are kept elsewhere, as in the world: a dispute then folds them again from there. */
  readonly log: Log | null;
}

export const emptySlot = (limits: TrustLimits): Slot => slotOf(planOf(limits));

/** A slot of constant size, however much happens. */
export const unloggedSlot = (plan: TrustPlan): Slot => ({ ...slotOf(plan), log: null });

export const slotOf = (plan: TrustPlan): Slot => ({
  plan,
  firstPlan: plan,
  agents: [],
  attempts: { limited: 0, autonomous: 0 },
  isLicensed: true,
  licenceLostAt: null,
  lastAt: 0,
  log: EMPTY_LOG,
});

/** What the gate goes by between entries: time alone lowers, never raises. */
export const effectiveState = ({ state, leaseUntil }: AgentTrust, now: number): TrustState =>
  state === 'autonomous' && leaseUntil !== null && now >= leaseUntil ? 'limited' : state;
