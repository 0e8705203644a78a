/** The weekly reviews that were signed, the newest first, with their notes where those were not erased. */
import { formatTime } from '@surety/core/terms';
import type { WeeklyReview } from '@surety/core/wire';
import { type ReviewFilter, type ReviewStanding, reviewSentence, reviewsOf } from '@surety/core/world';
import type { Context } from '../context.ts';

const SHOWN = 200;

export async function listReviews(context: Context, filter: ReviewFilter): Promise<{ reviews: WeeklyReview[] }> {
  const reviews = reviewsOf(context.writer.world.reviews, filter).slice(0, SHOWN);
  return { reviews: await Promise.all(reviews.map((standing) => shownReview(context, standing))) };
}

/** The note is the one value that a review commits to. */
export async function shownReview(context: Context, standing: ReviewStanding): Promise<WeeklyReview> {
  const [note] = [...(await context.subjects.open(context.store, [standing.seq])).values()];
  return toReview(standing, typeof note?.value === 'string' ? note.value : null);
}

export const toReview = (standing: ReviewStanding, note: string | null): WeeklyReview => {
  const { agent, lane, week, decision, to, by, at, pact, figures, seq } = standing;
  const says = reviewSentence(standing);
  return {
    agent,
    lane,
    week,
    decision,
    to,
    note,
    by,
    at: formatTime(at),
    pact,
    figures_sha256: figures,
    says,
    receipt: { seq },
  };
};
