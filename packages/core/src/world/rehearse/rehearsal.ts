/**
 * A pact tested on recorded conversations. Each action is decided from what stood before it; the recording goes on as
 * it did, so what follows still sees a write that the gate would have stopped.
 */

import { ConversationMemory, type Evaluation, type Given, type Pact } from '../../pact/index.ts';
import type { Decision, TrustState } from '../../terms/decision.ts';
import type { Json } from '../../terms/json.ts';
import type { ZoneOffset } from '../../terms/time.ts';
import type { CallStep, Conversation, Step } from '../../terms/trace.ts';
import { decide } from '../decide.ts';
import { LimitBook } from '../limit-book.ts';

export interface RehearsalOptions {
  /** Decides at this instant instead of the recording's times. */
  readonly now?: number | undefined;
  readonly state?: TrustState | undefined;
  /** Overrides the recording's agent. */
  readonly agent?: string | undefined;
  /** `--table NAME=FILE`: stands in for a table, or for an http fact by the values that it asks with, joined by `/`. */
  readonly tables?: ReadonlyMap<string, Json> | undefined;
  readonly offset: ZoneOffset;
}

/** One recorded call and what the gate would have said. */
export interface DecidedCall {
  readonly conversation: Conversation;
  readonly call: CallStep;
  /** Position among the agent's calls of this conversation, from 0. */
  readonly index: number;
  readonly evaluation: Evaluation;
  readonly isRead: boolean;
  /** Whether the recorded call succeeded; undefined where no result was recorded. */
  readonly succeeded: boolean | undefined;
  readonly at: number | undefined;
}

export class Rehearsal {
  readonly #pact: Pact;
  readonly #options: RehearsalOptions;
  readonly #limits: LimitBook;
  readonly #given: Given;
  #latest = 0;

  constructor(pact: Pact, options: RehearsalOptions) {
    this.#pact = pact;
    this.#options = options;
    this.#limits = new LimitBook();
    this.#given = givenFrom(options.tables ?? new Map());
  }

  /** Decides every call of one conversation, in recorded order. */
  decide(conversation: Conversation): readonly DecidedCall[] {
    const { id, customer_id: customer, channel } = conversation;
    const memory = new ConversationMemory(this.#pact, { id, customer, channel }, this.#options.offset);
    const decided: DecidedCall[] = [];
    for (const turn of turnsOf(conversation.steps)) {
      // A result that has not arrived is no fact for the next call of the same turn.
      const evaluations = turn.map((step) =>
        step.kind === 'call' ? this.#decideCall(conversation, step, memory) : undefined,
      );
      for (const [i, step] of turn.entries()) {
        const succeeded = memory.observe(this.#timed(step), this.#at(conversation, step));
        const evaluation = evaluations[i];
        if (step.kind !== 'call' || !evaluation) continue;
        const reported = step.result !== undefined || step.result_text !== undefined ? succeeded : undefined;
        if (reported !== undefined) this.#limits.settle(`${id}\n${step.call_id}`, reported ? 'executed' : 'failed');
        decided.push({
          conversation,
          call: step,
          index: decided.length,
          evaluation,
          isRead: this.#pact.reads.has(step.tool),
          succeeded: reported,
          at: this.#at(conversation, step),
        });
      }
    }
    this.#limits.closeConversation(id);
    return decided;
  }

  #at(conversation: Conversation, step: Step): number | undefined {
    return this.#options.now ?? step.at ?? conversation.at;
  }

  /** With `--now` the recording's own times say nothing about the age of its results. */
  #timed(step: Step): Step {
    return this.#options.now === undefined ? step : { ...step, at: undefined };
  }

  #decideCall(conversation: Conversation, call: CallStep, memory: ConversationMemory): Evaluation {
    const { id, customer_id: customer, channel } = conversation;
    const now = this.#at(conversation, call);
    // Limits count in recorded order: a conversation that begins before another ends does not turn their clock back.
    this.#latest = Math.max(this.#latest, now ?? 0);
    return decide(this.#pact, this.#limits, {
      action_id: `${id}\n${call.call_id}`,
      proposal: {
        tool: call.tool,
        args: call.args,
        calls_in_turn: call.calls_in_turn,
        text_in_turn: call.text_in_turn,
      },
      agent: this.#options.agent ?? conversation.agent ?? 'recorded-agent',
      conversation: { id, customer, channel },
      anyChannel: true,
      memory,
      now,
      counted_at: this.#latest,
      offset: this.#options.offset,
      state: this.#options.state ?? 'autonomous',
      given: this.#given,
      judges: {},
      undatedIsFresh: true,
    });
  }
}

/** Calls of one turn together; every other step by itself. */
export function turnsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const turns: Step[][] = [];
  for (const step of steps) {
    const last = turns.at(-1)?.[0];
    const isSameTurn =
      step.kind === 'call' && last?.kind === 'call' && step.turn !== undefined && step.turn === last.turn;
    if (isSameTurn) turns.at(-1)?.push(step);
    else turns.push([step]);
  }
  return turns;
}

function givenFrom(tables: ReadonlyMap<string, Json>): Given {
  return (name, asked) => {
    const table = tables.get(name);
    const key = Object.values(asked).map(String).join('/');
    if (key === '' || table === undefined) return table;
    return typeof table === 'object' && table !== null && !Array.isArray(table) && Object.hasOwn(table, key)
      ? (table as { readonly [key: string]: Json })[key]
      : undefined;
  };
}

/** One line of DECISIONS.jsonl. */
export interface DecisionLine {
  readonly conversation_id: string;
  readonly call_id: string;
  readonly index: number;
  readonly action: { readonly tool: string; readonly args: Json };
  readonly lane: string | null;
  readonly decision: Decision;
  readonly reasons: readonly { readonly id: string; readonly says: string }[];
  readonly shadow: readonly { readonly id: string; readonly says: string }[];
}

export function toDecisionLine({ conversation, call, index, evaluation }: DecidedCall): DecisionLine {
  const row = ({ id, says }: { id: string; says: string }) => ({ id, says });
  return {
    conversation_id: conversation.id,
    call_id: call.call_id,
    index,
    action: { tool: call.tool, args: call.args ?? call.args_text ?? null },
    lane: evaluation.lane,
    decision: evaluation.effect,
    reasons: evaluation.reasons.filter(({ enforced }) => enforced).map(row),
    shadow: evaluation.reasons.filter(({ enforced }) => !enforced).map(row),
  };
}
