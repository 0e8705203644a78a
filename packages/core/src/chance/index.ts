/** What counts can say. */
export { type Interval, wilson95 } from './intervals.ts';
