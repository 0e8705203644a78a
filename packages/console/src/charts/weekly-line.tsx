/** A weekly figure over the last weeks: its line in the ribbon of its interval, the band of its target, marks where something changed. */
import { useId } from 'react';
import { classes } from '../ui/index.ts';
import css from './charts.module.css';
import { runsOf, type TrendPoint } from './trend.tsx';

export interface LineWeek extends TrendPoint {
  readonly week: string;
  /** On how much it rests: nothing is drawn of a week with too little, but its place. */
  readonly n: number;
}

export interface LineMark {
  /** From 0, the start of the first week, to 1, the end of the last. */
  readonly at: number;
  readonly kind: 'state' | 'pact' | 'target';
  readonly says: string;
}

/** Above a figure there is room, so that its ribbon does not touch the edge; never more than what there can be. */
export function topOf(weeks: readonly TrendPoint[], bounds: readonly number[], most: number): number {
  const known = weeks.flatMap(({ value, upper }) => (value === null ? [] : [upper ?? value, value]));
  const highest = Math.max(...known, ...bounds, 0);
  return highest === 0 ? Math.min(1, most) : Math.min(most, highest * 1.15);
}

const HEIGHT = 72;
const TOP = 10;

export function WeeklyLine({
  weeks,
  marks,
  atLeast,
  atMost,
  top: max,
  label,
}: {
  readonly weeks: readonly LineWeek[];
  readonly marks: readonly LineMark[];
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
  /** The value at the upper edge; the lower one is 0. */
  readonly top: number;
  readonly label: string;
}) {
  const id = useId();
  // Each week stands in the middle of its own seventh, sixth … of the width, so that a mark falls between two.
  const x = (at: number) => (100 * (at + 0.5)) / weeks.length;
  const y = (n: number) => TOP + (HEIGHT - TOP) * (1 - Math.min(Math.max(n, 0), max) / max);
  const path = (run: readonly number[], key: keyof TrendPoint) =>
    run.map((at) => `${x(at).toFixed(2)} ${y(weeks[at]?.[key] ?? weeks[at]?.value ?? 0).toFixed(2)}`);
  const band = atLeast !== undefined ? [TOP, y(atLeast)] : atMost !== undefined ? [y(atMost), HEIGHT] : undefined;
  return (
    <svg role="img" aria-labelledby={id} className={css['weekly']} height={HEIGHT + 4}>
      <title id={id}>{label}</title>
      <svg width="100%" height={HEIGHT} viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {band && (
          <rect
            className={css['target']}
            x="0"
            width="100"
            y={band[0]}
            height={Math.max(0, (band[1] ?? 0) - (band[0] ?? 0))}
          />
        )}
        <line className={css['floor']} x1="0" x2="100" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {[atLeast, atMost].map(
          (bound) =>
            bound !== undefined && (
              <line key={bound} className={css['rule']} x1="0" x2="100" y1={y(bound)} y2={y(bound)} />
            ),
        )}
        {runsOf(weeks).map((run) => (
          <g key={run[0]}>
            <path
              className={css['ribbon']}
              d={`M${path(run, 'upper').join('L')}L${path(run, 'lower').reverse().join('L')}Z`}
            />
            <path className={css['line']} d={`M${path(run, 'value').join('L')}`} />
          </g>
        ))}
      </svg>
      {marks.map(({ at, kind, says }) => (
        <g key={`${kind}${at}${says}`} className={css['change']} data-kind={kind}>
          <title>{says}</title>
          <line x1={`${100 * at}%`} x2={`${100 * at}%`} y1={TOP} y2={HEIGHT} />
          {kind === 'state' ? (
            <circle cx={`${100 * at}%`} cy="5" r="4" />
          ) : (
            <svg x={`${100 * at}%`} y="0" overflow="visible" aria-hidden>
              {kind === 'pact' ? <rect x="-4" y="1" width="8" height="8" /> : <path d="M0 0L5 9H-5Z" />}
            </svg>
          )}
        </g>
      ))}
      {weeks.map(({ week, value, lower, upper, n }, at) =>
        value === null ? (
          <circle key={week} className={css['none']} cx={`${x(at)}%`} cy={HEIGHT} r="2.5" />
        ) : (
          <g key={week}>
            <line
              className={css['whisker']}
              x1={`${x(at)}%`}
              x2={`${x(at)}%`}
              y1={y(lower ?? value)}
              y2={y(upper ?? value)}
            />
            <circle
              className={classes(css['dot'], at === weeks.length - 1 && css['here'])}
              cx={`${x(at)}%`}
              cy={y(value)}
              r={at === weeks.length - 1 ? 4 : 3}
              data-n={n}
            />
          </g>
        ),
      )}
    </svg>
  );
}
