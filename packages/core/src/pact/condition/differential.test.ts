/**
 * Three evaluators, one answer: our closures, the parser library's own evaluator and @bufbuild/cel, on random
 * conditions and contexts. They must agree in the value, and in being an error.
 */
import { type CelInput, celEnv, isCelError, parse as parseCel, plan } from '@bufbuild/cel';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Environment } from '@marcbachmann/cel-js';
import { describe, expect, it } from 'vitest';
import { readCondition } from './condition.ts';
import type { Frame } from './run.ts';
import type { ScopeName } from './term.ts';
import { BOOL, INT, listOf, mapOf, STRING, TIME, type Type } from './type.ts';
import { Unknown, type Value } from './unknown.ts';

const RUNS = 12_000;

/** A small deterministic generator: the same conditions on every machine. */
function randomFrom(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    chance: (p: number) => next() < p,
  };
}
type Random = ReturnType<typeof randomFrom>;

const NAMES: Readonly<Record<string, Type>> = {
  a: INT,
  b: INT,
  c: INT,
  p: BOOL,
  q: BOOL,
  s: STRING,
  t: STRING,
  xs: listOf(INT, 100),
  ys: listOf(INT, 100),
  words: listOf(STRING, 100),
  m: mapOf(STRING, INT, 100),
  at: TIME,
  later: TIME,
};
const WORDS = ['', 'x', 'refund', 'Refund', 'ab', 'abc', 'ü', '5'];

type Kind = 'int' | 'bool' | 'string' | 'ints' | 'strings' | 'time' | 'duration';

/** An expression of a kind; `locals` are the loop variables around it. */
function expression(r: Random, kind: Kind, depth: number, locals: readonly (readonly [string, Kind])[]): string {
  const make = (of: Kind) => expression(r, of, depth - 1, locals);
  const known = locals.filter(([, of]) => of === kind).map(([name]) => name);
  if (known.length > 0 && r.chance(0.4)) return r.pick(known);
  const leaf = () => LEAVES[kind](r);
  if (depth <= 0) return leaf();
  const loop = (
    macro: string,
    over: 'ints' | 'strings',
    body: (locals: readonly (readonly [string, Kind])[]) => string,
  ) => {
    if (locals.length >= 2) return leaf();
    const name = `v${locals.length}`;
    return `${make(over)}.${macro}(${name}, ${body([...locals, [name, over === 'ints' ? 'int' : 'string']])})`;
  };
  const inner = (of: Kind) => (around: readonly (readonly [string, Kind])[]) => expression(r, of, depth - 1, around);
  const over = r.pick(['ints', 'strings'] as const);
  const same = r.pick(['int', 'string', 'bool', 'ints', 'time', 'duration'] as const);
  const ordered = r.pick(['int', 'time', 'duration'] as const);
  const options: Readonly<Record<Kind, readonly (() => string)[]>> = {
    int: [
      () => `(${make('int')} ${r.pick(['+', '-', '*', '/', '%'])} ${make('int')})`,
      () => `(-${make('int')})`,
      () => `(${make('bool')} ? ${make('int')} : ${make('int')})`,
      () => `size(${make(r.pick(['ints', 'strings', 'string'] as const))})`,
      () => `${make('ints')}[${make('int')}]`,
      () => `m[${make('string')}]`,
    ],
    bool: [
      () => `(${make('bool')} ${r.pick(['&&', '||'])} ${make('bool')})`,
      () => `(${make('bool')} ${r.pick(['&&', '||'])} ${make('bool')})`,
      () => `!${make('bool')}`,
      () => `(${make(same)} ${r.pick(['==', '!='])} ${make(same)})`,
      () => `(${make(ordered)} ${r.pick(['<', '<=', '>', '>='])} ${make(ordered)})`,
      () => `(${make('string')} ${r.pick(['<', '<=', '>', '>='])} ${make('string')})`,
      () => `(${make('int')} in ${make('ints')})`,
      () => `(${make('string')} in m)`,
      () => loop(r.pick(['exists', 'all', 'exists_one']), over, inner('bool')),
      () => `${make('string')}.${r.pick(['contains', 'startsWith', 'endsWith'])}(${make('string')})`,
      () => `(${make('bool')} ? ${make('bool')} : ${make('bool')})`,
    ],
    string: [
      () => `(${make('string')} + ${make('string')})`,
      () => `string(${make('int')})`,
      () => `${make('strings')}[${make('int')}]`,
    ],
    ints: [
      () => `[${make('int')}, ${make('int')}]`,
      () => `(${make('ints')} + ${make('ints')})`,
      () => loop('filter', 'ints', inner('bool')),
      () => loop('map', over, inner('int')),
    ],
    strings: [() => `[${make('string')}]`, () => loop('filter', 'strings', inner('bool'))],
    time: [() => `(${make('time')} ${r.pick(['+', '-'])} ${make('duration')})`],
    duration: [
      () => `(${make('time')} - ${make('time')})`,
      () => `(${make('duration')} ${r.pick(['+', '-'])} ${make('duration')})`,
    ],
  };
  return r.chance(0.2) ? leaf() : r.pick(options[kind])();
}

const LEAVES: Readonly<Record<Kind, (r: Random) => string>> = {
  int: (r) => (r.chance(0.5) ? r.pick(['a', 'b', 'c']) : String(r.below(7) - 2)),
  bool: (r) => (r.chance(0.7) ? r.pick(['p', 'q']) : r.pick(['true', 'false'])),
  string: (r) => (r.chance(0.5) ? r.pick(['s', 't']) : JSON.stringify(r.pick(WORDS))),
  ints: (r) => r.pick(['xs', 'ys']),
  strings: () => 'words',
  time: (r) => (r.chance(0.7) ? r.pick(['at', 'later']) : 'timestamp("2024-05-15T15:00:00Z")'),
  duration: (r) => r.pick(['duration("1h")', 'duration("90s")', 'duration("-10m")']),
};

interface Sample {
  readonly [name: string]: number | boolean | string | readonly (number | string)[] | ReadonlyMap<string, number>;
}
const sampleOf = (r: Random): Sample => ({
  a: r.below(9) - 4,
  b: r.below(9) - 4,
  c: r.below(100_000),
  p: r.chance(0.5),
  q: r.chance(0.5),
  s: r.pick(WORDS),
  t: r.pick(WORDS),
  xs: Array.from({ length: r.below(4) }, () => r.below(6) - 2),
  ys: Array.from({ length: r.below(3) }, () => r.below(6) - 2),
  words: Array.from({ length: r.below(3) }, () => r.pick(WORDS)),
  m: new Map(Array.from({ length: r.below(3) }, () => [r.pick(WORDS), r.below(9)])),
  at: 1_715_800_000_000 + r.below(5) * 1_800_000,
  later: 1_715_800_000_000 + r.below(5) * 1_800_000,
});

const scope = {
  names: new Map(Object.entries(NAMES).map(([name, type], slot): [string, ScopeName] => [name, { type, slot }])),
  currency: 'USD',
  digits: 2,
  find: (name: string) => scope.names.get(name),
  known: () => scope.names.keys(),
  phrases: () => 0,
};

const ERROR = 'error';
/** A value every evaluator can be held to: bigint and Date become numbers, durations milliseconds. */
type Plain = string;

function ours(text: string, sample: Sample): Plain | 'refused' {
  const condition = readCondition(text, scope);
  if (!condition.ok) return 'refused';
  const frame: Frame = {
    values: Object.keys(NAMES).map((name) => sample[name] as Value),
    locals: [],
    trace: { times: () => 0, last: () => 0, repeats: () => false, customerSaid: () => false },
    budget: 1_000_000,
    resolve: () => new Unknown('missing_fact'),
    offset: () => 0,
  };
  const value = condition.value.run(frame);
  return value instanceof Unknown ? ERROR : JSON.stringify(value);
}

const library = Object.entries(NAMES).reduce(
  (env, [name, type]) =>
    env.registerVariable(
      name,
      {
        string: 'string',
        int: 'int',
        bool: 'bool',
        time: 'google.protobuf.Timestamp',
        list: type.kind === 'list' ? `list<${type.of.kind}>` : '',
        map: 'map<string, int>',
      }[type.kind as string] as string,
    ),
  new Environment(),
);

const toBig = (value: unknown, type: Type): unknown =>
  type.kind === 'int'
    ? BigInt(value as number)
    : type.kind === 'time'
      ? new Date(value as number)
      : type.kind === 'list' && type.of.kind === 'int'
        ? (value as number[]).map(BigInt)
        : type.kind === 'map'
          ? new Map([...(value as Map<string, number>)].map(([k, v]) => [k, BigInt(v)]))
          : value;

function theirs(run: () => unknown): Plain {
  try {
    return JSON.stringify(plainOf(run()));
  } catch {
    return ERROR;
  }
}

function plainOf(value: unknown): unknown {
  if (value instanceof Error || isCelError(value)) throw value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value === 'object' && value !== null) {
    const record = value as {
      seconds?: bigint;
      nanos?: number;
      message?: unknown;
      getMilliseconds?: unknown;
      size?: number;
    };
    if ('message' in record && record.message) return plainOf(record.message);
    if (typeof record.seconds === 'bigint') return Number(record.seconds) * 1_000 + (record.nanos ?? 0) / 1e6;
    if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map(plainOf);
  }
  return value;
}

const env = celEnv();
const bufbuildContext = (sample: Sample): Record<string, CelInput> =>
  Object.fromEntries(
    Object.entries(NAMES).map(([name, type]) => [
      name,
      (type.kind === 'time' ? timestampFromMs(sample[name] as number) : toBig(sample[name], type)) as CelInput,
    ]),
  );

describe('our closures, the parser library and @bufbuild/cel', () => {
  it(`agree on ${RUNS} random conditions and contexts, and err in the same places`, () => {
    const r = randomFrom(20_240_515);
    const kinds: readonly Kind[] = ['bool', 'bool', 'bool', 'int', 'string', 'ints'];
    let judged = 0;
    let errors = 0;
    for (let i = 0; judged < RUNS; i++) {
      expect(i).toBeLessThan(RUNS * 2);
      const text = expression(r, r.pick(kinds), 1 + r.below(4), []);
      const sample = sampleOf(r);
      const own = ours(text, sample);
      if (own === 'refused') continue;
      judged++;
      if (own === ERROR) errors++;
      const context = Object.fromEntries(
        Object.entries(NAMES).map(([name, type]) => [name, toBig(sample[name], type)]),
      );
      expect([text, theirs(() => library.evaluate(text, context))]).toEqual([text, own]);
      expect([text, theirs(() => plan(env, parseCel(text))(bufbuildContext(sample)))]).toEqual([text, own]);
    }
    // A test in which nothing errs, or nearly everything does, would show little.
    expect(errors / judged).toBeGreaterThan(0.05);
    expect(errors / judged).toBeLessThan(0.6);
  });
});
