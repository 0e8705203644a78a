/** What changes in a lane beside its rules: mode, owner, tools, what it is judged on, what each trust state may do. */
import { formatShare } from '../../terms/time.ts';
import { parameterValue } from '../link/link.ts';
import type { LanePlan, Pact } from '../pact.ts';
import { isHandOver, type LaneFile } from '../syntax.ts';
import { type Change, type Direction, same, show, sideBySide } from './change.ts';

export function* laneChanges(before: Pact, after: Pact): Iterable<Change> {
  for (const [name, a, b] of sideBySide(before.file.lanes, after.file.lanes)) {
    if (a && b) yield* insideLane(name, a, b, before, after);
    else if (b) yield { what: name, direction: 'looser', says: `The lane ${name} is new: its tools become possible` };
    else yield { what: name, direction: 'stricter', says: `The lane ${name} is removed: its tools are denied` };
  }
}

function* insideLane(name: string, a: LaneFile, b: LaneFile, before: Pact, after: Pact): Iterable<Change> {
  const other = (says: string, what = name): Change => ({ what, direction: 'other', says });
  if (a.mode !== b.mode) {
    const direction = b.mode === 'shadow' ? 'looser' : 'stricter';
    yield { what: name, direction, says: `The lane ${name} goes from ${a.mode} to ${b.mode}` };
  }
  if (a.owner !== b.owner) yield other(`${b.owner} answers for ${name} instead of ${a.owner}`);
  if (a.says !== b.says) yield other(`Reworded: ${show(b.says)} (before: ${show(a.says)})`);
  const [held, denied] = [a, b].map(({ when_unreachable }) => when_unreachable ?? 'hold');
  if (held !== denied)
    yield {
      what: name,
      direction: denied === 'deny' ? 'stricter' : 'looser',
      says: `Without the gate, actions of ${name} are ${denied === 'deny' ? 'denied' : 'held'}`,
    };
  yield* tools(name, a, b);
  yield* autonomy(name, a, b, before.lanes.get(name), after.lanes.get(name));
  for (const part of ['judged_on', 'weekly_targets', 'parameters'] as const)
    if (!same(a[part], b[part])) yield other(`${part} of ${name} change`, `${name} ${part}`);
}

function* tools(lane: string, a: LaneFile, b: LaneFile): Iterable<Change> {
  for (const [tool, x, y] of sideBySide(a.may, b.may)) {
    const what = `${lane} may ${tool}`;
    const listed = x ?? y;
    if (x && y) {
      if (!same(x, y)) yield { what, direction: 'other', says: `What ${tool} takes changes` };
      continue;
    }
    // A hand-over succeeds whether it is listed or not; a lane only gives it queues.
    if (listed && isHandOver(tool, listed))
      yield { what, direction: 'other', says: `${lane} ${y ? 'now gives' : 'no longer gives'} ${tool} its queues` };
    else if (y) yield { what, direction: 'looser', says: `The agent may now use ${tool}` };
    else yield { what, direction: 'stricter', says: `The agent may no longer use ${tool}` };
  }
}

function* autonomy(name: string, a: LaneFile, b: LaneFile, before?: LanePlan, after?: LanePlan): Iterable<Change> {
  for (const state of ['limited', 'autonomous'] as const) {
    for (const [key, x, y] of sideBySide<string | number>(a.autonomy?.[state], b.autonomy?.[state])) {
      if (key === 'hold_sample' || same(x, y)) continue;
      yield {
        what: `${name} ${state} ${key}`,
        direction: directionOf(key, b, x, y),
        says: `${key} in ${state} goes from ${show(x)} to ${show(y)}`,
      };
    }
    const [from, to] = [before?.holdSample[state] ?? 0, after?.holdSample[state] ?? 0];
    if (from !== to)
      yield {
        what: `${name} ${state} hold_sample`,
        direction: to > from ? 'stricter' : 'looser',
        says: `The share of allowed actions in ${state} that a person looks at goes from ${formatShare(from)} to ${formatShare(to)}`,
      };
  }
}

/** More of a parameter is looser where the lane only uses it as an upper bound; how else it is used, nobody can tell. */
function directionOf(
  key: string,
  lane: LaneFile,
  x: string | number | undefined,
  y: string | number | undefined,
): Direction {
  if (x === undefined || y === undefined || !isUpperBound(key, lane)) return 'other';
  return parameterValue(y) > parameterValue(x) ? 'looser' : 'stricter';
}

function isUpperBound(key: string, { never = [], ask_a_human_if = [], limits = [] }: LaneFile): boolean {
  const name = `autonomy\\.${key}\\b`;
  const mention = new RegExp(name);
  const texts = [...never, ...ask_a_human_if].map(({ when, unless }) => [when, unless] as const);
  const used = texts.filter((pair) => pair.some((text) => text !== undefined && mention.test(text)));
  const bounds = limits.filter(({ count, at_most }) => [count, at_most].includes(`autonomy.${key}`));
  const isBelow = ([when, unless]: readonly [string | undefined, string | undefined]) =>
    new RegExp(`^[^!?]*>=?\\s*${name}[^!?]*$`).test(when ?? '') ||
    new RegExp(`^[^!?]*<=?\\s*${name}[^!?]*$`).test(unless ?? '');
  const sums = limits.some(({ sum }) => sum !== undefined && mention.test(sum));
  return used.length + bounds.length > 0 && used.every(isBelow) && !sums;
}
