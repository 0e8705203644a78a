/** Links the cumulative limits of a lane to one tool, and its duties. */

import { parseMoney } from '../../terms/money.ts';
import type { Unit } from '../../terms/unit.ts';
import { BOOL, INT } from '../condition/type.ts';
import { unitOf } from '../condition/unit.ts';
import type { Path } from '../diagnostic.ts';
import type { Bound, DutyPlan, LimitPlan } from '../pact.ts';
import type { DutyFile, LaneFile, LimitFile } from '../syntax.ts';
import { checkText, placeOf, type RuleSite } from './rules.ts';

export function linkLimits(laneName: string, lane: LaneFile, tool: string, site: RuleSite): LimitPlan[] {
  const plans: LimitPlan[] = [];
  for (const [i, limit] of (lane.limits ?? []).entries()) {
    if (!limit.of.includes(tool)) continue;
    const plan = linkLimit(laneName, lane, limit, ['lanes', laneName, 'limits', i], site);
    if (plan) plans.push(plan);
  }
  return plans;
}

function linkLimit(
  laneName: string,
  lane: LaneFile,
  limit: LimitFile,
  path: Path,
  site: RuleSite,
): LimitPlan | undefined {
  const amount = limit.sum === undefined ? undefined : site.scope.read([...path, 'sum'], limit.sum, INT);
  if (limit.sum !== undefined && !amount) return undefined;
  const word = limit.sum === undefined ? 'count' : 'at_most';
  const atMost = limit[word] === undefined ? undefined : readBound(limit[word], lane, [...path, word], site);
  if (atMost === undefined) return undefined;
  return {
    id: limit.id,
    says: limit.says,
    lane: laneName,
    severity: limit.severity,
    enforced: site.laneEnforced && limit.mode !== 'shadow',
    otherwise: limit.else,
    per: limit.per,
    window: limit.window,
    amount: amount?.run,
    atMost,
    unit: amount && (unitOf(amount.term.type) ?? boundUnit(atMost, limit.at_most, lane)),
    at: placeOf(site.source, path),
  };
}

/** Of a sum of plain numbers: what its bound is written in. */
function boundUnit(bound: Bound, written: number | string | undefined, { parameters }: LaneFile): Unit | undefined {
  const unit = typeof bound === 'number' ? typeof written === 'string' && 'money' : parameters?.[bound.parameter];
  return unit === 'money' || unit === 'share' ? unit : undefined;
}

/** A whole number, an amount of money, or `autonomy.NAME`. */
function readBound(
  written: number | string,
  lane: LaneFile,
  path: Path,
  { reporter, scope }: RuleSite,
): Bound | undefined {
  if (typeof written === 'number') return written;
  const parameter = /^autonomy\.([a-z][a-z0-9_]*)$/.exec(written)?.[1];
  if (parameter !== undefined && Object.hasOwn(lane.parameters ?? {}, parameter)) return { parameter };
  const money = parseMoney(written);
  if (money?.currency === scope.currency) return money.minor;
  // Another currency or spelling is already told where the file was read; here only what no reader could know.
  reporter.error(
    path,
    'bad_unit',
    `Write a number, an amount such as 50.00 ${scope.currency}, or autonomy.NAME of a parameter of this lane`,
  );
  return undefined;
}

export function linkDuty(
  laneName: string,
  duty: DutyFile,
  path: Path,
  does: ReadonlySet<string>,
  site: RuleSite,
): DutyPlan | undefined {
  const condition = site.scope.read([...path, 'when'], duty.when, BOOL);
  if (!condition) return undefined;
  checkText(condition, duty, true, [...path, 'when'], site);
  return {
    id: duty.id,
    says: duty.says,
    lane: laneName,
    severity: duty.severity,
    enforced: site.laneEnforced && duty.mode !== 'shadow',
    condition,
    slots: site.scope.slots,
    does,
    within: duty.within,
    holdsWhenMissed: duty.if_missed === 'hold',
    at: placeOf(site.source, [...path, 'when']),
  };
}
