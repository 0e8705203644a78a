/** A value between its bounds, on a scale from 0 to `max`; the words beside it say the same. */
import { classes } from '../ui/index.ts';
import css from './charts.module.css';

export function IntervalBar({
  lower,
  value,
  upper,
  max,
  mark,
  label,
  isFaint = false,
}: {
  readonly lower: number;
  readonly value: number;
  readonly upper: number;
  readonly max: number;
  /** Where what is allowed lies. */
  readonly mark?: number;
  readonly label: string;
  /** Below the least evidence. */
  readonly isFaint?: boolean;
}) {
  const at = (n: number) => (100 * Math.min(Math.max(n, 0), max)) / max;
  return (
    <svg
      role="img"
      aria-label={label}
      className={classes(css['interval'], isFaint && css['faint'])}
      viewBox="0 0 100 20"
      preserveAspectRatio="none"
    >
      <rect className={css['track']} x="0" y="7" width="100" height="6" />
      <rect className={css['band']} x={at(lower)} y="7" width={Math.max(0.6, at(upper) - at(lower))} height="6" />
      <rect className={css['point']} x={Math.max(0, at(value) - 0.4)} y="4" width="0.8" height="12" />
      {mark !== undefined && (
        <line className={css['mark']} x1={at(mark)} x2={at(mark)} y1="1" y2="19" vectorEffect="non-scaling-stroke" />
      )}
    </svg>
  );
}
