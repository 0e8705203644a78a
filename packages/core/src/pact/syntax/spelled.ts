/** The leaves of a pact file: names, sentences, expressions, and values with units, each with one spelling. */
import { z } from 'zod';
import { SEVERITIES } from '../../terms/decision.ts';
import { parseMoney } from '../../terms/money.ts';
import { parseShare, parseSpan } from '../../terms/time.ts';
import type { DiagnosticCode } from '../diagnostic.ts';
import { PACT_LIMITS } from '../pact-limits.ts';

/** What an issue of ours carries beside its sentence. */
export interface IssueParams {
  readonly code: DiagnosticCode;
}

const params = (code: DiagnosticCode): IssueParams & Record<string, unknown> => ({ code });

/** A map with these keys and no others. */
export const fields = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    // The message of an unknown key is the list of known ones, from which the nearest becomes its hint.
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });

/** A value with one spelling; any other, a bare number too, is a `bad_unit`. */
const unit = <T>(parse: (text: string) => T | undefined, spelling: string) =>
  z.unknown().transform((written, ctx): T => {
    const value = typeof written === 'string' ? parse(written) : undefined;
    if (value !== undefined) return value;
    ctx.issues.push({ code: 'custom', input: written, message: `Write ${spelling}`, params: params('bad_unit') });
    return z.NEVER;
  });

export const Span = unit(parseSpan, 'a span such as 300ms, 2s, 15m, 2h, 30d or 4w');
export const Share = unit(parseShare, 'a share such as 0.5% or 10%');
export const MoneyText = unit(parseMoney, 'an amount such as 50.00 USD, with every digit of the minor unit');

/** What a weekly target is measured in. */
export type Measure = { readonly kind: 'share' | 'span'; readonly value: number };
export const MeasureText = unit((text): Measure | undefined => {
  const share = parseShare(text);
  if (share !== undefined) return { kind: 'share', value: share };
  const span = parseSpan(text);
  return span === undefined ? undefined : { kind: 'span', value: span };
}, 'a share such as 80% or a span such as 30m');

const REPLIES = /^([1-9]\d{0,2}) repl(?:y|ies)$/;
export const Within = unit((text): { replies: number } | { ms: number } | undefined => {
  const replies = REPLIES.exec(text);
  if (replies) return { replies: Number(replies[1]) };
  const ms = parseSpan(text);
  return ms === undefined ? undefined : { ms };
}, '2 replies, or a span such as 10m');

const KAPPA = /^(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?)$/;
/** A coefficient from 0 to 1 in at most four decimals, as parts per million. */
export const Kappa = z.unknown().transform((written, ctx): number => {
  const text = String(written);
  if (KAPPA.test(text)) return Math.round(Number(text) * 1_000_000);
  ctx.issues.push({
    code: 'custom',
    input: written,
    message: 'Write a kappa from 0 to 1, such as 0.6',
    params: params('bad_unit'),
  });
  return z.NEVER;
});

/** Text of at most `max` characters, with a code of its own when it is longer. */
const limited = (max: number, code: DiagnosticCode) =>
  z.string().check((ctx) => {
    const length = ctx.value.length;
    const issue = { code: 'custom', input: ctx.value } as const;
    if (ctx.value.trim() === '')
      ctx.issues.push({ ...issue, message: 'Write something here', params: params('bad_value') });
    if (length > max)
      ctx.issues.push({ ...issue, message: `${length} characters; at most ${max} are read`, params: params(code) });
  });

export const Expression = limited(PACT_LIMITS.expressionChars, 'limit_expression_chars');
export const Sentence = limited(PACT_LIMITS.sentenceChars, 'limit_sentence_chars').check((ctx) => {
  if (!/[\n\r]/.test(ctx.value)) return;
  const message = 'Write one line; a text folded with > needs >- to end without a line break';
  ctx.issues.push({ code: 'custom', input: ctx.value, message, params: params('bad_value') });
});

export const Text = z.string().min(1, 'Write something here');
export const Word = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'Write a name in lower case letters, digits and _, such as refund_checks');
export const UserName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'Write a user name, such as maria.lopez');
export const AgentName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,96}$/, 'Write the name of one agent; there is no wildcard');
export const PactName = z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'Write a name in lower case, such as acme-support');
export const TypeName = z.string().regex(/^[A-Z][A-Za-z0-9]{0,62}$/, 'Begin the name of a type with a capital letter');
export const ToolName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'Write the name of one tool; there is no wildcard');
export const RuleId = z.string().regex(/^[A-Z]{1,3}-[0-9]{1,3}$/, 'Write an id such as P-12');
export const SeverityWord = z.enum(SEVERITIES);
export const ModeWord = z.enum(['shadow', 'enforce']);

/** At least one `item`. */
export const some = <T extends z.ZodType>(item: T) => z.array(item).min(1, 'List at least one');
