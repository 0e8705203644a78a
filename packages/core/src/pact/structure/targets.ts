/** Weekly targets and rubrics: bounds that fit what they bound. */
import { WEEK } from '../../terms/time.ts';
import { didYouMean } from '../condition/problem.ts';
import type { Path } from '../diagnostic.ts';
import type { RubricFile, TargetFile } from '../syntax.ts';
import { entries, type ReadSections, requireOne, type Site } from './site.ts';

export function checkTargets(file: ReadSections, site: Site): void {
  for (const [name, lane] of entries(file.lanes)) {
    lane.weekly_targets?.forEach((target, i) => {
      checkTarget(target, ['lanes', name, 'weekly_targets', i], site);
    });
    for (const [rubric, written] of entries(lane.judged_on))
      checkRubric(written, ['lanes', name, 'judged_on', rubric], site);
  }
  for (const [severity, names] of entries(file.on_violation))
    requireConsequences(names ?? [], ['on_violation', severity], site);
}

interface Metric {
  readonly measured: 'share' | 'span';
  /** The side that a good week lies on. */
  readonly bound: 'at_least' | 'at_most';
}
const METRIC: Readonly<Record<TargetFile['metric'], Metric>> = {
  first_contact_resolution: { measured: 'share', bound: 'at_least' },
  csat: { measured: 'share', bound: 'at_least' },
  escalation_latency_p50: { measured: 'span', bound: 'at_most' },
  escalation_latency_p90: { measured: 'span', bound: 'at_most' },
  policy_violation_rate: { measured: 'share', bound: 'at_most' },
};

function checkTarget(target: TargetFile, path: Path, site: Site): void {
  const { measured, bound } = METRIC[target.metric];
  const other = bound === 'at_least' ? 'at_most' : 'at_least';
  requireOne(site, path, ['at_least', 'at_most'], 'A target');
  if (site.source.has([...path, other]) && !site.source.has([...path, bound])) {
    site.reporter.errorAtKey(
      [...path, other],
      'bad_value',
      `A good week has ${target.metric} ${bound} something; write ${bound}`,
    );
  }
  for (const key of ['at_least', 'at_most'] as const) {
    const value = target[key];
    if (value === undefined || value.kind === measured) continue;
    const says = `${target.metric} is measured as a ${measured}; write ${measured === 'share' ? '80%' : '30m'}`;
    site.reporter.error([...path, key], 'bad_unit', says);
  }
  if (target.window === 0 || target.window % WEEK !== 0) {
    site.reporter.error([...path, 'window'], 'bad_value', 'The window of a target is whole weeks, such as 4w');
  }
  if (target.of_severity !== undefined && target.metric !== 'policy_violation_rate') {
    site.reporter.errorAtKey([...path, 'of_severity'], 'bad_value', 'Only policy_violation_rate is told by severity');
  }
  requireConsequences(target.then, [...path, 'then'], site);
}

function requireConsequences(names: readonly string[], path: Path, site: Site): void {
  for (const [i, name] of names.entries()) {
    if (site.consequences.has(name)) continue;
    const says = `There is no consequence ${name}; add it under consequences`;
    site.reporter.error([...path, i], 'unknown_consequence', says, didYouMean(name, site.consequences));
  }
}

function checkRubric(rubric: RubricFile, path: Path, site: Site): void {
  const has = (key: string): boolean => site.source.has([...path, key]);
  if (rubric.when === 'inline' && !has('timeout')) {
    site.reporter.errorAtKey(
      path,
      'missing_key',
      'An inline rubric needs a timeout; no answer by then holds the action',
    );
  }
  if (rubric.when === 'after' && has('timeout')) {
    site.reporter.errorAtKey(
      [...path, 'timeout'],
      'bad_value',
      'Nothing waits for a rubric that is judged after; take it out',
    );
  }
  if (rubric.when === 'inline' && has('sample')) {
    site.reporter.errorAtKey(
      [...path, 'sample'],
      'bad_value',
      'An inline rubric judges every action; take the sample out',
    );
  }
}
