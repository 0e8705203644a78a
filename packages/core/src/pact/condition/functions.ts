/** The functions of conditions: those of CEL that are let in, and the ones Surety adds. */
import { formatMoney, toScaled } from '../../terms/money.ts';
import { DAY, dayAt, HOUR, MINUTE, parseTime, SECOND } from '../../terms/time.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { mentionsOne, toWords } from './mentions.ts';
import type { Build, Frame, Run } from './run.ts';
import type { Term } from './term.ts';
import {
  BOOL,
  DATE,
  DURATION,
  INT,
  isSameType,
  listOf,
  MONEY,
  recordOf,
  STRING,
  TIME,
  type Type,
  unify,
} from './type.ts';
import { EMPTY_LIST, isSame, OVER_BUDGET, OVERFLOW, Unknown, type Value } from './unknown.ts';

/** What the checker hands a function to choose its overload: argument types, and the terms for literals. */
export interface CallSite {
  readonly types: readonly Type[];
  readonly args: readonly Term[];
  /** Digits of the pact's currency, and its code. */
  readonly currency: string;
  readonly digits: number;
  /** Registers a phrase list and gives its number. */
  phrases(words: readonly string[]): number;
}

/** A chosen overload; `constant` where the call is folded at check. A text instead says what is wrong with a literal. */
export type Chosen =
  | { readonly type: Type; readonly build: Build; readonly cost?: number; readonly constant?: undefined }
  | { readonly type: Type; readonly constant: Value };
export type FunctionRule = (site: CallSite) => Chosen | string | undefined;

/** `a.name(b)` is looked up with its receiver as first argument. */
export interface Signature {
  readonly usage: string;
  readonly rule: FunctionRule;
}

export const TRACE: Type = recordOf('trace', {});
export const STEP: Type = recordOf('Step', {
  kind: STRING,
  tool: STRING,
  ok: { kind: 'bool' },
  text: STRING,
  target: [STRING],
  args_sha256: STRING,
  at: [TIME],
});

const run = (value: Run | undefined): Run => value as Run;
const isKind = (type: Type | undefined, kind: Type['kind']): boolean => type?.kind === kind;
const literalText = (term: Term | undefined): string | undefined =>
  term?.op === 'literal' && typeof term.value === 'string' ? term.value : undefined;

/** One argument of a kind, mapped. Unknown goes through. */
const mapOne =
  (apply: (value: never, frame: Frame) => Value): Build =>
  ([of]) =>
  (frame) => {
    const value = run(of)(frame);
    return value instanceof Unknown ? value : apply(value as never, frame);
  };
const mapTwo =
  (apply: (a: never, b: never, frame: Frame) => Value): Build =>
  ([first, second]) =>
  (frame) => {
    const a = run(first)(frame);
    if (a instanceof Unknown) return a;
    const b = run(second)(frame);
    return b instanceof Unknown ? b : apply(a as never, b as never, frame);
  };

const textTest =
  (test: (text: string, part: string) => boolean): FunctionRule =>
  ({ types }) =>
    isKind(types[0], 'string') && isKind(types[1], 'string') ? { type: BOOL, build: mapTwo(test) } : undefined;

function sizeOf(value: Value): number {
  if (typeof value === 'string') {
    let points = 0;
    for (const _ of value) points++;
    return points;
  }
  return value instanceof Map ? value.size : (value as readonly Value[]).length;
}
const size: FunctionRule = ({ types }) =>
  types[0]?.kind === 'string' || types[0]?.kind === 'list' || types[0]?.kind === 'map'
    ? { type: INT, build: mapOne(sizeOf) }
    : undefined;

const DURATION_PART = /(\d+)(ms|h|m|s)/gy;
const UNIT: Readonly<Record<string, number>> = { h: HOUR, m: MINUTE, s: SECOND, ms: 1 };

/** `1h30m`, `-10s`: CEL's durations, whole parts only. */
function parseDuration(text: string): number | undefined {
  const body = text.startsWith('-') ? text.slice(1) : text;
  let total = 0;
  let seen = 0;
  DURATION_PART.lastIndex = 0;
  for (let part = DURATION_PART.exec(body); part; part = DURATION_PART.exec(body)) {
    total += Number(part[1]) * (UNIT[part[2] as string] as number);
    seen = DURATION_PART.lastIndex;
  }
  if (seen === 0 || seen !== body.length || !Number.isSafeInteger(total)) return undefined;
  return body === text ? total : 0 - total;
}

/** A function of one literal text, folded at check. */
const fromLiteral =
  (type: Type, parse: (text: string, site: CallSite) => Value | undefined, spelling: string): FunctionRule =>
  (site) => {
    if (!isKind(site.types[0], 'string')) return undefined;
    const text = literalText(site.args[0]);
    if (text === undefined) return `Write the text here itself, ${spelling}`;
    const constant = parse(text, site);
    return constant === undefined ? `Write it as ${spelling}` : { type, constant };
  };

/** A literal list of phrases, as `toWords` makes them, or what is wrong with it. */
function literalPhrases(term: Term | undefined): readonly string[] | string {
  if (term?.op !== 'list' || term.items.length === 0)
    return 'Write the words here as a list, such as ["lawyer", "legal action"]';
  const texts = term.items.map(literalText);
  if (texts.some((text) => text === undefined)) return 'Every word of the list must be a text written here';
  const words = texts.map((text) => toWords(text as string));
  return words.some((word) => word.trim() === '') ? 'A word of the list has no letter or digit' : words;
}

const mentionsWork = (phrases: readonly string[], chars: number): number => Math.ceil((phrases.length * chars) / 64);

const mentions: FunctionRule = ({ types, args }) => {
  if (!isKind(types[0], 'string') || !isKind(types[1], 'list')) return undefined;
  const phrases = literalPhrases(args[1]);
  if (typeof phrases === 'string') return phrases;
  const cost = mentionsWork(phrases, PACT_LIMITS.stepTextChars);
  const build = mapOne((text: string, frame) => {
    frame.budget -= mentionsWork(phrases, text.length);
    return frame.budget < 0 ? OVER_BUDGET : mentionsOne(toWords(text), phrases);
  });
  return { type: BOOL, cost, build };
};

const customerSaid: FunctionRule = (site) => {
  if (site.types[0] !== TRACE || !isKind(site.types[1], 'list')) return undefined;
  const phrases = literalPhrases(site.args[1]);
  if (typeof phrases === 'string') return phrases;
  const number = site.phrases(phrases);
  const cost = mentionsWork(phrases, PACT_LIMITS.traceTextChars);
  return { type: BOOL, cost, build: () => (frame) => frame.trace.customerSaid(number) };
};

const timesOf: Build = ([, tool, target]) =>
  target
    ? mapTwo((name: string, on: string, frame) => frame.trace.times(name, on))([run(tool), target])
    : mapOne((name: string, frame) => frame.trace.times(name))([run(tool)]);
const isAsked = (types: readonly Type[]): boolean =>
  types[0] === TRACE && types.slice(1).every((type) => type.kind === 'string');

const did: FunctionRule = ({ types }) => {
  if (!isAsked(types)) return undefined;
  const build: Build = (args) => {
    const times = timesOf(args);
    return (frame) => {
      const count = times(frame);
      return typeof count === 'number' ? count > 0 : count;
    };
  };
  return { type: BOOL, build };
};
const times: FunctionRule = ({ types }) => (isAsked(types) ? { type: INT, build: timesOf } : undefined);
const lastStep: FunctionRule = ({ types }) =>
  isAsked(types)
    ? { type: STEP, build: ([, tool]) => mapOne((name: string, f) => f.trace.last(name))([run(tool)]) }
    : undefined;

const repeats: FunctionRule = ({ types }) => {
  const action = types[1];
  if (types[0] !== TRACE || action?.kind !== 'record' || action.name !== 'action') return undefined;
  type ActionValue = { tool: string; args_text: string };
  return {
    type: BOOL,
    build: ([, of]) => mapOne((value: ActionValue, f) => f.trace.repeats(value.tool, value.args_text))([run(of)]),
  };
};

const element =
  (position: 0 | -1): FunctionRule =>
  ({ types }) =>
    types[0]?.kind === 'list'
      ? { type: types[0].of, build: mapOne((list: readonly Value[]) => list.at(position) ?? EMPTY_LIST) }
      : undefined;

const pairs: FunctionRule = ({ types }) =>
  types[0]?.kind === 'list'
    ? {
        type: listOf(listOf(types[0].of, 2), types[0].bound),
        build: mapOne((list: readonly Value[]) => list.slice(1).map((next, i) => [list[i] as Value, next])),
      }
    : undefined;

function distinctOf(list: readonly Value[]): readonly Value[] {
  const seen = new Set<Value>();
  const kept: Value[] = [];
  for (const value of list) {
    const isNew = typeof value === 'object' ? !kept.some((other) => isSame(other, value)) : !seen.has(value);
    if (!isNew) continue;
    seen.add(value);
    kept.push(value);
  }
  return kept;
}
const distinct: FunctionRule = ({ types }) =>
  types[0]?.kind === 'list' ? { type: types[0], build: mapOne(distinctOf) } : undefined;

const zip: FunctionRule = ({ types }) => {
  const [a, b] = types;
  if (a?.kind !== 'list' || b?.kind !== 'list' || !isSameType(a.of, b.of)) return undefined;
  const unequal = new Unknown('wrong_type', 'zip', 'lists of different length');
  const build = mapTwo((left: readonly Value[], right: readonly Value[]) =>
    left.length === right.length ? left.map((value, i) => [value, right[i] as Value]) : unequal,
  );
  return { type: listOf(listOf(a.of, 2), Math.min(a.bound, b.bound)), build };
};

const sum: FunctionRule = ({ types }) => {
  const [list] = types;
  if (list?.kind !== 'list' || (list.of.kind !== 'int' && list.of.kind !== 'any')) return undefined;
  const build = mapOne((values: readonly number[]) => {
    let total = 0;
    for (const value of values) {
      total += value;
      if (!Number.isSafeInteger(total)) return OVERFLOW;
    }
    return total;
  });
  return { type: list.of.kind === 'any' ? INT : list.of, build };
};

const pick =
  (choose: (a: number, b: number) => number): FunctionRule =>
  ({ types }) =>
    types[0]?.kind === 'int' && types[1]?.kind === 'int'
      ? { type: unify(types[0], types[1]), build: mapTwo(choose) }
      : undefined;

const money: FunctionRule = ({ types, currency }) =>
  isKind(types[0], 'int')
    ? { type: STRING, build: mapOne((minor: number) => formatMoney(minor, currency)) }
    : undefined;

const days: FunctionRule = ({ types }) =>
  isKind(types[0], 'int')
    ? { type: DURATION, build: mapOne((n: number) => (Number.isSafeInteger(n * DAY) ? n * DAY : OVERFLOW)) }
    : undefined;

const toText: FunctionRule = ({ types }) =>
  isKind(types[0], 'int') ? { type: STRING, build: mapOne((n: number) => String(n)) } : undefined;

/** Beyond this an instant has no calendar day. */
const LAST_TIME = 253_402_300_799_999;
const day: FunctionRule = ({ types, args }) => {
  if (!isKind(types[0], 'time') || (types[1] && !isKind(types[1], 'string'))) return undefined;
  const zone = literalText(args[1]);
  if (types[1] && zone === undefined) return 'Write the zone here itself, such as "America/New_York" or "-05:00"';
  const noZone = new Unknown('missing_fact', 'zone', zone);
  return {
    type: DATE,
    build: mapOne((at: number, frame) => {
      if (at < 0 || at > LAST_TIME) return OVERFLOW;
      const offset = frame.offset(zone, at);
      return offset === undefined ? noZone : dayAt(at, offset);
    }),
  };
};

/** Called as `name(a, b)`. */
export const FUNCTIONS: Readonly<Record<string, Signature>> = {
  size: { usage: 'size(list)', rule: size },
  string: { usage: 'string(int)', rule: toText },
  timestamp: {
    usage: 'timestamp("2024-05-15T15:00:00Z")',
    rule: fromLiteral(TIME, parseTime, 'a time such as "2024-05-15T15:00:00Z"'),
  },
  duration: { usage: 'duration("24h")', rule: fromLiteral(DURATION, parseDuration, 'a duration such as "1h30m"') },
  minor: {
    usage: 'minor("42.50")',
    rule: fromLiteral(MONEY, (text, site) => toScaled(text, site.digits), 'an amount such as "42.50"'),
  },
  sum: { usage: 'sum(list<int>)', rule: sum },
  min: { usage: 'min(a, b)', rule: pick((a, b) => Math.min(a, b)) },
  max: { usage: 'max(a, b)', rule: pick((a, b) => Math.max(a, b)) },
  zip: { usage: 'zip(a, b)', rule: zip },
  money: { usage: 'money(int)', rule: money },
  days: { usage: 'days(int)', rule: days },
};

/** Called as `a.name(b)`. */
export const METHODS: Readonly<Record<string, Signature>> = {
  size: { usage: 'list.size()', rule: size },
  contains: { usage: 'text.contains("part")', rule: textTest((text, part) => text.includes(part)) },
  startsWith: { usage: 'text.startsWith("part")', rule: textTest((text, part) => text.startsWith(part)) },
  endsWith: { usage: 'text.endsWith("part")', rule: textTest((text, part) => text.endsWith(part)) },
  mentions: { usage: 'text.mentions(["word"])', rule: mentions },
  customer_said: { usage: 'trace.customer_said(["word"])', rule: customerSaid },
  did: { usage: 'trace.did("tool")', rule: did },
  times: { usage: 'trace.times("tool")', rule: times },
  last: {
    usage: 'trace.last("tool") or list.last()',
    rule: (site) => lastStep(site) ?? (site.types.length === 1 ? element(-1)(site) : undefined),
  },
  repeats: { usage: 'trace.repeats(action)', rule: repeats },
  first: { usage: 'list.first()', rule: element(0) },
  pairs: { usage: 'list.pairs()', rule: pairs },
  distinct: { usage: 'list.distinct()', rule: distinct },
  day: { usage: 'time.day()', rule: day },
};
