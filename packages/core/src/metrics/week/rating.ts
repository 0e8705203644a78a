/** CSAT of a week: top two boxes, mean and response rate, with what silence may hide. */
import { csat, hasFallenSilent } from '../satisfaction.ts';
import { figure, tooFew } from './blank.ts';
import type { RatingCount, WeekCounts } from './counts.ts';
import { LEAST } from './definitions.ts';
import type { WeeklyFigure } from './figure.ts';
import { between, many, percent, whole } from './say.ts';
import { shareOf, shareSentence, type Tally } from './share.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Top two boxes and good, over all answers. */
export const ratingTallies = (weeks: readonly { readonly counts: WeekCounts }[]): Tally[] =>
  weeks.flatMap(({ counts }) =>
    counts.ratings.map(({ stratum, five, good, bad }) => ({
      stratum,
      x: (five[3] as number) + (five[4] as number) + good,
      n: sum(five) + good + bad,
    })),
  );

type Five = Parameters<typeof csat>[0];
const fiveOf = (ratings: readonly RatingCount[]): Five =>
  [0, 1, 2, 3, 4].map((i) => sum(ratings.map(({ five }) => five[i] as number))) as unknown as Five;

/** Where no survey is told of, every resolved conversation was asked. */
const askedIn = ({ surveyed, resolved, ratings }: WeekCounts): number =>
  Math.max(surveyed > 0 ? surveyed : resolved, sum(ratings.map(({ five, good, bad }) => sum(five) + good + bad)));

interface Weeks {
  readonly here: { readonly counts: WeekCounts };
  readonly before: { readonly counts: WeekCounts };
  readonly reference: readonly { readonly counts: WeekCounts }[];
}

export function ratingFigures({ here, before, reference }: Weeks): WeeklyFigure[] {
  const share = shareOf({
    now: ratingTallies([here]),
    before: ratingTallies([before]),
    reference: ratingTallies(reference),
    least: LEAST,
  });
  const asked = askedIn(here.counts);
  const missing = share.value === null ? tooFew(share.n, LEAST, 'answers') : null;
  const coverage = {
    known: share.n,
    of: asked,
    says: `${whole(share.n)} of ${whole(asked)} answered; what the others think is not known.`,
  };
  const top = figure('csat', {
    ...share,
    unit: 'share',
    missing,
    says: missing ?? shareSentence(share, 'answers are satisfied').replace(/ of ([\d,]+) answers/, ' of $1 answers'),
    coverage,
    beside: [responseRate(here.counts, before.counts, share.n, asked), ...ownScale(here.counts)],
  });
  return [top, meanFigure(here.counts, asked)];
}

function responseRate(here: WeekCounts, before: WeekCounts, n: number, asked: number): WeeklyFigure['beside'][number] {
  const rate = asked === 0 ? 0 : n / asked;
  const answeredBefore = sum(ratingTallies([{ counts: before }]).map((one) => one.n));
  const rateBefore = askedIn(before) === 0 ? 0 : answeredBefore / askedIn(before);
  const from = here.surveyed > 0 ? 'that were sent a survey' : 'that were resolved, since no survey is on record';
  const says = `${percent(rate)} answered, of ${many(asked, 'conversation')} ${from}.`;
  const isSilent = answeredBefore > 0 && hasFallenSilent(rateBefore, rate);
  const fallen = isSilent
    ? ` The week before, it was ${percent(rateBefore)}: different people may be answering now.`
    : '';
  return { what: 'response_rate', count: n, says: says + fallen };
}

function ownScale({ ratings }: WeekCounts): WeeklyFigure['beside'] {
  const [good, bad] = [sum(ratings.map((one) => one.good)), sum(ratings.map((one) => one.bad))];
  if (good + bad === 0) return [];
  return [
    {
      what: 'good_or_bad',
      count: good + bad,
      says: `${good} good and ${bad} bad are among them; they do not count in the mean.`,
    },
  ];
}

function meanFigure({ ratings }: WeekCounts, asked: number): WeeklyFigure {
  const { n, mean, worstCase } = csat(fiveOf(ratings), asked, 0.95);
  const isEnough = n >= LEAST;
  const missing = isEnough ? null : tooFew(n, LEAST, 'answers from 1 to 5');
  const two = (value: number): string => value.toFixed(2);
  const silent = asked - n;
  return figure('csat_mean', {
    unit: 'score',
    value: isEnough ? mean.estimate : null,
    lower: n === 0 ? null : mean.lower,
    upper: n === 0 ? null : mean.upper,
    n,
    least: LEAST,
    missing,
    says:
      missing ?? `${two(mean.estimate ?? 0)} of 5 (${between(mean.lower, mean.upper, two)}) in ${whole(n)} answers.`,
    beside: [
      {
        what: 'worst_case',
        count: silent,
        says: `If all ${whole(silent)} who did not answer had given a 1, or a 5, the mean would be ${two(worstCase.lower)}, or ${two(worstCase.upper)}.`,
      },
    ],
  });
}
