/** What the desk achieves, with what is not known yet. */
export { type FirstContact, firstContactResolution } from './contact.ts';
export { type EscalationLatency, escalationLatency } from './latency.ts';
export { type Csat, csat, hasFallenSilent } from './satisfaction.ts';
export { kaplanMeier, quantileOf, type Survival, type SurvivalRow, survivalAt } from './survival.ts';
export type { WeekCounts } from './week/counts.ts';
export { DEFINITIONS } from './week/definitions.ts';
export { WEEKLY_METRICS, WeeklyFigure, type WeeklyMetric } from './week/figure.ts';
export { type FiguresOf, weeklyFigures, weekSentence } from './week/figures.ts';
export type { TargetTerms } from './week/target.ts';
export { LEAST_OUTCOMES, type OutcomeVerdict, outcomeWeek } from './weekly.ts';
