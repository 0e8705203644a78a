/** Conversations on the wire: the list, and everything that happened in one, in its order. */
import { z } from 'zod';
import { CLOSERS, OUTCOMES } from '../terms/outcome.ts';
import { AnswerReason } from './action.ts';
import { WIRE_LIMITS } from './limits.ts';
import {
  ActionId,
  AgentName,
  DecisionWord,
  HoldId,
  Id,
  LaneName,
  Receipt,
  SeverityWord,
  StateWord,
  Time,
} from './shapes.ts';

/** A page of a view: how many rows, and the cursor that the page before it gave as `next`. */
export const page = {
  limit: z.coerce.number().int().min(1).max(WIRE_LIMITS.viewRows).optional(),
  before: z.coerce.number().int().nonnegative().optional(),
};
/** `next` asks for the page after it, null: there is none; `size`: how many entries of the ledger the view has taken in. */
export const paged = { next: z.int().nullable(), size: z.int().nonnegative() };

export const ListConversations = z.object({ agent: AgentName.optional(), ...page });
export const ConversationParams = z.object({
  /** `c_…`, or the operator's own name of it. */
  conversation: Id,
});

/** One conversation of one agent: where two agents took part there are two. */
export const ConversationRow = z
  .object({
    conversation: z.string(),
    /** The operator's own name of it; null where it was erased. */
    conversation_id: z.string().nullable(),
    agent: AgentName,
    customer: z.string().nullable(),
    opened_at: Time,
    last_at: Time,
    decisions: z.object({ allow: z.int(), hold: z.int(), deny: z.int() }),
    open_holds: z.int(),
    handed_over: z.boolean(),
    /** Taken in from a recording. */
    imported: z.boolean(),
  })
  .meta({ id: 'ConversationRow' });
export type ConversationRow = z.infer<typeof ConversationRow>;

export const ConversationList = z
  .object({ conversations: z.array(ConversationRow), ...paged })
  .meta({ id: 'ConversationList' });
export type ConversationList = z.infer<typeof ConversationList>;

/** Where a held action stands. */
export const HoldView = z
  .object({
    id: HoldId,
    owner: z.string(),
    answer_by: Time,
    expires: Time.nullable(),
    then: z.enum(['deny', 'keep_holding', 'route_to_owner']),
    acknowledged: z.object({ by: z.string(), at: Time }).nullable(),
    answer: z.enum(['open', 'approved', 'edited', 'refused', 'expired']),
    by: z.string().nullable(),
    at: Time.nullable(),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    /** The arguments a person put in place of the agent's; null where none were, or they were erased. */
    edited_args: z.unknown(),
    receipt: Receipt.nullable(),
  })
  .meta({ id: 'HoldView' });
export type HoldView = z.infer<typeof HoldView>;

/** `at`: when it happened, as far as it is known; `seq`: its entry. */
const placed = { at: Time.nullable(), seq: z.int().nonnegative() };

export const ActionItem = z
  .object({
    item: z.literal('action'),
    id: ActionId,
    agent: AgentName,
    tool: z.string(),
    /** Null where they were erased. */
    args: z.unknown(),
    lane: LaneName.nullable(),
    state: StateWord,
    decision: DecisionWord,
    enforced: z.boolean(),
    reasons: z.array(AnswerReason),
    hold: HoldView.nullable(),
    /** The action whose approval this one used. */
    approval: ActionId.nullable(),
    reported: z.enum(['executed', 'failed', 'unreported']).nullable(),
    /** What the tool answered; null where nothing was said, or it was erased. */
    result: z.unknown(),
    imported: z.boolean(),
    receipt: Receipt,
    ...placed,
  })
  .meta({ id: 'ActionItem' });
export type ActionItem = z.infer<typeof ActionItem>;

export const ConversationItem = z
  .discriminatedUnion('item', [
    z.object({
      item: z.literal('message'),
      role: z.enum(['customer', 'agent', 'system']),
      text: z.string().nullable(),
      ...placed,
    }),
    /** A call that the trace told of and nobody proposed: a read, for instance. */
    z.object({
      item: z.literal('call'),
      tool: z.string(),
      args: z.unknown(),
      result: z.unknown(),
      ok: z.boolean().nullable(),
      ...placed,
    }),
    /** What was said here was erased: so many messages and calls. */
    z.object({ item: z.literal('erased'), steps: z.int().positive(), ...placed }),
    ActionItem,
    z.object({
      item: z.literal('outcome'),
      outcome: z.enum(OUTCOMES),
      closed_by: z.enum(CLOSERS).nullable(),
      rating: z.int().nullable(),
      action: ActionId.nullable(),
      money: z.object({ currency: z.string(), minor: z.int() }).nullable(),
      by: z.string(),
      ...placed,
    }),
    z.object({
      item: z.literal('verdict'),
      /** `given` by a person; `reached` by a jury; `checked` by a deterministic check. */
      kind: z.enum(['given', 'reached', 'checked']),
      verdict: z.enum(['violation', 'ok', 'unsure']),
      severity: SeverityWord.nullable(),
      rule: z.string().nullable(),
      action: ActionId.nullable(),
      note: z.string().nullable(),
      by: z.string(),
      ...placed,
    }),
    z.object({
      item: z.literal('hand_over'),
      queue: z.string().nullable(),
      owner: z.string().nullable(),
      /** `action`: the agent handed over; `hold`: silence routed it; else what happened to the agent. */
      cause: z.string(),
      ...placed,
    }),
  ])
  .meta({ id: 'ConversationItem' });
export type ConversationItem = z.infer<typeof ConversationItem>;

export const ConversationView = z
  .object({
    conversation: z.string(),
    conversation_id: z.string().nullable(),
    /** Who took part, the first one first. */
    agent: AgentName,
    agents: z.array(AgentName),
    customer: z.string().nullable(),
    channel: z.string().nullable(),
    items: z.array(ConversationItem),
    /** Whether older items are left out. */
    cut: z.boolean(),
    size: z.int().nonnegative(),
  })
  .meta({ id: 'ConversationView' });
export type ConversationView = z.infer<typeof ConversationView>;
