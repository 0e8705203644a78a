/** Today on the wire: what needs a person now, in one small answer. */
import { z } from 'zod';
import { AgentName, Digest, LaneName, Time } from './shapes.ts';

export const AskToday = z.object({
  /** From when decisions count; the last 24 hours without it. To the quarter of an hour, at most 8 days back. */
  since: Time.optional(),
});

export const Today = z
  .object({
    at: Time,
    holds: z.object({
      open: z.int(),
      late: z.int(),
      /** Of those that the person who asks answers for, as owner or backup. */
      mine: z.int(),
      /** Cards of the queue: conversations that wait. */
      conversations: z.int(),
      oldest_at: Time.nullable(),
      /** When the next answer is due. */
      next_due: Time.nullable(),
      by_lane: z.array(
        z.object({ lane: LaneName.nullable(), open: z.int(), late: z.int(), oldest_at: Time, next_due: Time }),
      ),
    }),
    stopped: z.array(
      z.object({
        agent: AgentName,
        /** Null: everywhere. */
        lane: LaneName.nullable(),
        since: Time.nullable(),
        by: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    decisions: z.object({ since: Time, allow: z.int(), hold: z.int(), deny: z.int() }),
    /** Conversations that were given to people since then. */
    hand_overs: z.int(),
    agents: z.int(),
    /** Pacts that wait for a signature, or signed for being put in force; the newest first. */
    pacts_waiting: z.array(
      z.object({
        digest: Digest,
        pact: z.string(),
        version: z.int(),
        author: z.string(),
        signed_by: z.string().nullable(),
      }),
    ),
    /** Entries of the ledger; and how many of them the figures of `decisions` count. */
    ledger: z.object({ size: z.int(), at: Time, counted: z.int() }),
  })
  .meta({ id: 'Today' });
export type Today = z.infer<typeof Today>;
