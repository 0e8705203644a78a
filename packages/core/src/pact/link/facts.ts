/** Resolves the `facts` section: types, tools, the fields of `where`. Its expressions are checked by the tool that uses them. */

import { didYouMean } from '../condition/problem.ts';
import type { Type } from '../condition/type.ts';
import { showType } from '../condition/type.ts';
import type { FactPlan, TraceFactPlan } from '../facts/fact-plan.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { converterOf } from '../shape/convert.ts';
import { readType } from '../shape/declared-type.ts';
import type { FactFile, PactFile } from '../syntax.ts';
import type { NamedTypes } from './named-types.ts';
import type { Reporter } from './reporter.ts';

type TraceFile = FactFile & { from: 'trace' };

export function linkFacts(
  file: PactFile,
  named: NamedTypes,
  knownTools: ReadonlySet<string>,
  reporter: Reporter,
): ReadonlyMap<string, FactPlan> {
  const plans = new Map<string, FactPlan>();
  let traceFacts = 0;
  for (const [name, fact] of Object.entries(file.facts ?? {})) {
    const read = readType(fact.type, named);
    if (!read.ok) {
      reporter.error(['facts', name, 'type'], 'bad_value', read.error.says, read.error.hint);
      continue;
    }
    if (read.value.optional)
      reporter.error(['facts', name, 'type'], 'bad_value', 'A fact that is absent is unknown; leave the ? away');
    const type = read.value.type;
    if (fact.from === 'trace') {
      const plan = linkTraceFact(name, fact, type, traceFacts, reporter);
      if (!plan) continue;
      traceFacts++;
      plans.set(name, plan);
      checkTools(name, fact, knownTools, reporter);
    } else {
      const maxAge = fact.from === 'http' ? fact.max_age : undefined;
      if (fact.from === 'http' && fact.timeout > PACT_LIMITS.httpFactTimeoutMs)
        reporter.error(
          ['facts', name, 'timeout'],
          'limit_http_timeout',
          `A source is waited for at most ${PACT_LIMITS.httpFactTimeoutMs / 1000}s`,
        );
      plans.set(name, { from: fact.from, name, type, convert: converterOf(type), maxAge });
    }
  }
  checkAfter(file, plans, reporter);
  return plans;
}

function linkTraceFact(
  name: string,
  fact: TraceFile,
  type: Type,
  index: number,
  reporter: Reporter,
): TraceFactPlan | undefined {
  const at = ['facts', name];
  if ((fact.tools === undefined) === (fact.any_of === undefined)) {
    reporter.errorAtKey(
      at,
      'missing_key',
      'A fact from the trace names its tools, or several { tools, path } under any_of',
    );
    return undefined;
  }
  const element = fact.take === 'latest' ? type : type.kind === 'list' ? type.of : undefined;
  if (!element) {
    reporter.error([...at, 'type'], 'type_mismatch', `take: ${fact.take} gives a list; write list<${showType(type)}>`);
    return undefined;
  }
  const fields = element.kind === 'record' ? element.fields : new Map();
  const where: { field: string; convert: ReturnType<typeof converterOf> }[] = [];
  for (const field of Object.keys(fact.where ?? {})) {
    const known = fields.get(field);
    if (known) where.push({ field, convert: converterOf(known.type) });
    else
      reporter.errorAtKey(
        [...at, 'where', field],
        'unknown_field',
        `No such field in ${showType(element)}: ${field}`,
        didYouMean(field, fields.keys()),
      );
  }
  if ((fact.take === 'each') !== (fact.key !== undefined))
    reporter.errorAtKey(
      at,
      'missing_key',
      'take: each needs the key that tells its items apart, and only each has one',
    );
  const key = typeof fact.key === 'string' ? [fact.key] : (fact.key ?? []);
  for (const field of key)
    if (!fields.has(field))
      reporter.error(
        [...at, 'key'],
        'unknown_field',
        `No such field in ${showType(element)}: ${field}`,
        didYouMean(field, fields.keys()),
      );
  return {
    from: 'trace',
    name,
    index,
    sources: sourcesOf(fact),
    carry: Object.entries(fact.carry ?? {}),
    where,
    take: fact.take,
    key,
    flatten: fact.flatten ?? false,
    after: fact.after,
    maxAge: fact.max_age,
    type,
    element,
    convert: converterOf(element),
  };
}

function sourcesOf(fact: TraceFile): ReadonlyMap<string, readonly (readonly string[])[]> {
  const sources = new Map<string, (readonly string[])[]>();
  for (const { tools, path } of fact.any_of ?? [{ tools: fact.tools ?? [], path: fact.path }])
    for (const tool of tools)
      sources.set(tool, [...(sources.get(tool) ?? []), path === undefined ? [] : path.split('.')]);
  return sources;
}

function checkTools(name: string, fact: TraceFile, known: ReadonlySet<string>, reporter: Reporter): void {
  const lists = fact.any_of?.map(({ tools }, i) => [['facts', name, 'any_of', i, 'tools'], tools] as const) ?? [
    [['facts', name, 'tools'], fact.tools ?? []] as const,
  ];
  for (const [path, tools] of lists)
    for (const [i, tool] of tools.entries())
      if (!known.has(tool))
        reporter.error(
          [...path, i],
          'no_fact_for_tool',
          `${tool} is neither under reads nor in a lane`,
          didYouMean(tool, known),
        );
}

function checkAfter(file: PactFile, plans: ReadonlyMap<string, FactPlan>, reporter: Reporter): void {
  const names = Object.keys(file.facts ?? {});
  for (const [i, name] of names.entries()) {
    const plan = plans.get(name);
    if (plan?.from !== 'trace' || plan.after === undefined) continue;
    if (plans.get(plan.after)?.from !== 'trace')
      reporter.error(
        ['facts', name, 'after'],
        'unknown_name',
        `No fact from the trace is called ${plan.after}`,
        didYouMean(plan.after, names),
      );
    else if (names.indexOf(plan.after) >= i)
      reporter.error(['facts', name, 'after'], 'circular', `${plan.after} must stand before ${name}`);
  }
}
