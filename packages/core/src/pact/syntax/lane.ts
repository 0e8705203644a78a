/** The shape of a lane: its tools, rules, duties, limits, rubrics, targets and what each trust state may do. */
import { z } from 'zod';
import {
  Expression,
  fields,
  Kappa,
  MeasureText,
  ModeWord,
  RuleId,
  Sentence,
  SeverityWord,
  Share,
  Span,
  some,
  Text,
  ToolName,
  Within,
  Word,
} from './spelled.ts';

/** A file name, or the schema itself, which is checked where it is read. */
const Args = z.unknown().transform((written, ctx): string | Record<string, unknown> => {
  if (typeof written === 'string' && written !== '') return written;
  if (typeof written === 'object' && written !== null && !Array.isArray(written))
    return written as Record<string, unknown>;
  const message = 'Write the name of a file with a JSON Schema, or the schema itself';
  ctx.issues.push({ code: 'custom', input: written, message, params: { code: 'bad_value' } });
  return z.NEVER;
});

export const Tool = fields({
  says: Sentence.optional(),
  args: Args.optional(),
  target: Word.optional(),
  unknown_args: z.enum(['refuse', 'drop']).optional(),
  is: z.enum(['hand_over', 'reply']).optional(),
  queues: z.record(Text, Word).optional(),
  worth: Expression.optional(),
});

const rule = {
  id: RuleId,
  says: Sentence,
  severity: SeverityWord,
  on: some(ToolName).optional(),
  when: Expression.optional(),
  unless: Expression.optional(),
  tell_the_agent: Expression.optional(),
  tell_the_human: Expression.optional(),
  trusts_text: z.boolean().optional(),
  mode: ModeWord.optional(),
};
export const NeverRule = fields({ ...rule, if_unknown: z.enum(['hold', 'deny']).optional() });
const AskRule = fields(rule);

export const Duty = fields({
  id: RuleId,
  says: Sentence,
  severity: SeverityWord,
  when: Expression,
  do: some(ToolName),
  within: Within,
  if_missed: z.enum(['hold', 'none']),
  trusts_text: z.boolean().optional(),
  mode: ModeWord.optional(),
});

/** A whole number, an amount, or `autonomy.NAME`; which it is shows where the parameters of the lane are known. */
const bound = (remedy: string) =>
  z.unknown().transform((written, ctx): number | string => {
    if (typeof written === 'string' && written !== '') return written;
    if (Number.isSafeInteger(written) && (written as number) >= 0) return written as number;
    ctx.issues.push({ code: 'custom', input: written, message: remedy, params: { code: 'bad_unit' } });
    return z.NEVER;
  });

export const Limit = fields({
  id: RuleId,
  says: Sentence,
  severity: SeverityWord,
  of: some(ToolName),
  per: z.enum(['conversation', 'customer', 'agent', 'pact']),
  window: Span.optional(),
  count: bound('Write a whole number, or autonomy.NAME').optional(),
  sum: Expression.optional(),
  at_most: bound('Write an amount such as 500.00 USD, a whole number, or autonomy.NAME').optional(),
  else: z.enum(['hold', 'deny']),
  mode: ModeWord.optional(),
});

export const Rubric = fields({
  rubric: Text,
  when: z.enum(['inline', 'after']),
  sample: Share.optional(),
  judges: some(Text),
  timeout: Span.optional(),
  counts: z.array(Word).optional(),
  pass_when: Expression.optional(),
  severity: SeverityWord,
  licence: fields({ kappa: Kappa, n: z.int().positive() }).optional(),
});

export const METRICS = [
  'first_contact_resolution',
  'csat',
  'escalation_latency_p50',
  'escalation_latency_p90',
  'policy_violation_rate',
] as const;

export const Target = fields({
  id: RuleId,
  metric: z.enum(METRICS),
  of_severity: SeverityWord.optional(),
  at_least: MeasureText.optional(),
  at_most: MeasureText.optional(),
  window: Span,
  min_sample: z.int().positive(),
  severity: SeverityWord,
  then: z.array(Word),
});

const Parameter = bound('Write an amount such as 50.00 USD, a whole number, or a share such as 10%');
/** Values of `parameters` in one trust state, and the share of allowed actions that is held anyway. */
const Authority = z.object({ hold_sample: Share.optional() }).catchall(Parameter);

export const Lane = fields({
  says: Sentence.optional(),
  owner: Word,
  mode: ModeWord,
  when_unreachable: z.enum(['hold', 'deny']).optional(),
  may: z.record(ToolName, Tool),
  never: z.array(NeverRule).optional(),
  ask_a_human_if: z.array(AskRule).optional(),
  must: z.array(Duty).optional(),
  limits: z.array(Limit).optional(),
  judged_on: z.record(Word, Rubric).optional(),
  weekly_targets: z.array(Target).optional(),
  parameters: z.record(Word, z.enum(['money', 'int', 'share'])).optional(),
  autonomy: fields({ limited: Authority.optional(), autonomous: Authority.optional() }).optional(),
});
