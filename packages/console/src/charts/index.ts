/** Small drawings of numbers; words or a table beside each say the same. */
export { IntervalBar } from './interval-bar.tsx';
export { runsOf, Trend, type TrendPoint } from './trend.tsx';
export { type LineMark, type LineWeek, topOf, WeeklyLine } from './weekly-line.tsx';
