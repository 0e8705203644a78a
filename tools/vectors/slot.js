/** Slots of the schema surety/vectors@1: runs of entries written out, and a state as the schema names its parts. */
import { DEFAULT_LIMITS, foldSlot } from '@surety/core/trust';

/** An event stands for `repeat` entries, `every` seconds apart, each overwritten by `over` where it says so. */
function* writtenOut(events) {
  let seq = 0;
  for (const { repeat = 1, every = 0, over = {}, ...event } of events)
    for (let i = 0; i < repeat; i++) yield { ...event, at: event.at + i * every, ...over[i], seq: ++seq };
}

const fold = ({ params, events }) => foldSlot({ ...DEFAULT_LIMITS, ...params }, writtenOut(events));

export const stateTrace = (args) => fold(args).records;

export function stateSnapshot(args) {
  const { slot } = fold(args);
  const agent = slot.agents.find((one) => one.agent === args.agent);
  return {
    ...agent,
    attempts: slot.attempts,
    admitted: agent.quota.all,
    E: agent.streams.map(({ proof }) => proof.value),
    R: agent.streams.map(({ detector }) => detector.value),
    proven: agent.streams.map(({ isProven }) => isProven),
    baseline: agent.drift?.baseline ?? null,
    drift: agent.drift?.wealth.value ?? 0,
  };
}
