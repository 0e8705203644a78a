/** Every tool stands in one lane or under `reads`, and what names a tool names one that is there. */
import { didYouMean } from '../condition/problem.ts';
import type { Path, Range } from '../diagnostic.ts';
import { HAND_OVER, isHandOver, type LaneFile } from '../syntax.ts';
import { entries, type ReadSections, type Site } from './site.ts';

export function checkTools(file: ReadSections, site: Site): void {
  checkDuplicates(site);
  if (site.source.has(['lanes']) && site.lanes.size === 0) {
    site.reporter.errorAtKey(['lanes'], 'bad_value', 'A pact has at least one lane');
  }
  if (site.reads.has(HAND_OVER)) {
    const says = 'hand_over is built in and always allowed; take it out of reads';
    site.reporter.errorAtKey(['reads', HAND_OVER], 'binds_hand_over', says);
  }
  for (const [name, lane] of entries(file.lanes)) {
    if (site.source.has(['lanes', name, 'may']) && site.toolsOf(name).size === 0) {
      site.reporter.errorAtKey(['lanes', name, 'may'], 'bad_value', 'A lane lists at least one tool');
    }
    checkHandOverTools(name, lane, site);
    checkNamed(name, lane, site);
  }
}

/** A tool named twice is wrong at the later place, whichever section that is in. */
function checkDuplicates(site: Site): void {
  const places = new Map<string, Path[]>();
  const add = (tool: string, path: Path): void => {
    places.set(tool, [...(places.get(tool) ?? []), path]);
  };
  for (const lane of site.lanes) for (const tool of site.toolsOf(lane)) add(tool, ['lanes', lane, 'may', tool]);
  for (const tool of site.reads) if (tool !== HAND_OVER) add(tool, ['reads', tool]);
  for (const [tool, paths] of places) {
    const sorted = paths
      .map((path) => ({ path, range: site.source.keyRangeAt(path) }))
      .sort((a, b) => byPlace(a.range, b.range));
    for (const { path } of sorted.slice(1)) {
      const says = `${tool} stands in line ${sorted[0]?.range.line} already; a tool is in one lane, or under reads`;
      site.reporter.errorAtKey(path, 'duplicate_tool', says);
    }
  }
}

const byPlace = (a: Range, b: Range): number => a.line - b.line || a.column - b.column;

function checkHandOverTools(laneName: string, lane: LaneFile, site: Site): void {
  for (const [name, tool] of entries(lane.may)) {
    const path = ['lanes', laneName, 'may', name];
    if (tool.queues !== undefined && !isHandOver(name, tool)) {
      site.reporter.errorAtKey(
        [...path, 'queues'],
        'bad_value',
        'Only hand_over, or a tool with is: hand_over, has queues',
      );
    }
    if (name === HAND_OVER && tool.is === 'reply') {
      site.reporter.error(
        [...path, 'is'],
        'bad_value',
        'hand_over gives the conversation to a person; it is not a reply',
      );
    }
  }
}

function checkNamed(laneName: string, lane: LaneFile, site: Site): void {
  const own = site.toolsOf(laneName);
  const path = ['lanes', laneName];
  const persons = new Set(
    entries(lane.may)
      .filter(([name, tool]) => isHandOver(name, tool))
      .map(([name]) => name),
  );
  const check = (tools: readonly string[] | undefined, at: Path, known: ReadonlySet<string>, where: string): void => {
    for (const [i, tool] of (tools ?? []).entries()) {
      if (known.has(tool)) continue;
      site.reporter.error([...at, i], 'unknown_name', `${tool} is not a tool of ${where}`, didYouMean(tool, known));
    }
  };
  const refuseHandOver = (tools: readonly string[] | undefined, at: Path, says: string): void => {
    for (const [i, tool] of (tools ?? []).entries()) {
      if (persons.has(tool)) site.reporter.error([...at, i], 'binds_hand_over', says);
    }
  };
  lane.never?.forEach((rule, i) => {
    check(rule.on, [...path, 'never', i, 'on'], own, laneName);
  });
  lane.ask_a_human_if?.forEach((rule, i) => {
    const at = [...path, 'ask_a_human_if', i, 'on'];
    check(rule.on, at, own, laneName);
    refuseHandOver(rule.on, at, 'Nobody is asked before a customer reaches a person; take the hand-over out');
  });
  lane.limits?.forEach((limit, i) => {
    const at = [...path, 'limits', i, 'of'];
    check(limit.of, at, own, laneName);
    refuseHandOver(limit.of, at, 'No limit keeps a customer from a person; take the hand-over out');
  });
  lane.must?.forEach((duty, i) => {
    const known = new Set([...site.tools, ...site.reads]);
    check(duty.do, [...path, 'must', i, 'do'], known, 'this pact');
  });
}
