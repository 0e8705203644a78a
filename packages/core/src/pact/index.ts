/** Pacts: what an agent may do, who answers for it, and how an action is decided. */

export { nearest } from './condition/problem.ts';
export { Unknown } from './condition/unknown.ts';
export type { Diagnostic, DiagnosticCode, Range } from './diagnostic.ts';
export type { Change } from './diff/change.ts';
export { diffPacts, type PactDiff } from './diff/diff.ts';
export { formatDiff } from './diff/format-diff.ts';
export { type LaneEffect, laneEffects } from './diff/lane-effects.ts';
export { formatDiagnostic } from './draw-diagnostic.ts';
export { ConversationMemory } from './evaluate/conversation-memory.ts';
export { autonomyIn } from './evaluate/decision-frame.ts';
export { evaluate } from './evaluate/evaluate.ts';
export type { Charge, Evaluation } from './evaluate/evaluation.ts';
export { type Given, type JudgeAnswer, NOTHING_GIVEN } from './evaluate/given.ts';
export { type FactFinding, type Inspection, inspect, type LimitFinding, type RuleFinding } from './evaluate/inspect.ts';
export { boundOf } from './evaluate/limit-reasons.ts';
export type { Proposal, Situation } from './evaluate/situation.ts';
export { authoritySentence } from './explain/authority.ts';
export { explainPact } from './explain/explain.ts';
export type { Explanation } from './explain/explanation.ts';
export { formatExplanation } from './explain/format-explanation.ts';
export { type LineRange, linesOfPact } from './explain/lines.ts';
export {
  type Exposure,
  enforcedExposure,
  laneExposure,
  type PactExposure,
  pactExposure,
} from './exposure/pact-exposure.ts';
export {
  type ExposureLimit,
  type MoneyAction,
  type WeeklyExposure,
  weeklyExposure,
} from './exposure/weekly-exposure.ts';
export type { ReadFile } from './link/files.ts';
export { type LoadedPact, loadPact } from './load.ts';
export type { LimitPlan, Pact, RuleName, ToolPlan } from './pact.ts';
export { PACT_LIMITS } from './pact-limits.ts';
export { readYaml, type Source } from './source.ts';
export { HAND_OVER, isHandOver } from './syntax.ts';
export { readTestFile, runTests, type TestReport, type TestResult } from './test/run-tests.ts';
export { factUnits, unitsOf } from './units.ts';
export { checkZone } from './zone-check.ts';
