/**
 * The shape of a pact file, format 1. Spans become milliseconds, shares parts per million, times milliseconds since
 * 1970 and money `{minor, currency}`; names, types and expressions stay text until they are linked.
 */
import { z } from 'zod';
import { Consequence, Terms } from './syntax/consequence.ts';
import { Fact } from './syntax/fact.ts';
import {
  type Duty,
  Lane,
  type Limit,
  METRICS,
  type NeverRule,
  type Rubric,
  type Target,
  type Tool,
} from './syntax/lane.ts';
import {
  AgentName,
  Expression,
  fields,
  PactName,
  Sentence,
  Share,
  Span,
  some,
  Text,
  ToolName,
  TypeName,
  UserName,
  Word,
} from './syntax/spelled.ts';

export { METRICS } from './syntax/lane.ts';

const Owner = fields({
  primary: UserName,
  backup: UserName,
  answer_within: Span,
  if_late: fields({ page: z.enum(['backup', 'primary', 'both']), after: Span }).optional(),
  then: z.enum(['deny', 'keep_holding', 'route_to_owner']),
});

const bySeverity = { critical: Share.optional(), major: Share.optional(), minor: Share.optional() };
const Rates = fields({ ...bySeverity, attempts: Share.optional() });
const Names = z.array(Word).optional();

const Trust = fields({
  preset: z.enum(['by_volume']).optional(),
  volume_per_day: z.record(Word, z.int().positive()).optional(),
  allowed_rates: Rates.optional(),
  relaxed_rates: Rates.optional(),
  customers_per_week: z.int().positive().optional(),
  conversations_per_week: z.int().positive().optional(),
  ceiling: z.enum(['supervised', 'limited', 'autonomous']).optional(),
  strata: z.record(Word, Share).optional(),
  sign_off: fields({ limited: z.boolean(), autonomous: z.boolean() }).optional(),
  lease: Span.optional(),
  dwell: fields({ limited: Span, autonomous: Span }).optional(),
  outcome_week: z.array(z.enum(METRICS)).optional(),
  on_change: z.enum(['supervised', 'limited']).optional(),
});

/** The format that this release reads and writes. */
export const PACT_FORMAT = 1;

export const PactSyntax = fields({
  pact: PactName,
  format: z.literal(PACT_FORMAT),
  version: z.int().positive(),
  says: Sentence,
  author: UserName,
  agents: some(AgentName),
  channels: some(Text).optional(),
  currency: z.string(),
  zone: z.string(),
  owners: z.record(Word, Owner),
  lanes: z.record(Word, Lane),
  trust: Trust.optional(),
  on_violation: fields({ critical: Names, major: Names, minor: Names }).optional(),
  consequences: z.record(Word, Consequence),
  terms: Terms.optional(),
  evidence: fields({ keep: Span, personal: z.array(Text), erase_after: Span }),
  define: z.record(Word, fields({ says: Sentence, cel: Expression })).optional(),
  facts: z.record(Word, Fact).optional(),
  reads: z.record(ToolName, fields({ says: Sentence.optional(), target: Word.optional() })).optional(),
  results: fields({ failed_when: fields({ starts_with: some(Text).optional(), field: Text.optional() }) }).optional(),
  types: z.record(TypeName, z.record(z.string(), z.string())).optional(),
});

/** A pact as written, units resolved. */
export type PactFile = z.infer<typeof PactSyntax>;
export type LaneFile = z.infer<typeof Lane>;
export type RuleFile = z.infer<typeof NeverRule>;
export type DutyFile = z.infer<typeof Duty>;
export type LimitFile = z.infer<typeof Limit>;
export type ToolFile = z.infer<typeof Tool>;
export type FactFile = z.infer<typeof Fact>;
export type OwnerFile = z.infer<typeof Owner>;
export type ConsequenceFile = z.infer<typeof Consequence>;
export type TargetFile = z.infer<typeof Target>;
export type RubricFile = z.infer<typeof Rubric>;
export type TrustFile = z.infer<typeof Trust>;
export type TermsFile = z.infer<typeof Terms>;

export const HAND_OVER = 'hand_over';

/** Whether a tool gives the conversation to a person: the built-in one, or the operator's own that says so. */
export const isHandOver = (name: string, tool: ToolFile): boolean => name === HAND_OVER || tool.is === 'hand_over';
