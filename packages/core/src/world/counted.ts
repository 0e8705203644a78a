/**
 * Which reasons of a decision are evidence, and of what: the one definition that trust and the weekly figures share, so
 * that no violation counts in one and not in the other.
 */
import type { DataOf } from '../evidence/kinds.ts';
import type { Pacts } from './pacts.ts';

export type Decided = DataOf<'action.decided'>;
export type DecidedReason = Decided['reasons'][number];

/**
 * In a lane that is enforced, a rule on trial is not evidence; in a lane on trial all of them are what it would say. A
 * pact of an older form does not tell which it is: then all count.
 */
export const countedReasons = ({ byDigest }: Pacts, { lane, pact, reasons }: Decided): readonly DecidedReason[] => {
  // Most decisions have no reason on trial: nothing need be looked up for them.
  if (!hasTrial(reasons)) return reasons;
  const lanes = pact === null ? null : (byDigest.get(pact)?.lanes ?? null);
  const isEnforced = lanes !== null && lane !== null && Object.hasOwn(lanes, lane) && lanes[lane]?.enforced === true;
  return isEnforced ? reasons.filter(({ enforced }) => enforced) : reasons;
};

function hasTrial(reasons: readonly DecidedReason[]): boolean {
  for (const { enforced } of reasons) if (!enforced) return true;
  return false;
}

/**
 * A `never` or a denying limit that fired. A hand-over is let through whatever it breaks: its `never`, and a queue that
 * nobody knows, only redirect it, which is a violation that was blocked. Doubt is none.
 */
export const isBroken = ({ routed_to }: Pick<Decided, 'routed_to'>, { why, decision }: DecidedReason): boolean =>
  routed_to === undefined
    ? decision === 'deny' && (why === 'fired' || why === 'limit')
    : why === 'schema' || (why === 'fired' && decision !== 'hold');

/** A rule that asked for a person; neither the state nor a sample nor doubt. */
export const isAsking = ({ why, decision }: DecidedReason): boolean =>
  decision === 'hold' && (why === 'fired' || why === 'limit');
