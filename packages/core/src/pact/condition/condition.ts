/** One expression of a pact: parsed, checked, compiled. */
import { Environment, ParseError } from '@marcbachmann/cel-js';
import { err, ok, type Result } from '../../result.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { checkTree } from './check.ts';
import type { Scope } from './checker.ts';
import { compile } from './compile.ts';
import { costOf, dearestLoop } from './cost.ts';
import type { Problem } from './problem.ts';
import type { Run } from './run.ts';
import { children, type Term } from './term.ts';
import { isSameType, showType, type Type } from './type.ts';

export interface Condition {
  readonly text: string;
  readonly term: Term;
  readonly cost: number;
  /** Every name in scope that it reads, also through definitions. */
  readonly names: readonly string[];
  readonly run: Run;
}

const parser = new Environment({
  limits: {
    maxAstNodes: PACT_LIMITS.expressionNodes,
    maxDepth: 64,
    // The checker gives literals their own limit and code; here they only must not be cut short of it.
    maxListElements: PACT_LIMITS.expressionNodes,
    maxMapEntries: PACT_LIMITS.expressionNodes,
  },
});

/** Reads an expression that must have the type `wanted`, where one is given. All problems at once. */
export function readCondition(text: string, scope: Scope, wanted?: Type): Result<Condition, readonly Problem[]> {
  const whole = { from: 0, to: text.length };
  if (text.length > PACT_LIMITS.expressionChars)
    return err([
      {
        ...whole,
        code: 'limit_expression_chars',
        says: `An expression has at most ${PACT_LIMITS.expressionChars} characters`,
        hint: 'move a part of it to define',
      },
    ]);
  const tree = parse(text);
  if (!tree.ok) return err([tree.error]);
  const { term, problems } = checkTree(tree.value, scope);
  if (!term || problems.length > 0) return err(problems);
  if (wanted && !isSameType(term.type, wanted)) {
    const code = wanted.kind === 'bool' ? 'not_bool' : 'type_mismatch';
    return err([{ ...whole, code, says: `This gives ${showType(term.type)}; ${showType(wanted)} is needed here` }]);
  }
  const cost = costOf(term);
  if (cost > PACT_LIMITS.costPerExpression) {
    const { from, to } = dearestLoop(term);
    const says = `This could cost ${cost} of ${PACT_LIMITS.costPerExpression} units`;
    return err([{ code: 'too_dear', from, to, says, hint: 'bound the list it goes over, such as list<Item>[20]' }]);
  }
  return ok({ text, term, cost, names: [...namesIn(term)], run: compile(term) });
}

function parse(text: string): Result<ReturnType<Environment['parse']>['ast'], Problem> {
  try {
    return ok(parser.parse(text).ast);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const from = Math.min(error.range?.start ?? 0, text.length);
    const to = Math.max(error.range?.end ?? from, Math.min(from + 1, text.length));
    if (error.code === 'limit_exceeded' || /exceeded/i.test(error.summary))
      return err({
        code: 'limit_expression_nodes',
        from,
        to,
        says: 'This expression is too large',
        hint: 'move a part of it to define',
      });
    return err({ code: 'expression_syntax', from, to, says: `This cannot be read: ${error.summary}` });
  }
}

function namesIn(term: Term, found = new Set<string>()): ReadonlySet<string> {
  if (term.op === 'name') {
    found.add(term.name);
    if (term.scope.stands_for) namesIn(term.scope.stands_for, found);
  }
  for (const child of children(term)) namesIn(child, found);
  return found;
}
