/** The weekly figures and the weekly review on the wire. */
import { z } from 'zod';
import { WeeklyFigure } from '../metrics/week/figure.ts';
import { AgentName, Digest, form, LaneName, Note, Recorded, Sha256Hex, StateWord } from './shapes.ts';

/** A week of ISO 8601 in UTC, such as `2026-W17`. */
export const WeekName = form(/^\d{4}-W\d{2}$/, 'a week, such as 2026-W17');

export const WeeklyReview = z
  .object({
    agent: AgentName,
    lane: LaneName,
    week: WeekName,
    decision: z.enum(['keep', 'widen', 'narrow']),
    /** Of `narrow`: the state it goes to; null: one lower. */
    to: StateWord.nullable(),
    note: z.string().nullable(),
    by: z.string(),
    at: z.string(),
    /** The pact in force when it was signed. */
    pact: Digest.nullable(),
    /** SHA-256 of the figures as they stood when it was signed. */
    figures_sha256: Sha256Hex.nullable(),
    says: z.string(),
    receipt: z.object({ seq: z.int() }),
  })
  .meta({ id: 'WeeklyReview' });
export type WeeklyReview = z.infer<typeof WeeklyReview>;

export const WeeklyReviewList = z.object({ reviews: z.array(WeeklyReview) }).meta({ id: 'WeeklyReviewList' });

export const RecordWeeklyReview = z
  .strictObject({
    agent: AgentName,
    lane: LaneName,
    week: WeekName,
    decision: z.enum(['keep', 'widen', 'narrow']),
    to: StateWord.optional(),
    note: Note.optional(),
  })
  .meta({ id: 'RecordWeeklyReview' });
export type RecordWeeklyReview = z.infer<typeof RecordWeeklyReview>;

export const WeeklyReviewRecorded = Recorded.extend({ review: WeeklyReview }).meta({ id: 'WeeklyReviewRecorded' });

/** An agent in a lane (null: in all) in a week, under one version of the pact (null: under all there were). */
export const WeeklyRow = z
  .object({
    agent: AgentName,
    lane: LaneName.nullable(),
    pact: z.object({ digest: Digest, name: z.string(), version: z.int() }).nullable(),
    /** What stands first: the week in one sentence. */
    says: z.string(),
    figures: z.array(WeeklyFigure),
    /** The latest review of this lane and week. */
    review: WeeklyReview.nullable(),
  })
  .meta({ id: 'WeeklyRow' });
export type WeeklyRow = z.infer<typeof WeeklyRow>;

export const WeeklyMetrics = z
  .object({
    week: WeekName,
    from: z.string(),
    to: z.string(),
    /** Whether the week has ended, and when its figures no longer change with time alone. */
    over: z.boolean(),
    final_at: z.string(),
    /** As of when. */
    at: z.string(),
    /** Weeks with evidence, the newest first. */
    weeks: z.array(WeekName),
    says: z.string(),
    rows: z.array(WeeklyRow),
  })
  .meta({ id: 'WeeklyMetrics' });
export type WeeklyMetrics = z.infer<typeof WeeklyMetrics>;

export const WeeklyQuery = z.object({
  agent: AgentName.optional(),
  lane: LaneName.optional(),
  /** Default: the last week that has ended. */
  week: WeekName.optional(),
  /** What a minute of a reviewer costs, in minor units of the pact's currency: without it no cost is given. */
  minute_minor: z.coerce.number().int().min(0).max(1_000_000).optional(),
});
export type WeeklyQuery = z.infer<typeof WeeklyQuery>;

export const WeeklyReviewQuery = z.object({
  agent: AgentName.optional(),
  lane: LaneName.optional(),
  week: WeekName.optional(),
});
export type WeeklyReviewQuery = z.infer<typeof WeeklyReviewQuery>;
