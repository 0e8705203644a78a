/** How a value and its bounds went from day to day: a line in its ribbon. Days without a value leave a gap. */
import css from './charts.module.css';

export interface TrendPoint {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Runs of days that have a value. */
export function runsOf(points: readonly TrendPoint[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  points.forEach(({ value }, at) => {
    if (value === null) return;
    const last = runs.at(-1);
    if (last && last.at(-1) === at - 1) last.push(at);
    else runs.push([at]);
  });
  return runs;
}

export function Trend({
  points,
  max,
  mark,
  label,
}: {
  readonly points: readonly TrendPoint[];
  readonly max: number;
  readonly mark?: number;
  readonly label: string;
}) {
  const x = (at: number) => (100 * at) / Math.max(1, points.length - 1);
  const y = (n: number) => 40 - (40 * Math.min(Math.max(n, 0), max)) / max;
  const path = (run: readonly number[], key: keyof TrendPoint) =>
    run.map((at) => `${x(at).toFixed(2)} ${y(points[at]?.[key] ?? points[at]?.value ?? 0).toFixed(2)}`);
  return (
    <svg role="img" aria-label={label} className={css['spark']} viewBox="0 0 100 40" preserveAspectRatio="none">
      {mark !== undefined && <line className={css['rule']} x1="0" x2="100" y1={y(mark)} y2={y(mark)} />}
      {runsOf(points).map((run) => (
        <g key={run[0]}>
          <path
            className={css['ribbon']}
            d={`M${path(run, 'upper').join('L')}L${path(run, 'lower').reverse().join('L')}Z`}
          />
          <path className={css['line']} d={`M${path(run, 'value').join('L')}${run.length === 1 ? 'h0.6' : ''}`} />
        </g>
      ))}
    </svg>
  );
}
