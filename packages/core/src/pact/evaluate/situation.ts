/** Everything a decision depends on, handed in: the same situation gives the same decision, anywhere and at any time. */
import type { TrustState } from '../../terms/decision.ts';
import type { JsonObject } from '../../terms/json.ts';
import type { ZoneOffset } from '../../terms/time.ts';
import type { LimitPlan } from '../pact.ts';
import type { ConversationMemory } from './conversation-memory.ts';
import type { Given, JudgeAnswer } from './given.ts';

/** What an agent proposes to do. */
export interface Proposal {
  readonly tool: string;
  /** `undefined` where what the agent sent was no object. */
  readonly args: JsonObject | undefined;
  readonly lane?: string | undefined;
  readonly calls_in_turn?: number | undefined;
  readonly text_in_turn?: boolean | undefined;
  /** The agent's own word, 0 to 100. */
  readonly confidence?: number | undefined;
}

export interface Situation {
  readonly proposal: Proposal;
  readonly agent: string;
  readonly conversation: {
    readonly id: string;
    readonly customer?: string | undefined;
    readonly channel?: string | undefined;
  };
  /** The pseudonyms that limits count under; absent: the names themselves. */
  readonly countedAs?: { readonly conversation: string; readonly customer?: string | undefined } | undefined;
  readonly memory: ConversationMemory;
  /** Unknown in a recording without times. */
  readonly now: number | undefined;
  readonly offset: ZoneOffset;
  readonly state: TrustState;
  readonly given: Given;
  readonly judges: Readonly<Record<string, JudgeAnswer>>;
  /** What of a limit is used up so far under a key, reservations included. */
  readonly used: (limit: LimitPlan, key: string) => number;
  /** An agent or lane that was stopped. */
  readonly stopped?: boolean | undefined;
  /** Drawn to be held although it would be allowed. */
  readonly sampled?: boolean | undefined;
  /** The trace that was sent disagrees with what was recorded. */
  readonly conflicts?: boolean | undefined;
  /** A rehearsal binds every recorded conversation, whatever the pact's channels say. */
  readonly anyChannel?: boolean | undefined;
  /** Whether a result without a time counts as fresh: so in a rehearsal of recordings that have none. */
  readonly undatedIsFresh: boolean;
}
