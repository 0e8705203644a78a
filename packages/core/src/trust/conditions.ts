/** What has to hold for a promotion or a renewal, each condition by its name: the same list tells what is still needed. */
import type { TrustState } from '../terms/decision.ts';
import { isHigher, NEXT } from './ladder.ts';
import { DAY_SECONDS, type PromotedState } from './limits.ts';
import type { TrustPlan } from './plan.ts';
import type { AgentTrust, Slot } from './slot.ts';

/** What one condition is asked about. */
interface Asked {
  readonly plan: TrustPlan;
  readonly agent: AgentTrust;
  readonly next: PromotedState;
  readonly isLicensed: boolean;
  readonly at: number;
}

type Condition = (asked: Asked) => boolean;

const isSigned: Condition = ({ plan: { limits }, agent: { signedAt }, next, at }) =>
  !limits.signOff[next] || (signedAt !== null && at - signedAt <= limits.signatureDays * DAY_SECONDS);

const isProven = ({ streams }: AgentTrust): boolean => streams.every((stream) => stream.isProven);

/** In the order in which they are told. */
const CONDITIONS = {
  offered: ({ plan, next }) => !isHigher(next, plan.limits.ceiling),
  proof: ({ agent }) => isProven(agent),
  evidence: ({ plan, agent }) => agent.missing <= plan.limits.missingMax * agent.n,
  dwell: ({ plan, agent, next, at }) => at - agent.epochAt >= plan.limits.minDays[next] * DAY_SECONDS,
  outcome: ({ plan, agent, next }) => next === 'limited' || agent.outcomeOk >= plan.limits.outcomeWeeks,
  licence: ({ plan, next, isLicensed }) => next === 'limited' || !plan.limits.needsLicence || isLicensed,
  review: ({ agent }) => !agent.isFrozen,
  signature: isSigned,
} as const satisfies Readonly<Record<string, Condition>>;

export type ConditionName = keyof typeof CONDITIONS;

const NAMES = Object.keys(CONDITIONS) as readonly ConditionName[];

const nextOf = (state: TrustState): PromotedState | undefined =>
  (NEXT as Readonly<Partial<Record<TrustState, PromotedState>>>)[state];

/** Where a promotion would lead, and which conditions do not hold yet; `undefined` where there is nothing above. */
export function neededFor(
  plan: TrustPlan,
  agent: AgentTrust,
  isLicensed: boolean,
  at: number,
): { readonly next: PromotedState; readonly open: readonly ConditionName[] } | undefined {
  const next = nextOf(agent.state);
  if (!next) return undefined;
  const asked: Asked = { plan, agent, next, isLicensed, at };
  return { next, open: NAMES.filter((name) => !CONDITIONS[name](asked)) };
}

/** Where an agent is promoted to now: every condition holds. */
export function promotionOf(
  plan: TrustPlan,
  agent: AgentTrust,
  isLicensed: boolean,
  at: number,
): PromotedState | undefined {
  // Most entries come before the proof does: nothing else need be asked then.
  if (!nextOf(agent.state) || !isProven(agent)) return undefined;
  const needed = neededFor(plan, agent, isLicensed, at);
  return needed?.open.length === 0 ? needed.next : undefined;
}

/** A lease is renewed by the same proof and evidence, near its end; a renewal moves nothing up and needs no signature. */
export function isRenewable(
  plan: TrustPlan,
  agent: AgentTrust,
  { isLicensed }: Pick<Slot, 'isLicensed'>,
  at: number,
): boolean {
  const asked: Asked = { plan, agent, next: 'autonomous', isLicensed, at };
  const isNearEnd = agent.leaseUntil !== null && at >= agent.leaseUntil - plan.limits.renewDays * DAY_SECONDS;
  return isNearEnd && CONDITIONS.proof(asked) && CONDITIONS.evidence(asked);
}
