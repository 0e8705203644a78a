/** A pact that has been read, checked and compiled: what the gate decides by. */
import type { Decision, Severity } from '../terms/decision.ts';
import type { Unit } from '../terms/unit.ts';
import type { Condition } from './condition/condition.ts';
import type { Frame, Run } from './condition/run.ts';
import type { RecordValue, Value } from './condition/unknown.ts';
import type { GivenFactPlan } from './facts/fact-plan.ts';
import type { MemoryPlan } from './facts/trace-memory.ts';
import type { ArgsSchema } from './shape/args-schema.ts';
import type { PactFile } from './syntax.ts';

export interface Pact {
  /** As written, units resolved. */
  readonly file: PactFile;
  readonly name: string;
  readonly version: number;
  /** `sha256:` and 64 hex digits, over the pact and every file it names. */
  readonly digest: string;
  readonly currency: string;
  readonly digits: number;
  readonly zone: string;
  readonly lanes: ReadonlyMap<string, LanePlan>;
  /** Tools of the lanes and `hand_over`, which is always there. */
  readonly tools: ReadonlyMap<string, ToolPlan>;
  readonly reads: ReadonlySet<string>;
  readonly duties: readonly DutyPlan[];
  readonly strata: StrataPlan | undefined;
  readonly memory: MemoryPlan;
  readonly given: readonly GivenFactPlan[];
  /** Every rule, limit and duty, in the order of the file. */
  readonly rules: readonly RuleName[];
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** What reports and coverage know a rule by. */
export interface RuleName {
  readonly id: string;
  readonly says: string;
  readonly lane: string;
  readonly kind: 'never' | 'ask_a_human_if' | 'limit' | 'must';
  readonly severity: Severity;
  readonly enforced: boolean;
}

export interface LanePlan {
  readonly name: string;
  readonly owner: string;
  readonly enforced: boolean;
  /** Values of `parameters` in the two states that have some. */
  readonly autonomy: { readonly limited: RecordValue; readonly autonomous: RecordValue };
  readonly holdSample: { readonly limited: number; readonly autonomous: number };
}

export interface ToolPlan {
  readonly tool: string;
  readonly lane: LanePlan | undefined;
  readonly is: 'hand_over' | 'reply' | undefined;
  readonly schema: ArgsSchema | undefined;
  /** Of a hand-over: queue → owner. */
  readonly queues: ReadonlyMap<string, string>;
  readonly rules: readonly RulePlan[];
  readonly limits: readonly LimitPlan[];
  readonly slots: readonly SlotPlan[];
  /** Inline judges of its lane. */
  readonly judges: readonly string[];
  /** What the action would cost in minor units, where it moves money. */
  readonly worth: Run | undefined;
}

/** A place in the pact file: line and columns, from 1. */
export interface Place {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export interface RulePlan {
  readonly id: string;
  readonly says: string;
  readonly kind: 'never' | 'ask_a_human_if';
  readonly severity: Severity;
  readonly enforced: boolean;
  readonly onFire: Decision;
  readonly onDoubt: Decision;
  /** The rule fires when the condition comes out as this: true for `when`, false for `unless`. */
  readonly firesWhen: boolean;
  readonly condition: Condition;
  readonly at: Place;
  readonly leaves: (frame: Frame, outcome: boolean) => Readonly<Record<string, Value>>;
  /** Of the leaves that have one. */
  readonly units: Readonly<Record<string, Unit>>;
  readonly tellTheAgent: Run | undefined;
  readonly tellTheHuman: Run | undefined;
}

/** A number, or the parameter of the trust state that gives it. */
export type Bound = number | { readonly parameter: string };

export interface LimitPlan {
  readonly id: string;
  readonly says: string;
  readonly lane: string;
  readonly severity: Severity;
  readonly enforced: boolean;
  readonly otherwise: Decision;
  readonly per: 'conversation' | 'customer' | 'agent' | 'pact';
  /** Sliding, in milliseconds; undefined: the whole conversation. */
  readonly window: number | undefined;
  /** What one action uses up: its amount, or 1 where the limit counts. */
  readonly amount: Run | undefined;
  readonly atMost: Bound;
  /** What it adds up; undefined where it counts actions, or things without a unit. */
  readonly unit: Unit | undefined;
  readonly at: Place;
}

export interface DutyPlan {
  readonly id: string;
  readonly says: string;
  readonly lane: string;
  readonly severity: Severity;
  readonly enforced: boolean;
  readonly condition: Condition;
  readonly slots: readonly SlotPlan[];
  readonly does: ReadonlySet<string>;
  readonly within: { readonly replies: number } | { readonly ms: number };
  readonly holdsWhenMissed: boolean;
  readonly at: Place;
}

/** The kinds of work that trust is earned in, each in its share. */
export interface StrataPlan {
  /** In the order of the file; a conversation is of the first that may hold. */
  readonly kinds: readonly { readonly name: string; readonly condition: Condition }[];
  /** What is of no kind. */
  readonly rest: string;
  /** Parts per million, the rest last. */
  readonly shares: readonly { readonly name: string; readonly share: number }[];
  readonly slots: readonly SlotPlan[];
}

/** How a slot of a frame is filled when it is first read. */
export interface SlotPlan {
  readonly name: string;
  readonly resolve: (frame: ResolvingFrame) => Value;
}

/** A frame with what slots are filled from. */
export interface ResolvingFrame extends Frame {
  /** The step that a trace fact in this slot was taken from. */
  readonly steps: number[];
  readonly select: (fact: number, where: readonly Value[], after: number | undefined) => { value: Value; step: number };
  /** What was fetched or sent for a fact; `undefined` where nothing was. */
  readonly givenFact: (name: string, asked: Readonly<Record<string, Value>>) => Value | undefined;
}
