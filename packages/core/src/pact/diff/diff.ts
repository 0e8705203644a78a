/** What changes from one pact to another, by meaning: stricter, looser, or other where that cannot be decided. */
import { canonical } from '../../crypto/index.ts';
import { parseMoney } from '../../terms/money.ts';
import { parameterValue } from '../link/link.ts';
import type { Pact } from '../pact.ts';
import type { LaneFile, LimitFile, RuleFile } from '../syntax.ts';

export type Direction = 'looser' | 'stricter' | 'other';

export interface Change {
  /** What changed: a rule's id, or a place such as `refund_checks may issue_refund`. */
  readonly what: string;
  readonly direction: Direction;
  readonly says: string;
}

export interface PactDiff {
  readonly before: { readonly pact: string; readonly version: number; readonly digest: string };
  readonly after: { readonly pact: string; readonly version: number; readonly digest: string };
  /** Looser ones first: a signer ticks those one by one. */
  readonly changes: readonly Change[];
}

const RANK: Readonly<Record<Direction, number>> = { looser: 0, other: 1, stricter: 2 };

export function diffPacts(before: Pact, after: Pact): PactDiff {
  const name = ({ name: pact, version, digest }: Pact) => ({ pact, version, digest });
  const changes = [...lanes(before, after), ...rules(before, after), ...sections(before, after)];
  return {
    before: name(before),
    after: name(after),
    changes: changes.sort((a, b) => RANK[a.direction] - RANK[b.direction] || (a.what < b.what ? -1 : 1)),
  };
}

const same = (a: unknown, b: unknown): boolean => canonical(plain(a)) === canonical(plain(b));
/** Without members that are not there. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

/** Entries of two mappings side by side, in the order of their names. */
function* sideBySide<T>(
  a: Readonly<Record<string, T>> = {},
  b: Readonly<Record<string, T>> = {},
): Iterable<[string, T | undefined, T | undefined]> {
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) yield [key, a[key], b[key]];
}

function* lanes(before: Pact, after: Pact): Iterable<Change> {
  for (const [name, a, b] of sideBySide(before.file.lanes, after.file.lanes)) {
    if (!a || !b) {
      const direction = b ? 'looser' : 'stricter';
      yield {
        what: name,
        direction,
        says: b
          ? `The lane ${name} is new: its tools become possible`
          : `The lane ${name} is gone: its tools are denied`,
      };
      continue;
    }
    if (a.mode !== b.mode)
      yield {
        what: name,
        direction: b.mode === 'shadow' ? 'looser' : 'stricter',
        says: `The lane ${name} goes from ${a.mode} to ${b.mode}`,
      };
    if (a.owner !== b.owner)
      yield { what: name, direction: 'other', says: `${b.owner} answers for ${name} instead of ${a.owner}` };
    if ((a.when_unreachable ?? 'hold') !== (b.when_unreachable ?? 'hold'))
      yield {
        what: name,
        direction: b.when_unreachable === 'deny' ? 'stricter' : 'looser',
        says: `Without the gate, actions of ${name} are ${b.when_unreachable === 'deny' ? 'denied' : 'held'}`,
      };
    yield* tools(name, a, b, before, after);
    yield* autonomy(name, a, b);
    for (const part of ['judged_on', 'weekly_targets'] as const)
      if (!same(a[part], b[part]))
        yield { what: `${name} ${part}`, direction: 'other', says: `${part.replaceAll('_', ' ')} of ${name} change` };
  }
}

function* tools(lane: string, a: LaneFile, b: LaneFile, before: Pact, after: Pact): Iterable<Change> {
  for (const [tool, x, y] of sideBySide(a.may, b.may)) {
    const what = `${lane} may ${tool}`;
    if (!x || !y)
      yield {
        what,
        direction: y ? 'looser' : 'stricter',
        says: y ? `The agent may now use ${tool}` : `The agent may no longer use ${tool}`,
      };
    else if (!same(x, y) || !same(schemaText(before, x.args), schemaText(after, y.args)))
      yield { what, direction: 'other', says: `What ${tool} takes changes` };
  }
}

/** A schema in a file is known by the file's digest. */
const schemaText = (pact: Pact, args: unknown): unknown =>
  typeof args === 'string' ? pact.files.find(({ path }) => path === args.replace(/^(\.\/)+/, ''))?.sha256 : args;

function* autonomy(lane: string, a: LaneFile, b: LaneFile): Iterable<Change> {
  for (const state of ['limited', 'autonomous'] as const) {
    for (const [key, x, y] of sideBySide<string | number>(a.autonomy?.[state], b.autonomy?.[state])) {
      if (same(x, y)) continue;
      const [from, to] = [parameterValue(x), parameterValue(y)];
      const isMore = to > from;
      const direction = key === 'hold_sample' ? (isMore ? 'stricter' : 'looser') : isMore ? 'looser' : 'stricter';
      yield {
        what: `${lane} ${state} ${key}`,
        direction,
        says: `${key.replaceAll('_', ' ')} in ${state} goes from ${String(x ?? 'nothing')} to ${String(y ?? 'nothing')}`,
      };
    }
  }
}

type Kind = 'never' | 'ask_a_human_if' | 'must' | 'limits';
interface Entry {
  readonly lane: string;
  readonly kind: Kind;
  readonly rule: {
    readonly id: string;
    readonly says: string;
    readonly mode?: 'shadow' | 'enforce' | undefined;
    readonly severity: string;
  };
}

function entriesOf({ file }: Pact): Readonly<Record<string, Entry>> {
  const kinds = ['never', 'ask_a_human_if', 'must', 'limits'] as const;
  return Object.fromEntries(
    Object.entries(file.lanes).flatMap(([lane, plan]) =>
      kinds.flatMap((kind) => (plan[kind] ?? []).map((rule): [string, Entry] => [rule.id, { lane, kind, rule }])),
    ),
  );
}

function* rules(before: Pact, after: Pact): Iterable<Change> {
  for (const [what, a, b] of sideBySide(entriesOf(before), entriesOf(after))) {
    if (!a && b) yield { what, direction: 'stricter', says: `New: ${b.rule.says}` };
    else if (a && !b) yield { what, direction: 'looser', says: `Gone: ${a.rule.says}` };
    else if (a && b) yield* ruleChanges(what, a, b);
  }
}

const STRENGTH: Readonly<Record<Kind, number>> = { never: 2, ask_a_human_if: 1, must: 1, limits: 1 };

function* ruleChanges(what: string, a: Entry, b: Entry): Iterable<Change> {
  if (a.kind !== b.kind) {
    yield {
      what,
      direction:
        STRENGTH[b.kind] > STRENGTH[a.kind] ? 'stricter' : STRENGTH[b.kind] < STRENGTH[a.kind] ? 'looser' : 'other',
      says: `From ${a.kind} to ${b.kind}: ${b.rule.says}`,
    };
    return;
  }
  if ((a.rule.mode ?? 'enforce') !== (b.rule.mode ?? 'enforce'))
    yield {
      what,
      direction: b.rule.mode === 'shadow' ? 'looser' : 'stricter',
      says:
        b.rule.mode === 'shadow'
          ? `Only tried from now on: ${b.rule.says}`
          : `Takes effect from now on: ${b.rule.says}`,
    };
  if (a.rule.says !== b.rule.says)
    yield { what, direction: 'other', says: `Said differently: ${b.rule.says} (before: ${a.rule.says})` };
  if (a.rule.severity !== b.rule.severity)
    yield { what, direction: 'other', says: `Severity goes from ${a.rule.severity} to ${b.rule.severity}` };
  if (a.kind === 'limits') yield* limitChanges(what, a.rule as LimitFile, b.rule as LimitFile);
  else yield* conditionChanges(what, a.rule as RuleFile, b.rule as RuleFile);
}

const REST = [
  'when',
  'unless',
  'on',
  'do',
  'within',
  'if_missed',
  'trusts_text',
  'tell_the_agent',
  'tell_the_human',
] as const;

function* conditionChanges(what: string, a: RuleFile, b: RuleFile): Iterable<Change> {
  if ((a.if_unknown ?? 'hold') !== (b.if_unknown ?? 'hold'))
    yield {
      what,
      direction: b.if_unknown === 'deny' ? 'stricter' : 'looser',
      says: `In doubt it is ${b.if_unknown === 'deny' ? 'denied' : 'held'}`,
    };
  for (const key of REST) {
    const [x, y] = [(a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]];
    if (!same(x, y))
      yield { what, direction: 'other', says: `${key.replaceAll('_', ' ')} goes from ${show(x)} to ${show(y)}` };
  }
}

const show = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);

function* limitChanges(what: string, a: LimitFile, b: LimitFile): Iterable<Change> {
  if (a.else !== b.else)
    yield {
      what,
      direction: b.else === 'hold' ? 'looser' : 'stricter',
      says: `Beyond the limit actions are ${b.else === 'hold' ? 'held' : 'denied'}`,
    };
  const more = compareBounds(a.sum === undefined ? a.count : a.at_most, b.sum === undefined ? b.count : b.at_most);
  if (more !== undefined)
    yield {
      what,
      direction: more,
      says: `At most ${show(a.count ?? a.at_most)} becomes ${show(b.count ?? b.at_most)}`,
    };
  // The same amount in a longer time is less.
  if (a.window !== b.window) {
    const direction =
      a.window === undefined || b.window === undefined ? 'other' : b.window > a.window ? 'stricter' : 'looser';
    yield { what, direction, says: `The window goes from ${show(a.window)} to ${show(b.window)} milliseconds` };
  }
  for (const key of ['of', 'per', 'sum'] as const)
    if (!same(a[key], b[key]))
      yield { what, direction: 'other', says: `${key} goes from ${show(a[key])} to ${show(b[key])}` };
}

function compareBounds(a: number | string | undefined, b: number | string | undefined): Direction | undefined {
  if (same(a, b)) return undefined;
  const value = (x: number | string | undefined) => (typeof x === 'number' ? x : parseMoney(x ?? '')?.minor);
  const [from, to] = [value(a), value(b)];
  return from === undefined || to === undefined ? 'other' : to > from ? 'looser' : 'stricter';
}

const SECTIONS = [
  'agents',
  'channels',
  'currency',
  'zone',
  'owners',
  'trust',
  'on_violation',
  'consequences',
  'terms',
  'evidence',
  'define',
  'facts',
  'reads',
  'results',
  'types',
] as const;

function* sections(before: Pact, after: Pact): Iterable<Change> {
  for (const key of SECTIONS) {
    const [a, b] = [before.file[key], after.file[key]];
    if (same(a, b)) continue;
    const names =
      isMapping(a) || isMapping(b)
        ? [...sideBySide(a as Record<string, unknown>, b as Record<string, unknown>)]
            .filter(([, x, y]) => !same(x, y))
            .map(([name]) => name)
        : [];
    yield {
      what: key,
      direction: 'other',
      says: `${key.replaceAll('_', ' ')} change${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
    };
  }
}

const isMapping = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
