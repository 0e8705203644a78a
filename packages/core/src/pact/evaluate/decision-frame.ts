/** The frame of one decision: slots are filled when a condition first reads them. */

import type { TrustState } from '../../terms/decision.ts';
import { isJsonObject } from '../../terms/json.ts';
import type { TraceView } from '../condition/run.ts';
import { type RecordValue, Unknown, type Value } from '../condition/unknown.ts';
import type { GivenFactPlan, TraceFactPlan } from '../facts/fact-plan.ts';
import type { TraceMemory } from '../facts/trace-memory.ts';
import type { LanePlan, Pact, ResolvingFrame, SlotPlan } from '../pact.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import type { Given, JudgeAnswer } from './given.ts';

/** What a frame reads beside its base slots. */
export interface FrameSources {
  readonly pact: Pact;
  readonly memory: TraceMemory;
  readonly now: number | undefined;
  readonly offset: (zone: string, atMs: number) => number | undefined;
  readonly undatedIsFresh: boolean;
  readonly given: Given;
}

export class DecisionFrame implements ResolvingFrame {
  readonly values: (Value | undefined)[];
  readonly locals: Value[] = [];
  readonly steps: number[] = [];
  readonly trace: TraceView;
  budget: number = PACT_LIMITS.stepsPerDecision;
  readonly #slots: readonly SlotPlan[];
  readonly #sources: FrameSources;

  constructor(sources: FrameSources, slots: readonly SlotPlan[], base: readonly (Value | undefined)[]) {
    this.#sources = sources;
    this.#slots = slots;
    this.trace = sources.memory;
    this.values = [...base];
  }

  resolve(slot: number): Value {
    const value = (this.#slots[slot] as SlotPlan).resolve(this);
    this.values[slot] = value;
    return value;
  }

  offset(zone: string | undefined, atMs: number): number | undefined {
    return this.#sources.offset(zone ?? this.#sources.pact.zone, atMs);
  }

  select(fact: number, where: readonly Value[], after: number | undefined): { value: Value; step: number } {
    const { pact, memory, now, undatedIsFresh } = this.#sources;
    return memory.select(pact.memory.facts[fact] as TraceFactPlan, where, after, { now, undatedIsFresh });
  }

  givenFact(name: string, asked: Readonly<Record<string, Value>>): Value | undefined {
    const { pact, given, offset } = this.#sources;
    const plan = pact.given.find((fact) => fact.name === name) as GivenFactPlan;
    const json = given(name, asked);
    if (json === undefined) return plan.from === 'http' ? new Unknown('timeout', name) : undefined;
    const value = plan.convert(json, { digits: pact.digits, offset: (zone, at) => offset(zone ?? pact.zone, at) });
    return value instanceof Unknown ? new Unknown(value.cause, name, value.path) : value;
  }
}

/** The values of the six base slots; an absent member is in doubt, and says which it is. */
export function baseValues(
  action: RecordValue | undefined,
  conversation: { readonly id: string; readonly customer?: string | undefined; readonly channel?: string | undefined },
  now: number | undefined,
  autonomy: RecordValue,
  judges: RecordValue,
): readonly (Value | undefined)[] {
  const missing = (path: string) => new Unknown('missing_fact', 'conversation', path);
  const { id, customer, channel } = conversation;
  return [
    action,
    { id, customer: customer ?? missing('customer'), channel: channel ?? missing('channel') },
    {},
    now ?? new Unknown('missing_fact', 'now'),
    autonomy,
    judges,
  ];
}

/** `suspended` and `supervised` are judged with the parameters of `limited`, so that a person sees what would fire. */
export const autonomyIn = (lane: LanePlan | undefined, state: TrustState): RecordValue =>
  lane ? (state === 'autonomous' ? lane.autonomy.autonomous : lane.autonomy.limited) : {};

/** Answers of inline judges; the member of a judge that gave none is in doubt. */
export function judgeValues(names: readonly string[], answers: Readonly<Record<string, JudgeAnswer>>): RecordValue {
  const values: Record<string, Value> = {};
  for (const name of names) {
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    const missing = new Unknown('missing_fact', `judges.${name}`);
    values[name] = answer
      ? {
          verdict: answer.verdict,
          confidence: answer.confidence ?? missing,
          score: answer.score ?? missing,
          counts: new Map(isJsonObject(answer.counts) ? Object.entries(answer.counts as Record<string, number>) : []),
        }
      : missing;
  }
  return values;
}
