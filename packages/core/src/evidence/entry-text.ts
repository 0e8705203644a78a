/**
 * The entry profile on a text that is known to be JSON, in one pass: no space, integers, the one escape of each
 * character, names in strictly ascending order of UTF-16 units, at most 32 objects and arrays inside one another.
 */
import { DEPTH_MAX } from './profile.ts';

export type TextCode = 'too_deep' | 'not_integer' | 'duplicate_name' | 'not_canonical';

/** An open object or array. `from` and `to` enclose the last name of an object, quotes left out. */
interface Level {
  readonly isObject: boolean;
  from: number;
  to: number;
}

const [QUOTE, COMMA, MINUS, ZERO, COLON, BACKSLASH, SPACE] = [0x22, 0x2c, 0x2d, 0x30, 0x3a, 0x5c, 0x20];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** 2^53 - 1 has 16 digits: what is shorter is safe without looking. */
const SAFE_DIGITS = 15;

/** The first thing the profile refuses; `undefined` for the one form of a value. */
export function textProblem(json: string): TextCode | undefined {
  const levels: Level[] = [];
  let isName = false;
  for (let i = 0; i < json.length; ) {
    const code = json.charCodeAt(i);
    if (code === QUOTE) {
      const end = endOfString(json, i + 1);
      if (end === undefined) return 'not_canonical';
      if (isName) {
        const problem = nameProblem(json, levels.at(-1) as Level, i + 1, end);
        if (problem) return problem;
        isName = false;
      }
      i = end + 1;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (levels.length === DEPTH_MAX) return 'too_deep';
      isName = code === OPEN_OBJECT;
      levels.push({ isObject: isName, from: -1, to: -1 });
      i++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      levels.pop();
      isName = false;
      i++;
    } else if (code === COMMA) {
      isName = levels.at(-1)?.isObject === true;
      i++;
    } else if (code === MINUS || (code >= ZERO && code < COLON)) {
      const end = endOfNumber(json, i);
      if (end === undefined) return 'not_integer';
      i = end;
    } else if (code <= SPACE) {
      return 'not_canonical';
    } else {
      // A colon, or a letter of true, false and null.
      i++;
    }
  }
  return undefined;
}

/** Where the closing quote is; `undefined` where an escape is not the one form of its character. */
function endOfString(json: string, from: number): number | undefined {
  for (let i = from; ; i++) {
    const code = json.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code !== BACKSLASH) continue;
    const next = json[i + 1] as string;
    if (next === 'u') {
      if (!ESCAPED.has(json.slice(i + 2, i + 6))) return undefined;
      i += 5;
    } else {
      if (next === '/') return undefined;
      i++;
    }
  }
}

/** The control characters without a short escape, as their four digits. */
const ESCAPED: ReadonlySet<string> = new Set(
  Array.from({ length: 32 }, (_, code) => code)
    .filter((code) => !'\b\t\n\f\r'.includes(String.fromCharCode(code)))
    .map((code) => code.toString(16).padStart(4, '0')),
);

/** Where a number ends; `undefined` unless it is an integer that is safe and not minus zero. */
function endOfNumber(json: string, from: number): number | undefined {
  const first = json.charCodeAt(from) === MINUS ? from + 1 : from;
  let i = first;
  for (let code = json.charCodeAt(i); code >= ZERO && code < COLON; code = json.charCodeAt(i)) i++;
  const after = json[i];
  if (after === '.' || after === 'e' || after === 'E') return undefined;
  if (first > from && json.charCodeAt(first) === ZERO) return undefined;
  const isSafe = i - first <= SAFE_DIGITS || Number.isSafeInteger(Number(json.slice(from, i)));
  return isSafe ? i : undefined;
}

/** Compares a name with the one before it in the same object, and puts it in its place. */
function nameProblem(json: string, level: Level, from: number, to: number): TextCode | undefined {
  const { from: before, to: end } = level;
  level.from = from;
  level.to = to;
  if (before === -1) return undefined;
  for (let k = 0; ; k++) {
    if (before + k === end) return from + k === to ? 'duplicate_name' : undefined;
    if (from + k === to) return 'not_canonical';
    const [a, b] = [json.charCodeAt(before + k), json.charCodeAt(from + k)];
    // An escape stands for another character than it begins with.
    if (a === BACKSLASH || b === BACKSLASH) return escapedProblem(json.slice(before, end), json.slice(from, to));
    if (a !== b) return a < b ? undefined : 'not_canonical';
  }
}

function escapedProblem(before: string, name: string): TextCode | undefined {
  const [a, b] = [JSON.parse(`"${before}"`) as string, JSON.parse(`"${name}"`) as string];
  return a < b ? undefined : a === b ? 'duplicate_name' : 'not_canonical';
}
