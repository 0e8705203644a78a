/** What a rehearsal found, as data: shares with their n and 95 % interval, money in minor units. */
import { type Interval, wilson95 } from '../../chance/index.ts';
import type { Cause, Decision, Severity } from '../../terms/decision.ts';

/** A count among others, with the interval of its share. */
export interface Share extends Interval {
  readonly n: number;
  readonly of: number;
}

/** Ends rounded to nine digits, so that the same counts print the same everywhere. */
export function shareOf(n: number, of: number): Share {
  const { lower, upper } = wilson95(n, of);
  const round = (x: number) => Math.round(x * 1e9) / 1e9;
  return { n, of, lower: round(lower), upper: round(upper) };
}

export type ByDecision<T = number> = Readonly<Record<Decision, T>>;

export interface ToolRow {
  readonly lane: string | null;
  readonly tool: string;
  readonly n: number;
  readonly decisions: ByDecision;
  readonly stopped: Share;
}

export interface RuleRow {
  readonly id: string;
  readonly says: string;
  readonly lane: string;
  readonly kind: 'never' | 'ask_a_human_if' | 'limit' | 'must';
  readonly severity: Severity;
  readonly enforced: boolean;
  /** How often it was looked at. */
  readonly looked: number;
  readonly fired: Share;
  readonly doubt: Share;
  /** Cause and what it names → how often. */
  readonly causes: readonly { readonly cause: Cause; readonly fact: string | undefined; readonly n: number }[];
}

export interface LimitRow {
  readonly id: string;
  /** The highest use under one key. */
  readonly highest: number;
  readonly at_most: number;
  readonly is_money: boolean;
}

export interface ReviewLoad {
  readonly holds: number;
  /** Without times in the recording there are no days. */
  readonly days: number | undefined;
  readonly holds_per_day: number | undefined;
  readonly worst_hour: number | undefined;
  readonly holds_per_100_conversations: number;
  readonly minutes_per_hold: number;
  readonly hours_per_day: number | undefined;
  readonly hours_per_100_conversations: number;
  readonly by_owner: readonly { readonly owner: string; readonly holds: number; readonly answer_within_ms: number }[];
}

export interface Unjudged {
  readonly unreadable: number;
  /** The first sentences, each with its place. */
  readonly unreadable_says: readonly string[];
  readonly unknown_tools: readonly { readonly tool: string; readonly n: number }[];
  readonly broken_args: number;
  readonly facts_without_source: readonly string[];
  /** Results of another form than the pact says, by the fact they should have been. */
  readonly unread_facts: readonly { readonly fact: string; readonly cause: Cause; readonly n: number }[];
  /** Results without a time, where the pact asks how old a fact is. */
  readonly undated: boolean;
}

export interface ChangedDecision {
  readonly from: Decision;
  readonly to: Decision;
  readonly n: number;
  readonly money: number;
  readonly examples: readonly string[];
}

export interface LabelScore {
  readonly wrong_stopped: Share;
  readonly right_denied: Share;
  readonly right_held: Share;
  readonly by_rule: readonly { readonly id: string; readonly wrong: number; readonly right: number }[];
}

export interface RehearsalReport {
  readonly pact: {
    readonly name: string;
    readonly version: number;
    readonly digest: string;
    readonly currency: string;
  };
  readonly conversations: number;
  /** Conversations in which nothing was held or denied. */
  readonly untouched: Share;
  /** The recording goes on after a stop, so that later ones may only follow from the first: conversations by their first. */
  readonly first_stop: { readonly hold: Share; readonly deny: Share };
  readonly actions: number;
  readonly decisions: ByDecision<Share>;
  readonly by_tool: readonly ToolRow[];
  readonly rules: readonly RuleRow[];
  readonly never_fired: readonly string[];
  readonly always_in_doubt: readonly string[];
  readonly money: ByDecision;
  readonly limits: readonly LimitRow[];
  readonly reviewers: ReviewLoad;
  readonly not_judged: Unjudged;
  readonly against?: { readonly pact: string; readonly changed: readonly ChangedDecision[] } | undefined;
  readonly labels?: LabelScore | undefined;
}
