/** All figures of one agent, lane and pact version in a week, and the sentence that stands first. */

import { costFigure, type Prices } from './cost.ts';
import { noCounts } from './counts.ts';
import { REFERENCE_WEEKS } from './definitions.ts';
import type { WeeklyFigure, WeeklyMetric } from './figure.ts';
import { ratingFigures } from './rating.ts';
import { resolutionFigures, type WeekOf } from './resolution.ts';
import { judgeTarget, metricOf, type TargetTerms, type WeeksTo, windowOf } from './target.ts';
import { violationFigures } from './violations.ts';
import { waitingFigures } from './waiting.ts';

export interface FiguresOf extends WeeksTo {
  readonly targets: readonly TargetTerms[];
  readonly prices: Prices;
}

const back = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from - n + 1 + i);

export function weeklyFigures(given: FiguresOf): WeeklyFigure[] {
  const { week, now, prices, targets } = given;
  const weekOf = (one: number): WeekOf => ({ week: one, counts: given.counts(one) ?? noCounts() });
  const [here, before] = [weekOf(week), weekOf(week - 1)];
  const reference = back(week - 1, REFERENCE_WEEKS).map(weekOf);
  const figures = [
    ...resolutionFigures({ now, here, before, reference }),
    ...ratingFigures({ here, before, reference }),
    ...waitingFigures(here.counts, given.open(week)),
    ...violationFigures({ here, before, reference }),
    costFigure(here, now, prices),
  ];
  const judged = targets.map((target) => [metricOf(target), judgeTarget(target, windowOf(target, given))] as const);
  return figures.map((one) => ({
    ...one,
    targets: judged.filter(([metric]) => metric === one.metric).map(([, target]) => target),
  }));
}

const FIRST: readonly WeeklyMetric[] = [
  'fcr_agent_alone',
  'csat',
  'escalated_to_acknowledged_p90',
  'violations_escaped',
];

/** What is known, then what is not: `First-contact resolution, agent alone: 81.2 % (…). …` */
export function weekSentence(figures: readonly WeeklyFigure[]): string {
  const first = FIRST.flatMap((metric) => figures.filter((one) => one.metric === metric));
  const known = first.filter(({ missing }) => missing === null);
  const lacking = first.filter(({ missing }) => missing !== null).map(({ title }) => title);
  const missed = figures.flatMap(({ targets }) => targets.filter(({ status }) => status === 'not_met'));
  const parts = [
    ...known.map(({ title, says }) => `${title}: ${says}`),
    ...(lacking.length === 0 ? [] : [`Too little evidence for ${lacking.join('; ')}.`]),
    ...(missed.length === 0 ? [] : [`Targets not met: ${missed.map(({ id }) => id).join(', ')}.`]),
  ];
  return parts.join(' ');
}
