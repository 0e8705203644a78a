/** The three answers of the gate, strictest last. */
export const DECISIONS = ['allow', 'hold', 'deny'] as const;
export type Decision = (typeof DECISIONS)[number];

export const isStricter = (a: Decision, b: Decision): boolean => DECISIONS.indexOf(a) > DECISIONS.indexOf(b);
export const strictest = (decisions: readonly Decision[]): Decision =>
  decisions.reduce<Decision>((a, b) => (isStricter(b, a) ? b : a), 'allow');

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where an agent stands in a lane. Everyone starts `supervised`. */
export const TRUST_STATES = ['suspended', 'supervised', 'limited', 'autonomous'] as const;
export type TrustState = (typeof TRUST_STATES)[number];

/** What a rule is, or which part of the gate spoke where no rule did. */
export type ReasonKind =
  | 'never'
  | 'ask_a_human_if'
  | 'limit'
  | 'must'
  | 'state'
  | 'sample'
  | 'schema'
  | 'default'
  | 'stopped'
  | 'trace_conflict';

/** Why a reason stands there. The last six are also its `id`, since no rule of the pact spoke. */
export type ReasonWhy =
  | 'fired'
  | 'doubt'
  | 'limit'
  | 'duty'
  | 'state'
  | 'sample'
  | 'schema'
  | 'default'
  | 'stopped'
  | 'trace_conflict';

/** Why a condition has no value. Doubt is never `allow`. */
export const CAUSES = [
  'missing_fact',
  'no_such_key',
  'wrong_type',
  'empty_list',
  'overflow',
  'division_by_zero',
  'timeout',
  'stale',
  'over_budget',
  'too_long',
] as const;
export type Cause = (typeof CAUSES)[number];

/** One thing that speaks against an action, with what it would have decided alone. */
export interface Reason {
  readonly id: string;
  readonly says: string;
  readonly kind: ReasonKind;
  readonly severity: Severity;
  readonly why: ReasonWhy;
  readonly decision: Decision;
  /** False where the rule or its lane is in shadow: recorded, without effect. */
  readonly enforced: boolean;
  readonly cause?: Cause | undefined;
  readonly fact?: string | undefined;
  readonly path?: string | undefined;
  readonly at?: { readonly line: number; readonly from: number; readonly to: number } | undefined;
  readonly values: Readonly<Record<string, unknown>>;
}
