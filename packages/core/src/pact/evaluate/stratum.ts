/** Of which kind of work a conversation is, before the agent acts in it. */
import type { Pact } from '../pact.ts';
import { baseValues, DecisionFrame } from './decision-frame.ts';
import type { Situation } from './situation.ts';

/**
 * The first stratum that the conversation may belong to: also in doubt, so that nobody gets into an easier one by
 * looking nothing up. `undefined` where the pact has no strata.
 */
export function stratumOf(pact: Pact, situation: Situation): string | undefined {
  const { strata } = pact;
  if (!strata) return undefined;
  const { memory, now, offset, undatedIsFresh, given, conversation } = situation;
  const sources = { pact, memory: memory.trace, now, offset, undatedIsFresh, given };
  const frame = new DecisionFrame(sources, strata.slots, baseValues(undefined, conversation, now, {}, {}));
  return strata.kinds.find(({ condition }) => condition.run(frame) !== false)?.name ?? strata.rest;
}
