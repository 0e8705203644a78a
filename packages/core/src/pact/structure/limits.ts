/** Cumulative limits: what they count or sum, up to what, in which window. */
import { parseMoney } from '../../terms/money.ts';
import { DAY } from '../../terms/time.ts';
import { didYouMean } from '../condition/problem.ts';
import type { Path } from '../diagnostic.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import type { LaneFile, LimitFile } from '../syntax.ts';
import { entries, type ReadSections, requireOne, type Site } from './site.ts';

export function checkLimits(file: ReadSections, site: Site): void {
  for (const [name, lane] of entries(file.lanes)) {
    lane.limits?.forEach((limit, i) => {
      const path = ['lanes', name, 'limits', i];
      requireOne(site, path, ['count', 'sum'], 'A limit');
      checkAtMost(path, site);
      checkWindow(limit, path, site);
      if (limit.count !== undefined) checkCount(limit.count, lane, [...path, 'count'], site);
      if (limit.at_most !== undefined) checkAmount(limit.at_most, lane, [...path, 'at_most'], site);
    });
  }
}

function checkAtMost(path: Path, site: Site): void {
  const [sums, bounded] = [site.source.has([...path, 'sum']), site.source.has([...path, 'at_most'])];
  if (sums && !bounded) site.reporter.errorAtKey(path, 'missing_key', 'A limit with sum needs at_most');
  if (bounded && !sums && site.source.has([...path, 'count'])) {
    site.reporter.errorAtKey([...path, 'at_most'], 'bad_value', 'at_most goes with sum; count is its own bound');
  }
}

function checkWindow(limit: LimitFile, path: Path, site: Site): void {
  const at = [...path, 'window'];
  if (limit.per === 'conversation') {
    if (site.source.has(at))
      site.reporter.errorAtKey(at, 'bad_value', 'A limit per conversation has no window; take it out');
    return;
  }
  if (!site.source.has(at)) site.reporter.errorAtKey(path, 'missing_key', `A limit per ${limit.per} needs a window`);
  if (limit.window === 0) site.reporter.error(at, 'bad_value', 'A window is longer than nothing');
  if (limit.window !== undefined && limit.window > PACT_LIMITS.windowDays * DAY) {
    site.reporter.error(at, 'limit_window_days', `A window has at most ${PACT_LIMITS.windowDays}d`);
  }
}

function checkCount(count: number | string, lane: LaneFile, path: Path, site: Site): void {
  if (typeof count === 'string')
    checkParameter(count, lane, ['int'], path, 'Write a whole number, or autonomy.NAME', site);
  else if (count < 1)
    site.reporter.error(path, 'bad_value', 'Count at least 1; what must never happen is a rule under never');
}

function checkAmount(amount: number | string, lane: LaneFile, path: Path, site: Site): void {
  if (typeof amount === 'number' || parseMoney(amount)) return;
  const remedy = 'Write an amount such as 500.00 USD, a whole number, or autonomy.NAME';
  checkParameter(amount, lane, ['money', 'int'], path, remedy, site);
}

function checkParameter(
  written: string,
  lane: LaneFile,
  kinds: readonly string[],
  path: Path,
  remedy: string,
  site: Site,
): void {
  const name = /^autonomy\.([a-z][a-z0-9_]*)$/.exec(written)?.[1];
  if (name === undefined) {
    site.reporter.error(path, 'bad_unit', remedy);
    return;
  }
  const laneName = String(path[1]);
  const parameters = lane.parameters ?? {};
  if (!site.source.has(['lanes', laneName, 'parameters', name])) {
    const says = `${laneName} has no parameter ${name}`;
    site.reporter.error(path, 'unknown_name', says, didYouMean(name, Object.keys(parameters)));
    return;
  }
  const kind = parameters[name];
  if (kind !== undefined && !kinds.includes(kind)) {
    site.reporter.error(path, 'bad_unit', `${name} is a parameter of kind ${kind}; this needs ${kinds.join(' or ')}`);
  }
}
