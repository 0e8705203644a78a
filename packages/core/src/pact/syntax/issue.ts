/** What zod found, in one sentence of our own at one place. */
import type { z } from 'zod';
import { didYouMean, nearest } from '../condition/problem.ts';
import { type Diagnostic, type DiagnosticCode, type Path, type Range, showPath } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import type { IssueParams } from './spelled.ts';

type Issue = z.core.$ZodIssue;

/** `whole` is what the file is, where the problem lies at its root. */
export function diagnoseIssue(issue: Issue, source: Source, whole = 'A pact'): Diagnostic[] {
  const path = issue.path as Path;
  const error = (range: Range, code: DiagnosticCode, says: string, hint?: string): Diagnostic => ({
    code,
    severity: 'error',
    file: source.file,
    range,
    says,
    ...(hint === undefined ? {} : { hint }),
  });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const says = `${showPath(path) || whole} has no key ${key} here`;
      return error(source.keyRangeAt([...path, key]), 'unknown_key', says, didYouMean(key, freeKeys(issue, source)));
    });
  }
  if (!source.has(path)) {
    const parent = showPath(path.slice(0, -1)) || whole;
    const says = `${parent} needs the key ${String(path.at(-1))}`;
    return [error(source.keyRangeAt(path.slice(0, -1)), 'missing_key', says, choicesOf(issue))];
  }
  if (issue.code === 'invalid_key')
    return [error(source.keyRangeAt(path), 'bad_value', issue.issues[0]?.message ?? 'Choose another name')];
  if (isEmpty(source, path))
    return [
      error(source.keyRangeAt(path), 'bad_value', `${showPath(path)} is empty; give it a value`, choicesOf(issue)),
    ];
  if (issue.code === 'custom') {
    const { code } = issue.params as unknown as IssueParams;
    return [error(source.rangeAt(path), code, issue.message)];
  }
  return [error(source.rangeAt(path), 'bad_value', remedyOf(issue), nearestChoice(issue, source.writtenAt(path)))];
}

type UnknownKeys = Extract<Issue, { code: 'unrecognized_keys' }>;

/** Keys that could still be written where an unknown one stands; the shape puts all its keys into the message. */
const freeKeys = (issue: UnknownKeys, source: Source): string[] =>
  issue.message.split(' ').filter((key) => !source.has([...(issue.path as Path), key]));

/** The keys that were probably meant by misspelled ones: that they are missing is no second error. */
export const meantBy = (issue: Issue, source: Source): Path[] => {
  if (issue.code !== 'unrecognized_keys') return [];
  const names = issue.keys.map((key) => nearest(key, freeKeys(issue, source)));
  return names.filter((name) => name !== undefined).map((name) => [...(issue.path as Path), name]);
};

const isEmpty = (source: Source, path: Path): boolean =>
  path.length > 0 && /^(?:~|null|Null|NULL)?$/.test(source.writtenAt(path) ?? 'x');

function choices(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values;
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options as readonly unknown[]) : [];
}

const choicesOf = (issue: Issue): string | undefined => {
  const words = choices(issue);
  return words.length === 0 ? undefined : `one of ${words.join(', ')}`;
};

const nearestChoice = (issue: Issue, written: string | undefined): string | undefined =>
  written === undefined ? undefined : didYouMean(written, choices(issue).map(String));

const NOUNS: Readonly<Record<string, string>> = {
  string: 'Write text here; quote what YAML would take for a number',
  number: 'Write a whole number',
  int: 'Write a whole number',
  boolean: 'Write true or false',
  array: 'Write a list, such as [a, b]',
  object: 'Write a map of keys and values',
  record: 'Write a map of names and values',
};

/** Where the shape has a sentence of its own it is taken; the library's own prose never is. */
function remedyOf(issue: Issue): string {
  const words = choices(issue);
  if (words.length > 0) return `Write ${words.length === 1 ? '' : 'one of '}${words.join(', ')}`;
  switch (issue.code) {
    case 'invalid_type':
      return NOUNS[issue.expected] ?? OTHER;
    case 'too_small': {
      if (issue.origin === 'array' || issue.origin === 'string') return issue.message;
      return `Write a number of at least ${Number(issue.minimum) + (issue.inclusive ? 0 : 1)}`;
    }
    case 'too_big':
      return `Write a number of at most ${issue.maximum}`;
    case 'invalid_format':
      return issue.message;
    default:
      return OTHER;
  }
}
const OTHER = 'This value does not fit here';
