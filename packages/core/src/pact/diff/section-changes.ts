/** What changes outside the lanes: which way is mostly not to be told from the words, so each names what differs. */
import type { Pact } from '../pact.ts';
import { type Change, same, sideBySide } from './change.ts';

const SECTIONS = [
  'says',
  'author',
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
  'results',
  'types',
] as const;

export function* sectionChanges(before: Pact, after: Pact): Iterable<Change> {
  yield* reads(before, after);
  yield* files(before, after);
  for (const key of SECTIONS) {
    const [a, b] = [before.file[key], after.file[key]];
    if (same(a, b)) continue;
    const names = isMapping(a) || isMapping(b) ? differing(a, b) : [];
    const list = names.length > 0 ? `: ${names.join(', ')}` : '';
    yield {
      what: key,
      direction: 'other',
      says: `${key} ${key === 'says' || key === 'author' ? 'changes' : 'change'}${list}`,
    };
  }
}

/** A read is always allowed: a new one opens a tool. */
function* reads(before: Pact, after: Pact): Iterable<Change> {
  for (const [tool, a, b] of sideBySide(before.file.reads, after.file.reads)) {
    if (same(a, b)) continue;
    const what = `reads ${tool}`;
    if (!a) yield { what, direction: 'looser', says: `${tool} becomes a read: always allowed` };
    else if (!b) yield { what, direction: 'stricter', says: `${tool} is no longer a read` };
    else yield { what, direction: 'other', says: `What is known about ${tool} changes` };
  }
}

/** Schemas, rubrics and tables, known by their digests. */
function* files(before: Pact, after: Pact): Iterable<Change> {
  // The first file is the pact itself.
  const digests = ({ files: [, ...named] }: Pact) =>
    Object.fromEntries(named.map(({ path, sha256 }) => [path, sha256]));
  for (const [what, a, b] of sideBySide(digests(before), digests(after)))
    if (a !== undefined && b !== undefined && a !== b)
      yield { what, direction: 'other', says: `The file ${what} changes` };
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const differing = (a: unknown, b: unknown): string[] =>
  [...sideBySide(isMapping(a) ? a : {}, isMapping(b) ? b : {})].filter(([, x, y]) => !same(x, y)).map(([name]) => name);
