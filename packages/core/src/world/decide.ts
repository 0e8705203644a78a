/** The one way an action is decided, live and in a rehearsal: the pact's judgement of it in the world as it stands. */
import { type Evaluation, evaluate, type Pact, type Situation } from '../pact/index.ts';
import type { Reason } from '../terms/decision.ts';
import { isStopped } from './agents.ts';
import type { Charged, LimitBook } from './limit-book.ts';
import { gateState, samplingOf } from './trust/gate-state.ts';
import type { World } from './world.ts';

/** A situation without what the world itself knows. */
export type Asked = Omit<Situation, 'used'> & {
  readonly action_id: string;
  /** When limits count it, where that is not `now`: a recording whose times go back. */
  readonly counted_at?: number | undefined;
};

/** Decides, and reserves every limit of an action that takes effect as `allow`. */
export function decide(pact: Pact, limits: LimitBook, asked: Asked): Evaluation {
  // Without a clock nothing leaves a window: limits then count all that was recorded.
  const now = asked.counted_at ?? asked.now ?? 0;
  const evaluation = evaluate(pact, {
    ...asked,
    used: (limit, key) => limits.used(limit.id, key, limit.window, now),
  });
  if (evaluation.effect === 'allow') limits.reserve(asked.action_id, evaluation.charges, now);
  return evaluation;
}

/** What the world knows by itself: the state, a stop, the limits. */
export type AskedLive = Omit<Situation, 'used' | 'state' | 'stopped' | 'sampled' | 'now'> & {
  readonly now: number;
  /** Parts per million, drawn so that the agent can neither choose nor foresee it. */
  readonly draw: number;
  /** What is charged before it, where that is not in the world yet. */
  readonly pending?: readonly Charged[] | undefined;
};

/** As `decide`, in the world; what is reserved follows when the entry is folded. */
export function decideIn(world: World, pact: Pact, asked: AskedLive): Evaluation {
  const lane = pact.tools.get(asked.proposal.tool)?.lane;
  const state = gateState(world, asked.agent, lane?.name, asked.now);
  const usual = state === 'limited' || state === 'autonomous' ? (lane?.holdSample[state] ?? 0) : 0;
  // What is drawn is a part per million: three times a third is all.
  const share = lane ? usual * samplingOf(world, asked.agent, lane.name, asked.now) : 0;
  return evaluate(pact, {
    ...asked,
    state,
    stopped: isStopped(world.agents, asked.agent, lane?.name),
    sampled: asked.draw < share,
    used: ({ id, window }, key) =>
      (asked.pending ?? [])
        .filter((charged) => charged.limit === id && charged.key === key)
        .reduce((sum, { amount }) => sum + amount, world.limits.used(id, key, window, asked.now)),
  });
}

/**
 * What still speaks against an action that a person approves: a `never` that fires, a stop, a suspension, and limits
 * that are full, save those the approval overrides because they had held it. The person's word settles the rest.
 */
export const standsAgainst = ({ reasons }: Evaluation, overrides: readonly string[]): readonly Reason[] =>
  reasons.filter(
    ({ decision, kind, id, enforced }) =>
      enforced && (decision === 'deny' || kind === 'limit') && !(kind === 'limit' && overrides.includes(id)),
  );
