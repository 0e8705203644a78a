/** The world: how actions are decided with everything that came before, live and in a rehearsal. */
export { APPROVAL_MS, effectOf, type HoldAnswer, type HoldStanding, isUsable, type OpenAction } from './actions.ts';
export { type AgentStanding, isStopped, type LaneStanding, START, stateIn } from './agents.ts';
export { type ConversationStanding, openOf, QUIET_MS } from './conversations.ts';
export { type Asked, type AskedLive, decide, decideIn, standsAgainst } from './decide.ts';
export { type Due, dueAt } from './due.ts';
export { fold } from './fold.ts';
export { LimitBook, RESERVATION_MS } from './limit-book.ts';
export { type PactStanding, pactsOf } from './pacts.ts';
export { formatReport, formatShareOf, table } from './rehearse/format-report.ts';
export {
  type DecidedCall,
  type DecisionLine,
  Rehearsal,
  type RehearsalOptions,
  toDecisionLine,
  turnsOf,
} from './rehearse/rehearsal.ts';
export type { RehearsalReport } from './rehearse/report.ts';
export { Tally, type TallyOptions } from './rehearse/tally.ts';
export { Forecast, type ForecastReport, type Reached } from './simulate/forecast.ts';
export { forecastSentences, prospectSentence } from './simulate/format-forecast.ts';
export { type Arriving, type Behaviour, emptyLane, type LaneOptions, SimulatedLane, slotIn } from './simulate/lane.ts';
export { CLEAN, type Prospect, prospectOf } from './simulate/prospect.ts';
export { type Draw, seeded } from './simulate/seeded.ts';
export { type Break, type Imagined, type Run, runOnce } from './simulate/simulation.ts';
export type { DueMove } from './trust/due-move.ts';
export { RECORDING } from './trust/evidence.ts';
export { followingOf, nextFollowing, TRUST_ACTOR } from './trust/follow.ts';
export { gateState } from './trust/gate-state.ts';
export { laneTermsOf, limitsOf } from './trust/lane-terms.ts';
export { type LaneView, laneView } from './trust/lane-view.ts';
export { dueByTime, overBy } from './trust/pass-time.ts';
export { recordedPact, unrecordable } from './trust/recorded-pact.ts';
export { isSignedFor, widenedLanes } from './trust/widening.ts';
export { moveSentence, reasonWords } from './trust/words.ts';
export { REVIEWS_KEPT, type ReviewFilter, type ReviewStanding, reviewSentence, reviewsOf } from './week/reviews.ts';
export { type WeekAsked, type WeekRow, weekRows, weekSays, weeksIn } from './week/rows.ts';
export { type WeekTerms, weekTerms } from './week/terms.ts';
export { fromPieces, toPieces, WORLD_FOLD, WORLD_VERSION, World, type WorldPiece } from './world.ts';
export { digestOfEntries, worldDigest } from './world-digest.ts';
