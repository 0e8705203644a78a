/** What the gate found about one proposal. */
import type { Decision, Reason, TrustState } from '../../terms/decision.ts';
import type { Json } from '../../terms/json.ts';

export interface Evaluation {
  /** What would be decided if everything were enforced; no record ever says allow for what would not have been allowed. */
  readonly decision: Decision;
  /** False where only what is in shadow stops the action: it goes on. */
  readonly enforced: boolean;
  /** What takes effect. */
  readonly effect: Decision;
  /** Null for a read, and for a tool of no lane. */
  readonly lane: string | null;
  readonly state: TrustState;
  /** Of which kind of work the conversation is, where the pact tells kinds apart. */
  readonly stratum: string | undefined;
  /** By strictness, then as in the file. */
  readonly reasons: readonly Reason[];
  readonly tell_the_agent: string;
  readonly tell_the_human: string;
  /** Who answers, where the action is held. */
  readonly owner: string | undefined;
  /** Duties of the conversation that are open. */
  readonly duties: readonly string[];
  /** Of a hand-over: the queue or owner it goes to. */
  readonly routed_to: string | undefined;
  /** The arguments as they are hashed and forwarded. */
  readonly args: Json;
  /** What each limit would be charged if the action is allowed. */
  readonly charges: readonly Charge[];
  /** What the action moves, in minor units, where it moves money. */
  readonly money: number | undefined;
}

export interface Charge {
  readonly limit: string;
  readonly key: string;
  readonly amount: number;
  /** Sliding, in milliseconds; undefined: for the whole conversation. */
  readonly window: number | undefined;
  /** What was used up under the key before. */
  readonly used: number;
}
