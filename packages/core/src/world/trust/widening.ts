/** Which lanes a new version of a pact widens, and whether the weekly review that each of them needs was signed. */
import type { LaneTerms } from '../../evidence/kinds/agent.ts';
import { laneEffects, type Pact } from '../../pact/index.ts';
import { TRUST_STATES } from '../../terms/decision.ts';
import { DAY } from '../../terms/time.ts';
import type { World } from '../world.ts';
import { planIn } from './evidence.ts';
import { laneTermsOf } from './lane-terms.ts';

/** Lanes of both versions: looser, out of shadow, or trusted on less proof or up to a higher state. */
export function widenedLanes(before: Pact, after: Pact): readonly string[] {
  const effects = laneEffects(before, after);
  const [was, is] = [laneTermsOf(before), laneTermsOf(after)];
  return [...effects.keys()].filter((lane) => {
    const [a, b] = [was[lane], is[lane]];
    return effects.get(lane) === 'widened' || (a !== undefined && b !== undefined && isTrustedMore(a, b));
  });
}

const RATES = ['critical', 'major', 'minor', 'attempts'] as const;

function isTrustedMore(a: LaneTerms, b: LaneTerms): boolean {
  const rises = (which: 'ceiling' | 'on_change'): boolean =>
    TRUST_STATES.indexOf(b[which]) > TRUST_STATES.indexOf(a[which]);
  const states = ['limited', 'autonomous'] as const;
  return (
    (b.enforced && !a.enforced) ||
    rises('ceiling') ||
    rises('on_change') ||
    RATES.some((rate) => b.allowed[rate] > a.allowed[rate] || b.relaxed[rate] > a.relaxed[rate]) ||
    states.some((state) => (a.sign_off[state] && !b.sign_off[state]) || b.dwell[state] < a.dwell[state]) ||
    b.lease > a.lease ||
    b.outcome_weeks < a.outcome_weeks
  );
}

/**
 * The rule of every widening: a `widen` of these days, that no later review withdrew and no new epoch has spent. An agent
 * that never came into the lane has no scope there that could widen.
 */
export function isSignedFor(world: World, agent: string, lane: string, now: number): boolean {
  const member = world.trust.find(agent, lane);
  const trust = member && world.trust.trustOf(member);
  if (!member || !trust) return true;
  const { signatureDays } = planIn(world)(member).limits;
  return trust.signedAt !== null && now - trust.signedAt * 1000 <= signatureDays * DAY;
}
