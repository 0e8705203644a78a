/** Runs the tests of a pact: each situation is decided by the gate's own code and held against what is expected. */

import type { Json, JsonObject } from '../../terms/json.ts';
import { parseMoney } from '../../terms/money.ts';
import { formatTime, parseTime, type ZoneOffset } from '../../terms/time.ts';
import type { Step } from '../../terms/trace.ts';
import { didYouMean } from '../condition/problem.ts';
import type { Range } from '../diagnostic.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostic.ts';
import { ConversationMemory } from '../evaluate/conversation-memory.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Pact } from '../pact.ts';
import { readYaml, type Source } from '../source.ts';
import { diagnoseIssue } from '../syntax/issue.ts';
import { compareWith } from './compare.ts';
import { Coverage, type RuleCoverage } from './coverage.ts';
import { Problems, situationOf } from './situation.ts';
import { type PactTest, type TestFile, TestFileSyntax, type TestSituation } from './test-syntax.ts';

export interface TestResult {
  readonly name: string;
  readonly passed: boolean;
  readonly differences: readonly string[];
  readonly range: Range;
}

export interface TestReport {
  readonly results: readonly TestResult[];
  readonly coverage: readonly RuleCoverage[];
  /** Rules that were not seen firing and silent. */
  readonly gaps: readonly string[];
  /** What is wrong with the test file itself. */
  readonly diagnostics: readonly Diagnostic[];
  readonly passed: boolean;
}

/** The path of the pact that a test file is about, relative to it; or what is wrong with the file. */
export function readTestFile(
  file: string,
  text: string,
): { readonly file?: TestFile; readonly source?: Source; readonly diagnostics: readonly Diagnostic[] } {
  const read = readYaml(file, text);
  if (!read.ok) return { diagnostics: read.error };
  const shape = TestFileSyntax.safeParse(read.value.value);
  if (shape.success) return { file: shape.data, source: read.value, diagnostics: [] };
  return {
    diagnostics: sortDiagnostics(
      shape.error.issues.flatMap((issue) => diagnoseIssue(issue, read.value, 'A test file')),
    ),
  };
}

export function runTests(pact: Pact, file: TestFile, source: Source, offset: ZoneOffset): TestReport {
  const problems = new Problems(source);
  const coverage = new Coverage(pact);
  const now = parseTime(file.now);
  if (now === undefined) problems.add(['now'], 'bad_unit', `Write a time with offset, such as ${formatTime(0)}`);
  const results = file.tests.map((test, i): TestResult => {
    const range = source.rangeAt(['tests', i, 'name']);
    const before = problems.found.length;
    const counters = countersOf(test, i, pact, problems);
    const situation = situationOf(file, i, problems);
    if (!situation || now === undefined || problems.found.length > before)
      return { name: test.name, passed: false, differences: ['the test could not be read'], range };
    const evaluation = decideTest(pact, situation, counters, now, offset);
    coverage.count(situation.action.tool, evaluation);
    const differences = compareWith(test.expect, evaluation);
    return { name: test.name, passed: differences.length === 0, differences, range };
  });
  const gaps = coverage.gaps(file.coverage);
  const passed = problems.found.length === 0 && gaps.length === 0 && results.every((result) => result.passed);
  return { results, coverage: coverage.rules, gaps, diagnostics: sortDiagnostics(problems.found), passed };
}

/** Limit → what is used up already, in minor units where it counts money. */
function countersOf(test: PactTest, index: number, pact: Pact, problems: Problems): ReadonlyMap<string, number> {
  const known = pact.rules.filter(({ kind }) => kind === 'limit').map(({ id }) => id);
  const counters = new Map<string, number>();
  for (const [id, written] of Object.entries(test.counters ?? {})) {
    const path = ['tests', index, 'counters', id];
    const money = typeof written === 'string' ? parseMoney(written) : undefined;
    const value = typeof written === 'number' ? written : money?.currency === pact.currency ? money.minor : undefined;
    if (!known.includes(id)) problems.add(path, 'unknown_name', `There is no limit ${id}`, didYouMean(id, known));
    else if (value === undefined)
      problems.add(path, 'bad_unit', `Write a number, or an amount such as 50.00 ${pact.currency}`);
    else counters.set(id, value);
  }
  return counters;
}

function decideTest(
  pact: Pact,
  situation: TestSituation,
  counters: ReadonlyMap<string, number>,
  now: number,
  offset: ZoneOffset,
): Evaluation {
  const { action, conversation, facts, judges, state, trace } = situation;
  const memory = new ConversationMemory(pact, conversation, offset);
  for (const [i, step] of trace.entries()) memory.observe(toStep(step, i, now), now);
  return evaluate(pact, {
    proposal: { ...action, args: (action.args ?? {}) as JsonObject },
    agent: 'agent',
    conversation,
    memory,
    now,
    offset,
    state,
    given: (name) => (Object.hasOwn(facts, name) ? (facts[name] as Json) : undefined),
    judges,
    used: ({ id }) => counters.get(id) ?? 0,
    undatedIsFresh: false,
  });
}

/** A step of a fixture; without a time of its own it happened just now. */
function toStep(step: TestSituation['trace'][number], index: number, now: number): Step {
  const at = step.at === undefined ? now : (parseTime(step.at) ?? now);
  if (step.kind === 'customer') return { kind: 'customer', text: step.text, at };
  if (step.kind === 'reply') return { kind: 'reply', text: step.text ?? '', at };
  return {
    kind: 'call',
    call_id: `call_${index}`,
    tool: step.tool,
    args: (step.args ?? {}) as JsonObject,
    ok: step.ok,
    result: (step.result ?? {}) as Json,
    at,
  };
}
