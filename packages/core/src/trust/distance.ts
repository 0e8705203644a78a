/** How far an agent is from proving what its state has to prove: in clean conversations, stream by stream. */
import { grow } from '../chance/betting.ts';
import { rateToProve, type StreamPlan, type TrustPlan } from './plan.ts';
import { promotionThreshold } from './proof.ts';
import type { AgentTrust, StreamState } from './slot.ts';

/** Nobody waits for more than this; it says "very many". */
const MOST = 100_000;

export interface Distance {
  readonly stream: string;
  /** The rate that this epoch has to prove. */
  readonly rate: number;
  /** Conversations without a violation that are still needed; 0 where it is proven. */
  readonly clean: number;
}

/** Nothing can be proven while suspended. */
export function distancesOf(plan: TrustPlan, agent: AgentTrust): readonly Distance[] {
  const threshold = promotionThreshold(plan.limits.alpha, agent.attempt);
  return agent.streams.map((state, i) => {
    const { stream, proof } = plan.streams[i] as StreamPlan;
    const bets = proof[agent.state];
    const needed = (): number => cleanUntil(state, (wealth) => grow(bets, wealth, 0), threshold);
    return { stream: stream.id, rate: rateToProve(stream, agent.state), clean: state.isProven ? 0 : needed() };
  });
}

function cleanUntil(
  { proof }: StreamState,
  next: (wealth: StreamState['proof']) => StreamState['proof'],
  threshold: number,
): number {
  let wealth = proof;
  for (let n = 1; n <= MOST; n++) {
    wealth = next(wealth);
    if (wealth.value >= threshold) return n;
  }
  return MOST;
}
