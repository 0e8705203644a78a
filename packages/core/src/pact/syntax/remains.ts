/** What remains of a file when its broken parts are set aside, so that the rest can be checked all the same. */
import { isJsonObject, type Json } from '../../terms/json.ts';
import type { Path } from '../diagnostic.ts';
import type { Source } from '../source.ts';

export interface Remains {
  readonly value: Json;
  /** Where something that remained stood before: list items move up when one before them is set aside. */
  original(path: Path): Path;
}

/** A copy of `value` without what stands at `broken`. */
export function setAside(value: Json, broken: readonly Path[]): Remains {
  const gone = new Set(broken.map(keyOf));
  const kept = new Map<string, readonly number[]>();
  const copy = (part: Json, from: Path, to: Path): Json => {
    if (Array.isArray(part)) {
      const indexes = [...part.keys()].filter((i) => !gone.has(keyOf([...from, i])));
      kept.set(keyOf(to), indexes);
      return indexes.map((index, i) => copy(part[index] as Json, [...from, index], [...to, i]));
    }
    if (!isJsonObject(part)) return part;
    const members = Object.entries(part).filter(([key]) => !gone.has(keyOf([...from, key])));
    return Object.fromEntries(members.map(([key, member]) => [key, copy(member, [...from, key], [...to, key])]));
  };
  return {
    value: copy(value, [], []),
    original: (path) =>
      path.map((step, i) => (typeof step === 'number' ? (kept.get(keyOf(path.slice(0, i)))?.[step] ?? step) : step)),
  };
}

const keyOf = (path: Path): string => JSON.stringify(path);

/** The same source, asked by the paths of what remained; keys that were `meant` count as written. */
export function sourceOf(source: Source, { original }: Remains, meant: readonly Path[]): Source {
  const spelled = new Set(meant.map(keyOf));
  return {
    file: source.file,
    text: source.text,
    value: source.value,
    has: (path) => source.has(original(path)) || spelled.has(keyOf(original(path))),
    rangeAt: (path) => source.rangeAt(original(path)),
    keyRangeAt: (path) => source.keyRangeAt(original(path)),
    rangeWithin: (path, from, to) => source.rangeWithin(original(path), from, to),
    writtenAt: (path) => source.writtenAt(original(path)),
  };
}
