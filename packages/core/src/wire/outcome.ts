/** What became of a conversation, a person's verdict, a drill. */
import { z } from 'zod';
import { CLOSERS, OUTCOMES } from '../terms/outcome.ts';
import { ActionId, AgentName, form, Id, LaneName, Note, SeverityWord, Time } from './shapes.ts';

export const RecordOutcome = z
  .strictObject({
    conversation_id: Id,
    agent: AgentName,
    /**
     * `asked_for_person`, `escalated`, `acknowledged` and `replied` (a person, for the first time) are the times of an
     * escalation outside the gate; `csat_asked` says that a survey went out; `merged` takes it out of every count.
     */
    outcome: z.enum(OUTCOMES),
    /** With `resolved`. Silence is presumed; what an automation closes in bulk is no resolution. */
    closed_by: z.enum(CLOSERS).optional(),
    /** With `csat`: 1 to 5, or `satisfied` where the helpdesk asks for good or bad. */
    rating: z.int().min(1).max(5).optional(),
    satisfied: z.boolean().optional(),
    /** With `refund_reversed`. */
    action: ActionId.optional(),
    money: z
      .strictObject({
        currency: form(/^[A-Z]{3}$/, 'a currency by its three letters, such as EUR'),
        minor: z.int().nonnegative(),
      })
      .optional(),
    at: Time.optional(),
  })
  .meta({ id: 'RecordOutcome' });
export type RecordOutcome = z.infer<typeof RecordOutcome>;

export const GiveVerdict = z
  .strictObject({
    /** An action, or a conversation with its agent. */
    action: ActionId.optional(),
    conversation_id: Id.optional(),
    agent: AgentName.optional(),
    lane: LaneName.optional(),
    verdict: z.enum(['violation', 'ok', 'unsure']),
    severity: SeverityWord.optional(),
    rule: z.string().max(32).optional(),
    confirmed: z.boolean().optional(),
    note: Note.optional(),
  })
  .meta({ id: 'GiveVerdict' });
export type GiveVerdict = z.infer<typeof GiveVerdict>;

export const RecordDrill = z
  .strictObject({
    drill: z.enum(['stop', 'owner_silent', 'gate_down', 'injection']),
    agent: AgentName.optional(),
    passed: z.boolean(),
    took_ms: z.int().nonnegative(),
    detail: z.string().max(200).optional(),
  })
  .meta({ id: 'RecordDrill' });
export type RecordDrill = z.infer<typeof RecordDrill>;
