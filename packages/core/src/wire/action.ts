/** Actions on the wire: proposed, decided, reported, looked at. */
import { z } from 'zod';
import { UNITS } from '../terms/unit.ts';
import { WIRE_LIMITS } from './limits.ts';
import {
  ActionId,
  AgentName,
  ChannelName,
  DecisionWord,
  Digest,
  HoldId,
  Id,
  JsonObject,
  LaneName,
  Receipt,
  SeverityWord,
  Sha256Hex,
  StateWord,
  Time,
  ToolName,
} from './shapes.ts';

export const ProposeAction = z
  .strictObject({
    agent: AgentName,
    conversation_id: Id,
    call_id: Id,
    tool: ToolName,
    args: z.unknown(),
    lane: LaneName.optional(),
    channel: ChannelName.optional(),
    /** What happened so far, as OpenAI chat messages; what the ledger already has is not taken twice. */
    trace: z.array(JsonObject).max(WIRE_LIMITS.traceMessages).optional(),
    /** Facts `from: caller`, by a key that may vouch for them. */
    facts: JsonObject.optional(),
    /** The agent's own word, in whole percent. */
    confidence: z.int().min(0).max(100).optional(),
    customer_id: Id.optional(),
    calls_in_turn: z.int().min(1).max(WIRE_LIMITS.callsInTurn).optional(),
    text_in_turn: z.boolean().optional(),
  })
  .meta({ id: 'ProposeAction' });
export type ProposeAction = z.infer<typeof ProposeAction>;

/** Where values are shown to a person: what those of them count that are not plain, by the same names. */
export const units = {
  units: z.record(z.string(), z.enum(UNITS)).optional(),
  /** Where some are money. */
  currency: z.string().optional(),
};

export const AnswerReason = z
  .object({
    id: z.string(),
    says: z.string(),
    kind: z.string(),
    severity: SeverityWord,
    why: z.string(),
    decision: DecisionWord,
    enforced: z.boolean(),
    cause: z.string().optional(),
    fact: z.string().optional(),
    path: z.string().optional(),
    at: z.object({ line: z.int(), from: z.int(), to: z.int() }).optional(),
    values: JsonObject,
    ...units,
  })
  .meta({ id: 'Reason' });

/** What the agent's side hears. Act only where `decision` is `allow` or `enforced` is false. */
export const ActionAnswer = z
  .object({
    id: ActionId,
    decision: DecisionWord,
    /** False where only what is in shadow stops the action: it goes on. */
    enforced: z.boolean(),
    lane: LaneName.nullable(),
    state: StateWord,
    reasons: z.array(AnswerReason),
    tell_the_agent: z.string(),
    hold: z
      .object({
        id: HoldId,
        owner: z.string(),
        answer_by: Time,
        expires: Time.nullable(),
        then: z.enum(['deny', 'keep_holding', 'route_to_owner']),
        tell_the_human: z.string(),
      })
      .optional(),
    hand_over: z.object({ queue: z.string().nullable(), owner: z.string().nullable() }).optional(),
    duties: z.array(z.string()),
    reservation: z.object({ expires_at: Time, limits: z.array(z.string()) }).nullable(),
    /** SHA-256 of the canonical arguments: what an approval is bound to. */
    args_sha256: Sha256Hex.nullable(),
    /** The arguments that were judged, where the pact writes them otherwise than they were sent: these run. */
    args: z.unknown().optional(),
    pact: Digest.nullable(),
    receipt: Receipt,
  })
  .meta({ id: 'ActionAnswer' });
export type ActionAnswer = z.infer<typeof ActionAnswer>;

export const ReportAction = z
  .strictObject({
    status: z.enum(['executed', 'failed']),
    /** What the tool answered: any JSON, or its text. */
    result: z.unknown().optional(),
    /** When the tool ran, where it went on without an answer: a hand-over, a read or shadow mode while the gate was away. */
    went_on_at: Time.optional(),
  })
  .meta({ id: 'ReportAction' });
export type ReportAction = z.infer<typeof ReportAction>;

/** Where an action stands now: what was decided, what a person answered, whether it may run. */
export const ActionStanding = z
  .object({
    id: ActionId,
    decision: DecisionWord,
    enforced: z.boolean(),
    /** Whether the action may run now, with `args`. */
    may_run: z.boolean(),
    /** The arguments a person put in place of the agent's. */
    edited_args: z.unknown().optional(),
    tell_the_agent: z.string(),
    hold: z
      .object({
        id: HoldId,
        owner: z.string(),
        answer: z.enum(['open', 'approved', 'edited', 'refused', 'expired']),
        by: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .optional(),
    reported: z.enum(['executed', 'failed']).nullable(),
    receipt: Receipt,
  })
  .meta({ id: 'ActionStanding' });
export type ActionStanding = z.infer<typeof ActionStanding>;
