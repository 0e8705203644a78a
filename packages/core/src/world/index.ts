/** The world: how actions are decided with everything that came before, live and in a rehearsal. */
export { type Asked, decide } from './decide.ts';
export { LimitBook, RESERVATION_MS } from './limit-book.ts';
export { formatReport, formatShareOf, table } from './rehearse/format-report.ts';
export {
  type DecidedCall,
  type DecisionLine,
  Rehearsal,
  type RehearsalOptions,
  toDecisionLine,
} from './rehearse/rehearsal.ts';
export type { RehearsalReport } from './rehearse/report.ts';
export { Tally, type TallyOptions } from './rehearse/tally.ts';
