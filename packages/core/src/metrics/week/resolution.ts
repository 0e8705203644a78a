/** First-contact resolution of a week: of the agent alone and of the desk, confirmed and presumed apart, mature ones only. */
import { DAY, formatTime } from '../../terms/time.ts';
import { weekStart } from '../../terms/week.ts';
import { kaplanMeier, survivalAt } from '../survival.ts';
import { figure, tooFew } from './blank.ts';
import type { ContactCount, WeekCounts } from './counts.ts';
import { LEAST, WINDOW_DAYS } from './definitions.ts';
import type { WeeklyFigure, WeeklyMetric } from './figure.ts';
import { between, many, percent, whole } from './say.ts';
import { shareOf, shareSentence, type Tally } from './share.ts';

/** The counts of a week, as of a moment. */
export interface WeekOf {
  readonly week: number;
  readonly counts: WeekCounts;
}

export interface Resolving {
  readonly now: number;
  readonly here: WeekOf;
  readonly before: WeekOf;
  readonly reference: readonly WeekOf[];
}

/** How old the youngest of a day are, in whole days; a day is mature once its last has had all its days. */
const ageOf = ({ week }: WeekOf, day: number, now: number): number =>
  Math.floor((now - weekStart(week) - (day + 1) * DAY) / DAY);

type Which = (count: ContactCount) => boolean;

const KINDS: readonly (readonly [WeeklyMetric, Which])[] = [
  ['fcr_agent_alone', ({ alone, presumed }) => alone && !presumed],
  ['fcr_desk', ({ presumed }) => !presumed],
  ['fcr_agent_alone_presumed', ({ alone, presumed }) => alone && presumed],
  ['fcr_desk_presumed', ({ presumed }) => presumed],
];
export const isAloneConfirmed: Which = ({ alone, presumed }) => alone && !presumed;

/** Resolved for good, by stratum, of the mature. */
export function matureTallies(weeks: readonly WeekOf[], now: number, which: Which): Tally[] {
  return weeks.flatMap((one) =>
    one.counts.contacts
      .filter((count) => which(count) && count.n > 0 && ageOf(one, count.day, now) >= WINDOW_DAYS)
      .map(({ stratum, n, again }) => ({ stratum, n, x: n - again.reduce((sum, some) => sum + some, 0) })),
  );
}

export const resolutionFigures = (given: Resolving): WeeklyFigure[] =>
  KINDS.map(([metric, which]) => resolutionFigure(metric, which, given));

function resolutionFigure(metric: WeeklyMetric, which: Which, given: Resolving): WeeklyFigure {
  const { now, here, before, reference } = given;
  const tallies = (weeks: readonly WeekOf[]): Tally[] => matureTallies(weeks, now, which);
  const share = shareOf({
    now: tallies([here]),
    before: tallies([before]),
    reference: tallies(reference),
    least: LEAST,
  });
  const resolved = here.counts.contacts.filter(which).reduce((sum, { n }) => sum + n, 0);
  const missing = share.value === null ? tooFew(share.n, LEAST, 'mature resolutions') : null;
  const young = resolved - share.n;
  return figure(metric, {
    ...share,
    unit: 'share',
    missing,
    says: missing ?? shareSentence(share, 'resolved conversations'),
    maturity: {
      known: share.n,
      of: resolved,
      final_at: formatTime(weekStart(here.week) + 2 * WINDOW_DAYS * DAY),
      says:
        young === 0
          ? `All ${many(resolved, 'resolution')} have had their 7 days.`
          : `${whole(young)} of ${many(resolved, 'resolution')} have not had their 7 days yet.`,
    },
    coverage: coverageOf(here.counts),
    early: young > 0 && resolved >= LEAST ? earlyLine(here, which, now) : null,
    beside: besideOf(metric, here.counts),
  });
}

const coverageOf = ({ known, opened }: WeekCounts): WeeklyFigure['coverage'] => ({
  known,
  of: opened,
  says: `Of ${many(opened, 'conversation')} that began in this week, the end of ${whole(known)} is known.`,
});

function besideOf(metric: WeeklyMetric, { missed, contacts }: WeekCounts): WeeklyFigure['beside'] {
  if (metric !== 'fcr_agent_alone' && metric !== 'fcr_desk') return [];
  const presumed = contacts
    .filter((one) => one.presumed && (metric === 'fcr_desk' || one.alone))
    .reduce((sum, { n }) => sum + n, 0);
  const beside = [
    {
      what: 'presumed',
      count: presumed,
      says: `${many(presumed, 'resolution')} presumed from silence, not counted here.`,
    },
  ];
  if (metric === 'fcr_desk') return beside;
  const says =
    missed === 0
      ? 'No missed escalation is known.'
      : `${many(missed, 'escalation')} missed: resolved alone although the customer or a rule asked for a person.`;
  return [{ what: 'missed_escalations', count: missed, says }, ...beside];
}

/** Those too young count as far as they are known: Kaplan–Meier at the window. */
function earlyLine(here: WeekOf, which: Which, now: number): WeeklyFigure['early'] {
  const times: number[] = [];
  const events: (0 | 1)[] = [];
  for (const count of here.counts.contacts.filter(which)) {
    const age = Math.min(WINDOW_DAYS, Math.max(0, ageOf(here, count.day, now)));
    let rest = count.n;
    for (const [after, some] of count.again.entries())
      for (let i = 0; i < some; i++, rest--) {
        times.push(Math.min(after, age));
        events.push(1);
      }
    for (; rest > 0; rest--) {
      times.push(age);
      events.push(0);
    }
  }
  const { survival, lower, upper } = survivalAt(kaplanMeier(times, events, 0.95).rows, WINDOW_DAYS);
  const says = `Early line, of all ${whole(times.length)}: ${percent(survival)} (${between(lower, upper, percent)}).`;
  return { value: survival, lower, upper, says };
}
