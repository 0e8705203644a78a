/** The types of conditions. Money, decimals and shares are whole numbers; a date is text; times are milliseconds. */

/** What a whole number counts. */
export type Counted = 'money' | 'share' | { readonly decimal: number };

export type Type =
  | { readonly kind: 'string'; readonly as?: 'date' }
  | { readonly kind: 'int'; readonly as?: Counted }
  | { readonly kind: 'bool' }
  | { readonly kind: 'time'; readonly as?: 'localtime' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'list'; readonly of: Type; readonly bound: number }
  | { readonly kind: 'map'; readonly key: Type; readonly of: Type; readonly bound: number }
  | { readonly kind: 'record'; readonly name: string; readonly fields: ReadonlyMap<string, Field> }
  /** The element type of an empty literal: fits everything. */
  | { readonly kind: 'any' };

export interface Field {
  readonly type: Type;
  readonly optional: boolean;
}

export const STRING: Type = { kind: 'string' };
export const INT: Type = { kind: 'int' };
export const MONEY: Type = { kind: 'int', as: 'money' };
export const DATE: Type = { kind: 'string', as: 'date' };
export const BOOL: Type = { kind: 'bool' };
export const TIME: Type = { kind: 'time' };
export const DURATION: Type = { kind: 'duration' };
export const ANY: Type = { kind: 'any' };

export const listOf = (of: Type, bound: number): Type => ({ kind: 'list', of, bound });
export const mapOf = (key: Type, of: Type, bound: number): Type => ({ kind: 'map', key, of, bound });

/** A record type from `{ field: type }`; a type given as `[type]` is optional. */
export function recordOf(name: string, fields: Readonly<Record<string, Type | readonly [Type]>>): Type {
  const entries = Object.entries(fields).map(([key, type]): [string, Field] =>
    'kind' in type ? [key, { type, optional: false }] : [key, { type: type[0], optional: true }],
  );
  return { kind: 'record', name, fields: new Map(entries) };
}

/** Whether values of the two may be compared, mixed in a list, or passed for one another. */
export function isSameType(a: Type, b: Type): boolean {
  if (a === b || a.kind === 'any' || b.kind === 'any') return true;
  if (a.kind === 'list') return b.kind === 'list' && isSameType(a.of, b.of);
  if (a.kind === 'map') return b.kind === 'map' && isSameType(a.key, b.key) && isSameType(a.of, b.of);
  if (a.kind === 'record') return b.kind === 'record' && isSameRecord(a.fields, b.fields);
  return a.kind === b.kind;
}

function isSameRecord(a: ReadonlyMap<string, Field>, b: ReadonlyMap<string, Field>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, field] of a) {
    const other = b.get(name);
    if (!other || other.optional !== field.optional || !isSameType(field.type, other.type)) return false;
  }
  return true;
}

/** The narrower of two same types: `list<any>` and `list<int>` give `list<int>`, with the larger bound; int and money give money. */
export function unify(a: Type, b: Type): Type {
  if (a.kind === 'any') return b;
  if (a.kind === 'int' && b.kind === 'int') return a.as === undefined ? b : a;
  if (a.kind === 'list' && b.kind === 'list') return listOf(unify(a.of, b.of), Math.max(a.bound, b.bound));
  if (a.kind === 'map' && b.kind === 'map')
    return mapOf(unify(a.key, b.key), unify(a.of, b.of), Math.max(a.bound, b.bound));
  return a;
}

/** A type as a person reads it in a diagnostic. */
export function showType(type: Type): string {
  switch (type.kind) {
    case 'list':
      return `list<${showType(type.of)}>`;
    case 'map':
      return `map<${showType(type.key)}, ${showType(type.of)}>`;
    case 'record':
      return type.name;
    default:
      return type.kind;
  }
}

/** The most elements that a list or map of this type has. */
export const boundOf = (type: Type): number => (type.kind === 'list' || type.kind === 'map' ? type.bound : 1);
