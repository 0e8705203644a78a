/** What each decision of a weekly review does, in one sentence. */
import type { TrustState } from '@surety/core/terms';
import type { RecordWeeklyReview } from '@surety/core/wire';

export type Choice = RecordWeeklyReview['decision'];

export const CHOICES: readonly { readonly key: Choice; readonly says: string; readonly means: string }[] = [
  { key: 'keep', says: 'Keep', means: 'Nothing moves up until a later review says widen; alarms still lower it.' },
  {
    key: 'widen',
    says: 'Widen',
    means: 'Good for 8 days: it moves up once the evidence suffices. Nothing moves before that.',
  },
  { key: 'narrow', says: 'Narrow', means: 'It goes down at once, and its evidence starts again from there.' },
];

const DOWNWARDS: readonly TrustState[] = ['autonomous', 'limited', 'supervised', 'suspended'];
/** The states below, the nearest first. */
export const lowerThan = (state: TrustState): readonly TrustState[] => DOWNWARDS.slice(DOWNWARDS.indexOf(state) + 1);
