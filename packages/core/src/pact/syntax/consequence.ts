/** The shapes of consequences, told apart by their kind, and of the terms between operator and vendor. */
import { z } from 'zod';
import { type Money, parseMoney } from '../../terms/money.ts';
import { Expression, fields, MoneyText, RuleId, Sentence, Share, Span, some, UserName, Word } from './spelled.ts';

const Operational = fields({
  kind: z.literal('operational'),
  says: Sentence.optional(),
  set_state: z.enum(['suspended', 'supervised', 'limited']).optional(),
  hold_lane: z.literal(true).optional(),
  stop_agent: z.literal(true).optional(),
  sample_times: z.int().min(2).max(100).optional(),
  for: Span.optional(),
  route_to: Word.optional(),
  notify: some(UserName).optional(),
});

/** An amount once, an amount for each violation, or what the actions confirmed wrong have cost. */
export type ChargeAmount =
  | { readonly kind: 'once' | 'per_violation'; readonly money: Money }
  | { readonly kind: 'measured_loss' };

const REMEDY = 'Write an amount such as 50.00 USD, { per_violation: 50.00 USD } or measured_loss';
const Charge = z.unknown().transform((written, ctx): ChargeAmount => {
  if (written === 'measured_loss') return { kind: 'measured_loss' };
  const each = perViolation(written);
  const money = parseMoney(String(each ?? written));
  if (money) return { kind: each === undefined ? 'once' : 'per_violation', money };
  ctx.issues.push({ code: 'custom', input: written, message: REMEDY, params: { code: 'bad_unit' } });
  return z.NEVER;
});

function perViolation(written: unknown): unknown {
  const isOne = typeof written === 'object' && written !== null && Object.keys(written).join() === 'per_violation';
  return isOne ? (written as { per_violation: unknown }).per_violation : undefined;
}

const Economic = fields({
  kind: z.literal('economic'),
  says: Sentence.optional(),
  charge: fields({ account: Word, amount: Charge, cap: MoneyText.optional() }).optional(),
  credit: fields({
    account: Word,
    percent_of: z.literal('fees'),
    percent: Share,
    cap: MoneyText.optional(),
  }).optional(),
  when_met_for: Span.optional(),
  withhold: Share.optional(),
  until: Span.optional(),
});

export const Consequence = z.discriminatedUnion('kind', [Operational, Economic]);

export const Terms = fields({
  account: Word,
  fee: MoneyText,
  resolution: fields({
    says: Sentence,
    cel: Expression,
    settles_after: Span,
    presumed: fields({ pay: Share }).optional(),
  }),
  holdback: fields({ share: Share, release_after: Span, forfeit_on: z.array(RuleId) }).optional(),
  bond: fields({ amount: MoneyText, top_up_within: Span }).optional(),
  caps: fields({ charges: MoneyText.optional(), credits: MoneyText.optional() }).optional(),
});
