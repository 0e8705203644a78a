/** What changes in rules, limits and duties, each known by its id. */
import { parseMoney } from '../../terms/money.ts';
import { formatSpan } from '../../terms/time.ts';
import type { Pact } from '../pact.ts';
import type { DutyFile, LaneFile, LimitFile, RuleFile } from '../syntax.ts';
import { type Change, type Direction, directionOfList, same, show, sideBySide } from './change.ts';

const KINDS = ['never', 'ask_a_human_if', 'must', 'limits'] as const;
interface Entry {
  readonly lane: LaneFile;
  readonly laneName: string;
  readonly kind: (typeof KINDS)[number];
  /** Whether it has an effect: neither it nor its lane is in shadow. */
  readonly enforced: boolean;
  readonly rule: RuleFile | DutyFile | LimitFile;
}

function entriesOf({ file }: Pact): Readonly<Record<string, Entry>> {
  return Object.fromEntries(
    Object.entries(file.lanes).flatMap(([laneName, lane]) =>
      KINDS.flatMap((kind) =>
        (lane[kind] ?? []).map((rule): [string, Entry] => [
          rule.id,
          { lane, laneName, kind, rule, enforced: lane.mode === 'enforce' && rule.mode !== 'shadow' },
        ]),
      ),
    ),
  );
}

export function* ruleChanges(before: Pact, after: Pact): Iterable<Change> {
  for (const [what, a, b] of sideBySide(entriesOf(before), entriesOf(after))) {
    const only = a ?? b;
    const tried = only?.enforced ? '' : ' (in shadow)';
    if (a && b) for (const change of changesOf(a, b)) yield { what, ...change };
    else if (b) yield { what, direction: b.enforced ? 'stricter' : 'other', says: `New: ${b.rule.says}${tried}` };
    else if (a) yield { what, direction: a.enforced ? 'looser' : 'other', says: `Removed: ${a.rule.says}${tried}` };
  }
}

type Found = Omit<Change, 'what'>;

function* changesOf(a: Entry, b: Entry): Iterable<Found> {
  if (a.laneName !== b.laneName)
    yield { direction: 'other', says: `Moves from the lane ${a.laneName} to ${b.laneName}: ${b.rule.says}` };
  if (a.kind !== b.kind)
    yield { direction: kindDirection(a.kind, b.kind), says: `From ${a.kind} to ${b.kind}: ${b.rule.says}` };
  const [from, to] = [a.rule.mode ?? 'enforce', b.rule.mode ?? 'enforce'];
  if (from !== to)
    yield to === 'shadow'
      ? { direction: 'looser', says: `Only tried from now on: ${b.rule.says}` }
      : { direction: 'stricter', says: `Takes effect from now on: ${b.rule.says}` };
  if (a.rule.says !== b.rule.says)
    yield { direction: 'other', says: `Reworded: ${b.rule.says} (before: ${a.rule.says})` };
  if (a.rule.severity !== b.rule.severity)
    yield { direction: 'other', says: `Severity goes from ${a.rule.severity} to ${b.rule.severity}` };
  if (a.kind === 'limits' || b.kind === 'limits') {
    if (a.kind === b.kind) yield* limitChanges(a.rule as LimitFile, b.rule as LimitFile);
    return;
  }
  yield* conditionChanges(a.rule as RuleFile & DutyFile, b.rule as RuleFile & DutyFile);
  yield* toolChanges(a, b);
  if (a.kind === 'must' && b.kind === 'must') yield* dutyChanges(a.rule as DutyFile, b.rule as DutyFile);
}

function kindDirection(a: Entry['kind'], b: Entry['kind']): Direction {
  if (a === 'never' && b === 'ask_a_human_if') return 'looser';
  return a === 'ask_a_human_if' && b === 'never' ? 'stricter' : 'other';
}

function* conditionChanges(a: RuleFile, b: RuleFile): Iterable<Found> {
  if ((a.if_unknown ?? 'hold') !== (b.if_unknown ?? 'hold'))
    yield b.if_unknown === 'deny'
      ? { direction: 'stricter', says: 'When in doubt it is denied' }
      : { direction: 'looser', says: 'When in doubt it is held' };
  if ((a.trusts_text ?? false) !== (b.trusts_text ?? false))
    yield b.trusts_text
      ? { direction: 'looser', says: 'What the agent or the customer writes may relax it from now on' }
      : { direction: 'stricter', says: 'What the agent or the customer writes no longer relaxes it' };
  for (const key of ['when', 'unless', 'tell_the_agent', 'tell_the_human'] as const)
    if (!same(a[key], b[key]))
      yield { direction: 'other', says: `${key} goes from ${show(a[key])} to ${show(b[key])}` };
}

/** A rule without `on` speaks about every tool of its lane. */
function* toolChanges(a: Entry, b: Entry): Iterable<Found> {
  const [x, y] = [(a.rule as RuleFile).on, (b.rule as RuleFile).on];
  if (same(x, y)) return;
  const [from, to] = [x ?? Object.keys(a.lane.may), y ?? Object.keys(b.lane.may)];
  const says = `It applies to ${y?.join(', ') ?? 'every tool'} instead of ${x?.join(', ') ?? 'every tool'}`;
  yield { direction: directionOfList(from, to, 'stricter') ?? 'other', says };
}

function* dutyChanges(a: DutyFile, b: DutyFile): Iterable<Found> {
  if (!same(a.do, b.do))
    yield {
      direction: directionOfList(a.do, b.do, 'looser') ?? 'other',
      says: `It is done by ${b.do.join(' or ')} instead of ${a.do.join(' or ')}`,
    };
  if (!same(a.within, b.within)) {
    const sign = spanOf(a) === undefined || spanOf(b) === undefined ? undefined : Number(spanOf(b)) - Number(spanOf(a));
    const replies = 'replies' in a.within && 'replies' in b.within ? b.within.replies - a.within.replies : sign;
    const direction = replies === undefined ? 'other' : replies > 0 ? 'looser' : 'stricter';
    yield { direction, says: `Time for it goes from ${showWithin(a)} to ${showWithin(b)}` };
  }
  if (a.if_missed !== b.if_missed)
    yield b.if_missed === 'hold'
      ? { direction: 'stricter', says: 'Once missed, everything else of the agent is held' }
      : { direction: 'looser', says: 'Once missed, nothing is held any more' };
}

const spanOf = ({ within }: DutyFile): number | undefined => ('ms' in within ? within.ms : undefined);
export const showWithin = ({ within }: DutyFile): string =>
  'ms' in within ? formatSpan(within.ms) : `${within.replies} ${within.replies === 1 ? 'reply' : 'replies'}`;

function* limitChanges(a: LimitFile, b: LimitFile): Iterable<Found> {
  if (a.else !== b.else)
    yield b.else === 'hold'
      ? { direction: 'looser', says: 'Beyond the limit actions are held' }
      : { direction: 'stricter', says: 'Beyond the limit actions are denied' };
  const bound = (limit: LimitFile) => (limit.sum === undefined ? limit.count : limit.at_most);
  const more = (a.sum === undefined) === (b.sum === undefined) ? compareBounds(bound(a), bound(b)) : 'other';
  if (more !== undefined) yield { direction: more, says: `At most ${show(bound(a))} becomes ${show(bound(b))}` };
  // The same amount in a longer time is less.
  if (a.window !== b.window) {
    const isKnown = a.window !== undefined && b.window !== undefined;
    const direction = !isKnown ? 'other' : Number(b.window) > Number(a.window) ? 'stricter' : 'looser';
    const span = (ms: number | undefined) => (ms === undefined ? 'the whole conversation' : formatSpan(ms));
    yield { direction, says: `The window goes from ${span(a.window)} to ${span(b.window)}` };
  }
  if (!same(a.of, b.of))
    yield {
      direction: directionOfList(a.of, b.of, 'stricter') ?? 'other',
      says: `It counts ${b.of.join(', ')} instead of ${a.of.join(', ')}`,
    };
  for (const key of ['per', 'sum'] as const)
    if (!same(a[key], b[key]))
      yield { direction: 'other', says: `${key} goes from ${show(a[key])} to ${show(b[key])}` };
}

function compareBounds(a: number | string | undefined, b: number | string | undefined): Direction | undefined {
  if (same(a, b)) return undefined;
  const value = (x: number | string | undefined) => (typeof x === 'number' ? x : parseMoney(x ?? '')?.minor);
  const [from, to] = [value(a), value(b)];
  return from === undefined || to === undefined ? 'other' : to > from ? 'looser' : 'stricter';
}
