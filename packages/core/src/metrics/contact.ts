/** First contact resolution: solved, and neither reopened nor asked again about the same within the window. */
import { type Interval, wilson95 } from '../chance/intervals.ts';
import { kaplanMeier, survivalAt } from './survival.ts';

/** The headline counts mature conversations only; the early line uses all there is. */
export interface FirstContact extends Interval {
  readonly matureN: number;
  readonly matureOk: number;
  readonly kmAtWindow: number;
}

/** By conversation: its age, and after how many days it was reopened (null: never). A day at the window is within it. */
export function firstContactResolution(
  ageDays: readonly number[],
  reopenedAfterDays: readonly (number | null)[],
  windowDays: number,
): FirstContact {
  const reopened = ageDays.map((_, i) => reopenedAfterDays[i] ?? null);
  const mature = reopened.filter((_, i) => (ageDays[i] as number) >= windowDays);
  const matureOk = mature.filter((after) => after === null || after > windowDays).length;
  const { rows } = kaplanMeier(
    ageDays.map((age, i) => reopened[i] ?? age),
    reopened.map((after) => (after === null ? 0 : 1)),
    0.95,
  );
  return {
    matureN: mature.length,
    matureOk,
    ...wilson95(matureOk, mature.length),
    kmAtWindow: survivalAt(rows, windowDays).survival,
  };
}
