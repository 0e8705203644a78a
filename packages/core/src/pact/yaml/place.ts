/** The values of a YAML document, each with its place in the text. */
import { type CST, isMap, isPair, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import type { Json } from '../../terms/json.ts';
import { hiddenIn } from './characters.ts';
import type { Refusal } from './tokens.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A value as written. `key` is absent in lists and at the root. */
export interface Place extends Span {
  readonly value: Json;
  readonly key?: Span | undefined;
  readonly token?: CST.Token | undefined;
  readonly members?: ReadonlyMap<string | number, Place> | undefined;
}

/** Reads a composed node; what is refused on the way is added to `refusals`. */
export function placeOf(node: Node | null, text: string, refusals: Refusal[]): Place {
  if (isMap(node)) return placeOfMap(node, text, refusals);
  if (isSeq(node)) {
    const members = new Map<string | number, Place>();
    node.items.forEach((item, i) => {
      members.set(i, placeOf((isPair(item) ? item.value : item) as Node | null, text, refusals));
    });
    const value = [...members.values()].map((member) => member.value);
    return { ...spanOf(node, text), value, members };
  }
  if (isScalar(node)) return { ...spanOf(node, text), value: valueOf(node, text, refusals), token: node.srcToken };
  return { from: 0, to: 0, value: null };
}

/** A block collection or scalar ends for the library where the next thing begins; here, with its last character. */
function spanOf(node: Node, text: string): Span {
  const [from, valueEnd] = node.range ?? [0, 0, 0];
  let to = valueEnd;
  while (to > from && /\s/.test(text[to - 1] as string)) to--;
  return { from, to };
}

function valueOf(node: Scalar, text: string, refusals: Refusal[]): Json {
  const { value } = node;
  const refuse = (code: Refusal['code'], says: string): void => {
    refusals.push({ code, ...spanOf(node, text), says });
  };
  if (typeof value === 'string') {
    const hidden = hiddenIn(value);
    if (hidden) refuse('yaml_encoding', hidden);
    return value;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse('yaml_number', 'Only finite numbers are read');
    else if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      refuse('yaml_number', 'Whole numbers go up to 9007199254740991; quote it if it is a name');
    }
    return value === 0 ? 0 : value;
  }
  return typeof value === 'boolean' ? value : null;
}

function placeOfMap(node: { items: Pair[] } & Node, text: string, refusals: Refusal[]): Place {
  const members = new Map<string | number, Place>();
  const entries: [string, Json][] = [];
  let end = spanOf(node, text);
  for (const pair of node.items) {
    const keyNode = pair.key as Node | null;
    const key = keyNode ? spanOf(keyNode, text) : end;
    const name = nameOf(keyNode, key, refusals);
    const member = placeOf(pair.value as Node | null, text, refusals);
    if (name === undefined) continue;
    if (members.has(name)) {
      refusals.push({ code: 'yaml_duplicate_key', ...key, says: `The key ${name} stands here a second time` });
      continue;
    }
    // An empty value stands at its key.
    const span = member.from === member.to ? key : { from: member.from, to: member.to };
    members.set(name, { ...member, ...span, key });
    entries.push([name, member.value]);
    end = { from: end.from, to: Math.max(end.to, span.to) };
  }
  return { ...end, value: Object.fromEntries(entries), members };
}

/** The key as text; refuses what other readers of the same file would take for something else. */
function nameOf(node: Node | null, span: Span, refusals: Refusal[]): string | undefined {
  const plain = isScalar(node) && node.type === 'PLAIN';
  if (!isScalar(node) || typeof node.value !== 'string') {
    refusals.push({ code: 'yaml_key', ...span, says: 'A key is text; quote it' });
    return undefined;
  }
  if (plain && node.value === '<<') {
    refusals.push({ code: 'yaml_merge', ...span, says: 'Merge keys are not read; write the values out' });
    return undefined;
  }
  const hidden = node.value === '__proto__' ? 'The key __proto__ is not read; choose another' : hiddenIn(node.value);
  if (hidden) refusals.push({ code: 'yaml_key', ...span, says: hidden });
  return hidden ? undefined : node.value;
}
