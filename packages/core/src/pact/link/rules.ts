/** Links the rules of a lane to one of its tools: conditions checked and compiled in that tool's scope. */
import type { Condition } from '../condition/condition.ts';
import { compileLeaves, leafUnits } from '../condition/leaves.ts';
import { relaxingText } from '../condition/polarity.ts';
import { BOOL, STRING } from '../condition/type.ts';
import type { Path } from '../diagnostic.ts';
import type { RulePlan } from '../pact.ts';
import type { Source } from '../source.ts';
import { isHandOver, type LaneFile, type RuleFile } from '../syntax.ts';
import type { Reporter } from './reporter.ts';
import type { ToolScope } from './scope.ts';

export interface RuleSite {
  readonly scope: ToolScope;
  readonly source: Source;
  readonly reporter: Reporter;
  readonly laneEnforced: boolean;
}

/** The rules that speak about `tool`: all of its lane, or those that name it under `on`. */
export function linkRules(laneName: string, lane: LaneFile, tool: string, site: RuleSite): RulePlan[] {
  const plans: RulePlan[] = [];
  // Nobody is asked before a customer reaches a person: a hand-over can only be redirected, by `never`.
  const kinds =
    lane.may[tool] && isHandOver(tool, lane.may[tool]) ? (['never'] as const) : (['never', 'ask_a_human_if'] as const);
  for (const kind of kinds) {
    for (const [i, rule] of (lane[kind] ?? []).entries()) {
      if (rule.on && !rule.on.includes(tool)) continue;
      const plan = linkRule(kind, rule, ['lanes', laneName, kind, i], site);
      if (plan) plans.push(plan);
    }
  }
  return plans;
}

function linkRule(kind: 'never' | 'ask_a_human_if', rule: RuleFile, path: Path, site: RuleSite): RulePlan | undefined {
  const word = rule.when === undefined ? 'unless' : 'when';
  const text = rule[word];
  if (text === undefined) return undefined;
  const condition = site.scope.read([...path, word], text, BOOL);
  if (!condition) return undefined;
  const firesWhen = word === 'when';
  checkText(condition, rule, firesWhen, [...path, word], site);
  checkReachable(condition, [...path, word], site);
  const tell = (key: 'tell_the_agent' | 'tell_the_human') =>
    rule[key] === undefined ? undefined : site.scope.read([...path, key], rule[key], STRING)?.run;
  const onFire = kind === 'never' ? 'deny' : 'hold';
  return {
    id: rule.id,
    says: rule.says,
    kind,
    severity: rule.severity,
    enforced: site.laneEnforced && rule.mode !== 'shadow',
    onFire,
    onDoubt: kind === 'never' && rule.if_unknown === 'deny' ? 'deny' : 'hold',
    firesWhen,
    condition,
    at: placeOf(site.source, [...path, word]),
    leaves: compileLeaves(condition.term),
    units: leafUnits(condition.term),
    tellTheAgent: tell('tell_the_agent'),
    tellTheHuman: tell('tell_the_human'),
  };
}

export function placeOf(source: Source, path: Path): { line: number; from: number; to: number } {
  const { line, column, end_line, end_column } = source.rangeAt(path);
  return { line, from: column, to: end_line === line ? end_column : column };
}

/** Text of the agent or customer may only make a rule stricter, unless the rule says that it trusts text. */
export function checkText(
  condition: Condition,
  rule: { readonly trusts_text?: boolean | undefined },
  firesWhen: boolean,
  path: Path,
  { reporter }: Pick<RuleSite, 'reporter'>,
): void {
  const relaxing = relaxingText(condition.term, firesWhen);
  if (!rule.trusts_text)
    reporter.expression(
      path,
      relaxing.map(({ from, to }) => ({
        code: 'text_relaxes',
        from,
        to,
        says: 'What the agent or the customer wrote would relax this rule',
        hint: 'text may only add caution; or write trusts_text: true',
      })),
    );
  else
    for (const { from, to } of relaxing)
      reporter.warnExpression(
        path,
        from,
        to,
        'text_trusted',
        'This rule is relaxed by what the agent or the customer wrote',
      );
}

function checkReachable(condition: Condition, path: Path, { reporter }: RuleSite): void {
  if (condition.term.op === 'literal')
    reporter.warnExpression(
      path,
      0,
      condition.text.length,
      'unreachable_rule',
      `This condition is always ${String(condition.term.value)}`,
    );
}
