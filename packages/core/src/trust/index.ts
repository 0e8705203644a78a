/** How much an agent is trusted: limits, evidence, states and scores. */
export { type ConditionName, neededFor } from './conditions.ts';
export { type Distance, distancesOf } from './distance.ts';
export { driftBaseline } from './drift.ts';
export type { Audit, SlotEntry, Worst } from './entry.ts';
export { LADDER, type RungName } from './ladder.ts';
export {
  type AuditedStream,
  type CensusStream,
  DEFAULT_LIMITS,
  type OnAlarm,
  type Preset,
  type PromotedState,
  presetFor,
  type Stream,
  type TrustLimits,
} from './limits.ts';
export { planOf, type TrustPlan } from './plan.ts';
export { cleanNeeded, promotionThreshold, provableOneIn } from './proof.ts';
export {
  conductScore,
  DAILY_DECAY,
  type DayCounts,
  decayedCounts,
  decayWeights,
  outcomeScore,
  type Score,
} from './score.ts';
export {
  type AgentTrust,
  type Attempts,
  type Drift,
  effectiveState,
  emptySlot,
  type Slot,
  type StreamState,
  unloggedSlot,
} from './slot.ts';
export { foldSlot, type Stepped, step, type TrustRecord } from './step.ts';
