/** Edits a fixture by paths such as `trace[2].result.items[0].category`; a path that is not there is an error. */
import { err, ok, type Result } from '../../result.ts';
import { isJsonObject, type Json } from '../../terms/json.ts';
import { didYouMean } from '../condition/problem.ts';

export interface EditProblem {
  readonly says: string;
  readonly hint?: string | undefined;
}

type Node = Record<string, Json> | Json[];

/** `a.b[2].c` → `['a', 'b', 2, 'c']`. */
export function parsePath(text: string): readonly (string | number)[] | undefined {
  const parts: (string | number)[] = [];
  const part = /(?:^|\.)([A-Za-z0-9_-]+)|\[(\d+)\]/gy;
  let end = 0;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    parts.push(match[1] ?? Number(match[2]));
    end = part.lastIndex;
  }
  return parts.length > 0 && end === text.length ? parts : undefined;
}

/** Walks to the holder of the last part. Lists and objects on the way must exist. */
function holderOf(root: Json, text: string): Result<{ holder: Node; last: string | number }, EditProblem> {
  const parts = parsePath(text);
  if (!parts) return err({ says: `${text} is not a path, such as trace[1].result.total` });
  let node: Json | undefined = root;
  for (const part of parts.slice(0, -1)) {
    const next: Json | undefined = childOf(node, part);
    if (next === undefined)
      return err({ says: `The fixture has nothing at ${String(part)} of ${text}`, hint: hintFor(node, part) });
    node = next;
  }
  if (typeof node !== 'object' || node === null) return err({ says: `The fixture has nothing at ${text}` });
  return ok({ holder: node as Node, last: parts.at(-1) as string | number });
}

const childOf = (node: Json | undefined, part: string | number): Json | undefined =>
  Array.isArray(node)
    ? typeof part === 'number'
      ? node[part]
      : undefined
    : isJsonObject(node) && Object.hasOwn(node, String(part))
      ? node[String(part)]
      : undefined;

const hintFor = (node: Json | undefined, part: string | number): string | undefined =>
  isJsonObject(node) ? didYouMean(String(part), Object.keys(node)) : undefined;

/** Replaces a value that is there: a renamed field cannot leave a test green. */
export function setAt(root: Json, path: string, value: Json): EditProblem | undefined {
  const found = holderOf(root, path);
  if (!found.ok) return found.error;
  const { holder, last } = found.value;
  if (childOf(holder as Json, last) === undefined && !isSettable(path))
    return { says: `The fixture has nothing at ${path}`, hint: hintFor(holder as Json, last) };
  (holder as Record<string | number, Json>)[last] = value;
  return undefined;
}

/** Members that a situation always has room for, whether the fixture names them or not. */
const isSettable = (path: string): boolean =>
  /^(state|conversation\.(customer|channel)|action\.(lane|calls_in_turn|text_in_turn|confidence)|trace\[\d+\]\.(ok|at))$/.test(
    path,
  );

export function unsetAt(root: Json, path: string): EditProblem | undefined {
  const found = holderOf(root, path);
  if (!found.ok) return found.error;
  const { holder, last } = found.value;
  if (childOf(holder as Json, last) === undefined)
    return { says: `The fixture has nothing at ${path}`, hint: hintFor(holder as Json, last) };
  if (Array.isArray(holder) && typeof last === 'number') holder.splice(last, 1);
  else delete (holder as Record<string, Json>)[String(last)];
  return undefined;
}

export function addAt(root: Json, path: string, items: readonly Json[]): EditProblem | undefined {
  const found = holderOf(root, path);
  if (!found.ok) return found.error;
  const { holder, last } = found.value;
  const list = childOf(holder as Json, last);
  if (list === undefined) (holder as Record<string | number, Json>)[last] = [...items];
  else if (Array.isArray(list)) (holder as Record<string | number, Json>)[last] = [...list, ...items];
  else return { says: `${path} is not a list, so nothing can be added to it` };
  return undefined;
}
