/** The operators of conditions: which types each takes, what it gives, how it runs. Semantics are those of CEL. */
import type { Build, Run } from './run.ts';
import { BOOL, DURATION, INT, isSameType, listOf, STRING, TIME, type Type, unify } from './type.ts';
import { DIVISION_BY_ZERO, isSame, OVERFLOW, Unknown, type Value } from './unknown.ts';

export interface Overload {
  readonly type: Type;
  readonly build: Build;
}

/** The overload of a binary operator for two operand types, or `undefined` where there is none. */
export function binaryOperator(op: string, left: Type, right: Type): Overload | undefined {
  if (op === '==' || op === '!=')
    return isSameType(left, right) ? { type: BOOL, build: equality(op, left) } : undefined;
  if (op === 'in') return membership(left, right);
  const compare = comparisons[op];
  if (compare) {
    if (left.kind !== right.kind) return undefined;
    if (left.kind === 'string') return { type: BOOL, build: stringComparison(op) };
    return left.kind === 'int' || left.kind === 'time' || left.kind === 'duration'
      ? { type: BOOL, build: compare }
      : undefined;
  }
  return arithmetic(op, left, right);
}

/** Both operands as numbers, or the first that is unknown. */
const numbers =
  (apply: (a: number, b: number) => Value): Build =>
  ([left, right]) => {
    const l = left as Run;
    const r = right as Run;
    return (frame) => {
      const a = l(frame);
      if (typeof a !== 'number') return a;
      const b = r(frame);
      return typeof b === 'number' ? apply(a, b) : b;
    };
  };

// One closure shape per comparison: a shared one that calls back would be megamorphic on the hottest path.
const comparisons: Readonly<Record<string, Build>> = {
  '<': ([l, r]) => {
    const left = l as Run;
    const right = r as Run;
    return (frame) => {
      const a = left(frame);
      if (typeof a !== 'number') return a;
      const b = right(frame);
      return typeof b === 'number' ? a < b : b;
    };
  },
  '<=': ([l, r]) => {
    const left = l as Run;
    const right = r as Run;
    return (frame) => {
      const a = left(frame);
      if (typeof a !== 'number') return a;
      const b = right(frame);
      return typeof b === 'number' ? a <= b : b;
    };
  },
  '>': ([l, r]) => {
    const left = l as Run;
    const right = r as Run;
    return (frame) => {
      const a = left(frame);
      if (typeof a !== 'number') return a;
      const b = right(frame);
      return typeof b === 'number' ? a > b : b;
    };
  },
  '>=': ([l, r]) => {
    const left = l as Run;
    const right = r as Run;
    return (frame) => {
      const a = left(frame);
      if (typeof a !== 'number') return a;
      const b = right(frame);
      return typeof b === 'number' ? a >= b : b;
    };
  },
};

/** CEL orders strings by code point; UTF-16 units would order astral letters before some others. */
function compareCodePoints(a: string, b: string): number {
  const size = Math.min(a.length, b.length);
  let i = 0;
  while (i < size && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === size) return a.length - b.length;
  const x = a.charCodeAt(i);
  const y = b.charCodeAt(i);
  const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function stringComparison(op: string): Build {
  const holds = orders[op] as (order: number) => boolean;
  return ([left, right]) =>
    (frame) => {
      const a = (left as Run)(frame);
      if (typeof a !== 'string') return a;
      const b = (right as Run)(frame);
      return typeof b === 'string' ? holds(compareCodePoints(a, b)) : b;
    };
}

function equality(op: string, type: Type): Build {
  const expected = op === '==';
  const isScalar = type.kind !== 'list' && type.kind !== 'map' && type.kind !== 'record';
  return ([l, r]) => {
    const left = l as Run;
    const right = r as Run;
    return (frame) => {
      const a = left(frame);
      if (a instanceof Unknown) return a;
      const b = right(frame);
      if (b instanceof Unknown) return b;
      return (isScalar ? a === b : isSame(a, b)) === expected;
    };
  };
}

function membership(left: Type, right: Type): Overload | undefined {
  const inList = right.kind === 'list' && isSameType(left, right.of);
  const inMap = right.kind === 'map' && isSameType(left, right.key);
  if (!inList && !inMap) return undefined;
  const build: Build =
    ([item, list]) =>
    (frame) => {
      const a = (item as Run)(frame);
      if (a instanceof Unknown) return a;
      const b = (list as Run)(frame);
      if (b instanceof Unknown) return b;
      if (b instanceof Map) return b.has(a as string);
      for (const element of b as readonly Value[]) if (isSame(a, element)) return true;
      return false;
    };
  return { type: BOOL, build };
}

const checked = (value: number): Value => (Number.isSafeInteger(value) ? value + 0 : OVERFLOW);
const add = numbers((a, b) => checked(a + b));
const subtract = numbers((a, b) => checked(a - b));
const multiply = numbers((a, b) => checked(a * b));
const divide = numbers((a, b) => (b === 0 ? DIVISION_BY_ZERO : checked(Math.trunc(a / b))));
const remainder = numbers((a, b) => (b === 0 ? DIVISION_BY_ZERO : checked(a % b)));

const concatenate: Build =
  ([left, right]) =>
  (frame) => {
    const a = (left as Run)(frame);
    if (a instanceof Unknown) return a;
    const b = (right as Run)(frame);
    if (b instanceof Unknown) return b;
    return typeof a === 'string' ? a + (b as string) : [...(a as readonly Value[]), ...(b as readonly Value[])];
  };

/** `left op right → result`, by kind. */
const ARITHMETIC: Readonly<Record<string, readonly [Type, Build]>> = {
  'int + int': [INT, add],
  'int - int': [INT, subtract],
  'int * int': [INT, multiply],
  'int / int': [INT, divide],
  'int % int': [INT, remainder],
  'string + string': [STRING, concatenate],
  'time + duration': [TIME, add],
  'duration + time': [TIME, add],
  'duration + duration': [DURATION, add],
  'time - time': [DURATION, subtract],
  'time - duration': [TIME, subtract],
  'duration - duration': [DURATION, subtract],
};

function arithmetic(op: string, left: Type, right: Type): Overload | undefined {
  if (op === '+' && left.kind === 'list' && right.kind === 'list' && isSameType(left, right)) {
    const joined = unify(left, right);
    const of = joined.kind === 'list' ? joined.of : left.of;
    return { type: listOf(of, left.bound + right.bound), build: concatenate };
  }
  const row = ARITHMETIC[`${left.kind} ${op} ${right.kind}`];
  return row && { type: row[0] === INT ? countedBy(op, left, right) : row[0], build: row[1] };
}

/** Money plus, minus or times a number is money; money by money is a number, as is whatever counts nothing one can name. */
function countedBy(op: string, left: Type, right: Type): Type {
  if (op === '%') return left;
  if (op === '+' || op === '-') return unify(left, right);
  const [isLeft, isRight] = [left, right].map((type) => type.kind === 'int' && type.as !== undefined);
  if (isLeft && !isRight) return left;
  return op === '*' && isRight && !isLeft ? right : INT;
}

/** `-a`. */
export const negate: Build =
  ([of]) =>
  (frame) => {
    const value = (of as Run)(frame);
    return typeof value === 'number' ? 0 - value : value;
  };
