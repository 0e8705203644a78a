/** Decisions on the wire: the list, and one in full with every rule of its lane. */
import { z } from 'zod';
import { AnswerReason, units } from './action.ts';
import { ConversationItem, HoldView, page, paged } from './conversation.ts';
import {
  ActionId,
  AgentName,
  DecisionWord,
  Digest,
  JsonObject,
  LaneName,
  Receipt,
  SeverityWord,
  Sha256Hex,
  StateWord,
  Time,
} from './shapes.ts';

export const ListDecisions = z.object({
  agent: AgentName.optional(),
  lane: LaneName.optional(),
  decision: DecisionWord.optional(),
  ...page,
});

export const DecisionRow = z
  .object({
    id: ActionId,
    conversation: z.string(),
    conversation_id: z.string().nullable(),
    agent: AgentName,
    tool: z.string(),
    lane: LaneName.nullable(),
    decision: DecisionWord,
    enforced: z.boolean(),
    /** The sentence of the first reason; null where nothing spoke against it. */
    says: z.string().nullable(),
    imported: z.boolean(),
    at: Time,
    seq: z.int().nonnegative(),
  })
  .meta({ id: 'DecisionRow' });
export type DecisionRow = z.infer<typeof DecisionRow>;

export const DecisionList = z.object({ decisions: z.array(DecisionRow), ...paged }).meta({ id: 'DecisionList' });
export type DecisionList = z.infer<typeof DecisionList>;

/** How one rule, limit or duty of the pact came out for this action. */
export const RuleOutcome = z
  .object({
    id: z.string(),
    says: z.string(),
    kind: z.enum(['never', 'ask_a_human_if', 'limit', 'must']),
    severity: SeverityWord,
    enforced: z.boolean(),
    outcome: z.enum(['fired', 'passed', 'not_judged']),
    /** Of `fired`: as in its reason (`fired`, `doubt`, `limit`, `duty`); of `not_judged`: a sentence. */
    why: z.string().nullable(),
    /** What it would have decided alone. */
    decision: DecisionWord.nullable(),
    /** Of a doubt: what was missing, and of which fact. */
    cause: z.string().nullable(),
    fact: z.string().nullable(),
    values: JsonObject,
    ...units,
    at: z.object({ line: z.int(), from: z.int(), to: z.int() }).nullable(),
  })
  .meta({ id: 'RuleOutcome' });
export type RuleOutcome = z.infer<typeof RuleOutcome>;

/** A cumulative limit as it stood: null where it was not recorded. Money is in minor units. */
export const LimitUse = z
  .object({
    id: z.string(),
    says: z.string(),
    per: z.enum(['conversation', 'customer', 'agent', 'pact']),
    /** Sliding; null: the whole conversation. */
    window_ms: z.int().nullable(),
    /** `units`: a sum of something else than money. */
    counts: z.enum(['money', 'units', 'actions']),
    used: z.int().nullable(),
    amount: z.int().nullable(),
    at_most: z.int().nullable(),
    left: z.int().nullable(),
  })
  .meta({ id: 'LimitUse' });
export type LimitUse = z.infer<typeof LimitUse>;

/** What the gate took as true, and where it came from. */
export const FactSeen = z
  .object({
    name: z.string(),
    from: z.enum(['trace', 'table', 'http', 'caller']),
    value: z.unknown(),
    /** By path: `order.total`, `order.items.*.price`. */
    ...units,
    /** Why there was none. */
    cause: z.string().nullable(),
    /** Of `trace`: the call whose result it was taken from. */
    tool: z.string().nullable(),
    seq: z.int().nonnegative().nullable(),
    /** Of `caller`: the key that vouched for it. */
    by: z.string().nullable(),
  })
  .meta({ id: 'FactSeen' });
export type FactSeen = z.infer<typeof FactSeen>;

export const DecisionFull = z
  .object({
    id: ActionId,
    conversation: z.string(),
    conversation_id: z.string().nullable(),
    customer: z.string().nullable(),
    agent: AgentName,
    /** Of the agent, as declared then. */
    version: z.int().positive(),
    tool: z.string(),
    args: z.unknown(),
    args_sha256: Sha256Hex.nullable(),
    lane: LaneName.nullable(),
    state: StateWord,
    pact: z.object({ digest: Digest, name: z.string(), version: z.int(), currency: z.string() }).nullable(),
    decision: DecisionWord,
    enforced: z.boolean(),
    imported: z.boolean(),
    at: Time,
    /** What spoke against it, as recorded. */
    reasons: z.array(AnswerReason),
    tell_the_agent: z.string(),
    tell_the_human: z.string(),
    /** Every rule, limit and duty that the pact has for this tool, judged again from what was recorded. */
    rules: z.array(RuleOutcome),
    limits: z.array(LimitUse),
    facts: z.array(FactSeen),
    /** Whether judging again gave what was recorded; null where it could not be judged again. */
    judged_again: z.object({ agrees: z.boolean().nullable(), sentence: z.string() }),
    /** The conversation as it stood before the action. */
    trace: z.array(ConversationItem),
    trace_cut: z.boolean(),
    hold: HoldView.nullable(),
    approval: ActionId.nullable(),
    reported: z.enum(['executed', 'failed', 'unreported']).nullable(),
    /** False where it ran although nothing had allowed it. */
    permitted: z.boolean().nullable(),
    result: z.unknown(),
    /** Where what happened to it lies in the ledger. */
    entries: z.array(z.object({ type: z.string(), seq: z.int().nonnegative(), by: z.string(), at: Time })),
    receipt: Receipt,
  })
  .meta({ id: 'DecisionFull' });
export type DecisionFull = z.infer<typeof DecisionFull>;
