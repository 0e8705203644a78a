/** Holds on the wire: the queue by conversation, and a person's answers. */
import { z } from 'zod';
import { AnswerReason } from './action.ts';
import { WIRE_LIMITS } from './limits.ts';
import {
  ActionId,
  AgentName,
  Digest,
  form,
  HoldId,
  JsonObject,
  Note,
  Receipt,
  Sha256Hex,
  StateWord,
  Time,
} from './shapes.ts';

export const HoldCard = z
  .object({
    conversation: z.string(),
    /** The operator's own name of it; null where it was erased. */
    conversation_id: z.string().nullable(),
    agent: AgentName,
    customer: z.string().nullable(),
    owner: z.string(),
    /** The persons whom the pact names as owner. */
    primary: z.string().nullable(),
    backup: z.string().nullable(),
    /** When the first of its holds is due. */
    answer_by: Time,
    late: z.boolean(),
    holds: z.array(
      z.object({
        id: HoldId,
        action: ActionId,
        tool: z.string(),
        lane: z.string().nullable(),
        /** A `reply` in the state `supervised` is a draft: sending or editing it is the answer. */
        is: z.enum(['reply', 'action']),
        state: StateWord,
        /** What it would move, in minor units. */
        money: z.object({ currency: z.string(), minor: z.int() }).nullable(),
        pact: Digest,
        args: z.unknown(),
        /** What an answer is bound to; null where the arguments were erased. */
        args_sha256: Sha256Hex.nullable(),
        reasons: z.array(AnswerReason),
        tell_the_human: z.string(),
        since: Time,
        answer_by: Time,
        expires: Time.nullable(),
        then: z.enum(['deny', 'keep_holding', 'route_to_owner']),
        acknowledged: z.object({ by: z.string(), at: Time }).nullable(),
        receipt: Receipt,
      }),
    ),
  })
  .meta({ id: 'HoldCard' });
export type HoldCard = z.infer<typeof HoldCard>;

/** The most urgent as cards; the counts are of all that were asked for. */
export const HoldList = z
  .object({
    cards: z.array(HoldCard),
    /** Actions, and the conversations they are of. */
    open: z.int(),
    conversations: z.int(),
    /** Conversations in which an answer is overdue. */
    late: z.int(),
    /** Who has to answer any of them, whoever was asked for. */
    owners: z.array(z.string()),
  })
  .meta({ id: 'HoldList' });
export type HoldList = z.infer<typeof HoldList>;

/** One answer over one hold, or over several of one conversation, each bound to the digest of its exact arguments. */
export const AnswerHold = z
  .strictObject({
    answer: z.enum(['approve', 'edit', 'refuse']),
    args_sha256: Sha256Hex.optional(),
    /** With `edit`: the arguments to run instead. */
    args: JsonObject.optional(),
    /** With `refuse`: one word of a list of the desk's own. */
    reason: form(/^[a-z][a-z0-9_-]{0,63}$/, 'one word in small letters, such as wrong_amount').optional(),
    note: Note.optional(),
    /** Other holds of the same conversation that this answer covers too. */
    also: z
      .array(z.strictObject({ id: HoldId, args_sha256: Sha256Hex }))
      .max(WIRE_LIMITS.holdsPerAnswer)
      .optional(),
  })
  .meta({ id: 'AnswerHold' });
export type AnswerHold = z.infer<typeof AnswerHold>;

export const HoldAnswered = z
  .object({
    holds: z.array(z.object({ id: HoldId, answer: z.enum(['approved', 'edited', 'refused']), receipt: Receipt })),
  })
  .meta({ id: 'HoldAnswered' });
export type HoldAnswered = z.infer<typeof HoldAnswered>;

export const AcknowledgeHold = z.strictObject({}).meta({ id: 'AcknowledgeHold' });
