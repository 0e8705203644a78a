/** Entries about what agents did: what was said, proposed, decided, answered by a person, and what came of it. */
import { z } from 'zod';
import { CAUSES } from '../../terms/decision.ts';
import { CLOSERS, OUTCOMES } from '../../terms/outcome.ts';
import {
  AgentName,
  Amount,
  ChargeShape,
  Commitment,
  ConversationName,
  Count,
  DecisionWord,
  EntryId,
  fields,
  Instant,
  Lane,
  PactDigest,
  RuleId,
  SeverityWord,
  StateWord,
  Subject,
  Tool,
  Word,
} from './shapes.ts';

/** Whose conversation it is. */
const within = {
  agent: AgentName,
  conversation: ConversationName,
  customer: Subject.optional(),
};

const ReasonShape = fields({
  id: RuleId,
  why: Word,
  decision: DecisionWord,
  severity: SeverityWord,
  enforced: z.boolean(),
  cause: z.enum(CAUSES).optional(),
  fact: z.string().max(200).optional(),
});

export const ACTION_KINDS = {
  /** Steps of the conversation that the ledger lacked: `content` commits to their canonical text. */
  'trace.observed': fields({
    ...within,
    channel: Word.optional(),
    steps: Count,
    /** Commits to the operator's own name of the conversation; with its first entry. */
    named: Commitment.optional(),
    content: Commitment.optional(),
  }),
  'action.proposed': fields({
    ...within,
    channel: Word.optional(),
    /** The framework's own id of the call, or its keyed digest where it has another form. */
    call: z.string().regex(/^[A-Za-z0-9._:-]{1,96}$/),
    tool: Tool,
    args: Commitment,
    lane: Lane.optional(),
    confidence: z.int().min(0).max(100).optional(),
    calls_in_turn: Count.optional(),
    text_in_turn: z.boolean().optional(),
    named: Commitment.optional(),
  }),
  'action.decided': fields({
    action: EntryId,
    ...within,
    tool: Tool,
    lane: Lane.nullable(),
    state: StateWord,
    /** Of which kind of work the conversation was then, where the pact tells kinds apart. */
    stratum: Word.optional(),
    decision: DecisionWord,
    /** False where only what is in shadow stops the action. */
    enforced: z.boolean(),
    reasons: z.array(ReasonShape).max(600),
    pact: PactDigest.nullable(),
    /** The moment it was decided as of, where that is not the entry's own: in an import, the recording's. */
    as_of: Instant.nullable().optional(),
    /** Minutes between UTC and the pact's zone then, so that a replay needs no zone database. */
    offset: z.int().optional(),
    money: Amount.optional(),
    charges: z.array(ChargeShape).max(64).optional(),
    duties: z.array(RuleId).max(64).optional(),
    /** Reasons with their values, and what agent and person are told. */
    detail: Commitment.optional(),
    hold: fields({
      owner: Word,
      answer_by: Instant,
      expires: Instant.nullable(),
      then: z.enum(['deny', 'keep_holding', 'route_to_owner']),
    }).optional(),
    routed_to: fields({ queue: z.string().max(200).nullable(), owner: Word.nullable() }).optional(),
    /** The hold whose approval this action used. */
    approval: EntryId.optional(),
    imported: z.boolean().optional(),
  }),
  'action.executed': fields({
    action: EntryId,
    ...within,
    result: Commitment.optional(),
    /** False where the gate had not allowed it: it escaped. */
    permitted: z.boolean(),
    /** What it takes of the limits, where its reservation had ended before the report came. */
    charges: z.array(ChargeShape).max(64).optional(),
    /** It went on then without an answer, since the gate could not be reached. */
    went_on_at: Instant.optional(),
  }),
  'action.failed': fields({
    action: EntryId,
    ...within,
    result: Commitment.optional(),
    /** `unreported`: nobody said within the time of its reservation what became of it. */
    why: z.enum(['failed', 'unreported']),
    went_on_at: Instant.optional(),
  }),
  'hold.acknowledged': fields({ hold: EntryId, ...within }),
  'hold.answered': fields({
    hold: EntryId,
    ...within,
    answer: z.enum(['approved', 'edited', 'refused', 'expired']),
    /** The commitment of exactly the arguments that were answered for. */
    args: Commitment,
    edited_args: Commitment.optional(),
    charges: z.array(ChargeShape).max(64).optional(),
    money: Amount.optional(),
    /** Limits that the approval overrides once, because they had held the action. */
    overrides: z.array(RuleId).max(64).optional(),
    then: z.enum(['deny', 'keep_holding', 'route_to_owner']).optional(),
    reason: Word.optional(),
    note: Commitment.optional(),
  }),
  'outcome.observed': fields({
    ...within,
    outcome: z.enum(OUTCOMES),
    closed_by: z.enum(CLOSERS).optional(),
    rating: z.int().min(1).max(5).optional(),
    /** Of a desk that asks for good or bad: a scale of its own. */
    satisfied: z.boolean().optional(),
    action: EntryId.optional(),
    money: Amount.optional(),
    observed_at: Instant.optional(),
  }),
};
