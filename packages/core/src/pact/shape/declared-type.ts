/**
 * The short form of types: `string int bool money time date localtime decimal(n) list<T>[n] map<string, T> Name`,
 * each with `?` at the end where it may be absent.
 *
 *   type    = simple [ "?" ]
 *   simple  = word | "decimal(" n ")" | "list<" type ">" [ "[" n "]" ] | "map<string," type ">" | Name
 */
import { err, ok, type Result } from '../../result.ts';
import { didYouMean } from '../condition/problem.ts';
import { BOOL, type Field, INT, listOf, mapOf, STRING, TIME, type Type } from '../condition/type.ts';
import { PACT_LIMITS } from '../pact-limits.ts';

const WORDS: Readonly<Record<string, Type>> = {
  string: STRING,
  int: INT,
  bool: BOOL,
  time: TIME,
  money: { kind: 'int', as: 'money' },
  date: { kind: 'string', as: 'date' },
  localtime: { kind: 'time', as: 'localtime' },
};

/** The longest list that a bound may allow; without a bound it is `PACT_LIMITS.listItems`. */
export const BOUND_MAX = 1_000;

export interface TypeProblem {
  readonly says: string;
  readonly hint?: string | undefined;
}

/** Reads a type. `named` gives the record of a name, or a problem (unknown, circular). */
export function readType(text: string, named: (name: string) => Result<Type, TypeProblem>): Result<Field, TypeProblem> {
  const trimmed = text.trim();
  const optional = trimmed.endsWith('?');
  const type = readSimple(optional ? trimmed.slice(0, -1).trimEnd() : trimmed, named);
  return type.ok ? ok({ type: type.value, optional }) : type;
}

function readSimple(text: string, named: (name: string) => Result<Type, TypeProblem>): Result<Type, TypeProblem> {
  const word = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
  if (word) return ok(word);
  const decimal = /^decimal\((\d)\)$/.exec(text);
  if (decimal)
    return Number(decimal[1]) <= 6
      ? ok({ kind: 'int', as: { decimal: Number(decimal[1]) } })
      : err({ says: 'A decimal has at most 6 digits' });
  const list = /^list<(.*)>(?:\[(\d{1,6})\])?$/s.exec(text);
  if (list) {
    const bound = list[2] === undefined ? PACT_LIMITS.listItems : Number(list[2]);
    if (bound < 1 || bound > BOUND_MAX) return err({ says: `A list is bounded by 1 to ${BOUND_MAX} items` });
    return readInner(list[1] as string, named, (of) => listOf(of, bound));
  }
  const map = /^map<\s*string\s*,(.*)>$/s.exec(text);
  if (map) return readInner(map[1] as string, named, (of) => mapOf(STRING, of, PACT_LIMITS.listItems));
  if (/^[A-Z][A-Za-z0-9]*$/.test(text)) return named(text);
  return err({ says: `No such type: ${text}`, hint: didYouMean(text, Object.keys(WORDS)) });
}

function readInner(
  text: string,
  named: (name: string) => Result<Type, TypeProblem>,
  wrap: (of: Type) => Type,
): Result<Type, TypeProblem> {
  const inner = readType(text, named);
  if (!inner.ok) return inner;
  return inner.value.optional
    ? err({ says: 'An element of a list or map cannot be optional' })
    : ok(wrap(inner.value.type));
}
