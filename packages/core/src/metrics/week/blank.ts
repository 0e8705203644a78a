/** A weekly figure before anything is known of it. */
import { DEFINITIONS } from './definitions.ts';
import type { WeeklyFigure, WeeklyMetric } from './figure.ts';

type Given = Partial<Omit<WeeklyFigure, 'metric' | 'title' | 'definition'>> &
  Pick<WeeklyFigure, 'unit' | 'n' | 'least' | 'says'>;

export const figure = (metric: WeeklyMetric, given: Given): WeeklyFigure => ({
  metric,
  ...DEFINITIONS[metric],
  currency: null,
  value: null,
  lower: null,
  upper: null,
  met: null,
  missing: null,
  coverage: null,
  maturity: null,
  early: null,
  standardised: null,
  change: null,
  targets: [],
  beside: [],
  ...given,
});

/** `This week has 3 of the 5 answers that a number needs.` */
export const tooFew = (n: number, least: number, what: string): string =>
  n === 0
    ? `No ${what} in this week; a number needs ${least}.`
    : `This week has ${n} of the ${least} ${what} that a number needs.`;
