/** The weekly reviews that were signed: keep, widen or narrow, by whom, on which figures. */
import type { Placed } from '../../evidence/kinds.ts';
import type { TrustState } from '../../terms/decision.ts';

/** As many of a lane are kept as weeks have figures; older ones stay in the ledger. */
export const REVIEWS_KEPT = 60;

export interface ReviewStanding {
  readonly agent: string;
  readonly lane: string;
  readonly week: string;
  readonly decision: 'keep' | 'widen' | 'narrow';
  readonly to: TrustState | null;
  readonly by: string;
  readonly at: number;
  readonly pact: string | null;
  /** SHA-256 of the figures as they stood. */
  readonly figures: string | null;
  readonly seq: number;
}

/** By agent and lane, the oldest first. */
export type Reviews = Map<string, ReviewStanding[]>;

const keyOf = (agent: string, lane: string): string => `${agent}/${lane}`;

export function review(reviews: Reviews, { data, by, at, seq }: Placed<'week.reviewed'>): void {
  const { agent, lane, week, decision, to = null, pact = null, figures } = data;
  const key = keyOf(agent, lane);
  const signed = { agent, lane, week, decision, to, by, at, pact, figures: figures?.blob ?? null, seq };
  reviews.set(key, [...(reviews.get(key) ?? []), signed].slice(-REVIEWS_KEPT));
}

export interface ReviewFilter {
  readonly agent?: string | undefined;
  readonly lane?: string | undefined;
  readonly week?: string | undefined;
}

/** The newest first. */
export const reviewsOf = (reviews: Reviews, { agent, lane, week }: ReviewFilter): readonly ReviewStanding[] =>
  [...reviews.values()]
    .flat()
    .filter(
      (one) =>
        (agent === undefined || one.agent === agent) &&
        (lane === undefined || one.lane === lane) &&
        (week === undefined || one.week === week),
    )
    .sort((a, b) => b.seq - a.seq);

const WHAT: Readonly<Record<ReviewStanding['decision'], string>> = {
  keep: 'keeps the scope as it is',
  widen: 'lets the scope widen when the evidence is there, within 8 days',
  narrow: 'narrows the scope',
};

/** `ken keeps the scope of bot in refunds as it is, after week 2026-W17.` */
export const reviewSentence = ({ agent, lane, week, decision, to, by }: ReviewStanding): string =>
  `${by.replace(/^person:/, '')} ${WHAT[decision]}${to === null ? '' : ` to ${to}`}: ${agent} in ${lane}, after week ${week}.`;
