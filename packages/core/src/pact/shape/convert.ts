/** Turns JSON from outside into the values that conditions read: once, strictly, only what is declared. */
import { isJsonObject, type Json } from '../../terms/json.ts';
import { toScaled } from '../../terms/money.ts';
import { isDate, MINUTE, parseLocalTime, parseTime } from '../../terms/time.ts';
import type { Counted, Field, Type } from '../condition/type.ts';
import { Unknown, type Value } from '../condition/unknown.ts';

/** What a conversion depends on besides the bytes: the pact's currency digits and its zone. */
export interface Setting {
  readonly digits: number;
  /** Minutes from UTC in the pact's zone (or another) at an instant. */
  offset(zone: string | undefined, atMs: number): number | undefined;
}

/** Gives the value, or an Unknown with the path that failed. */
export type Converter = (json: Json | undefined, setting: Setting) => Value;

const WRONG = new Unknown('wrong_type', undefined, '');

const below = (failure: Unknown, key: string): Unknown =>
  new Unknown(failure.cause, failure.fact, failure.path ? `${key}.${failure.path}` : key);

export function converterOf(type: Type): Converter {
  switch (type.kind) {
    case 'string':
      return type.as === 'date'
        ? (json) => (typeof json === 'string' && isDate(json) ? json : WRONG)
        : (json) => (typeof json === 'string' ? json : WRONG);
    case 'bool':
      return (json) => (typeof json === 'boolean' ? json : WRONG);
    case 'int':
      return intConverter(type.as);
    case 'time':
      return type.as === 'localtime' ? convertLocalTime : convertTime;
    case 'list':
      return listConverter(type);
    case 'map':
      return mapConverter(type);
    case 'record':
      return recordConverter(type.fields);
    default:
      return () => WRONG;
  }
}

function intConverter(as: Counted | undefined): Converter {
  if (as === 'money') return (json, { digits }) => toScaled(json, digits) ?? WRONG;
  if (typeof as === 'object') return (json) => toScaled(json, as.decimal) ?? WRONG;
  return (json) => (Number.isSafeInteger(json) ? (json as number) + 0 : WRONG);
}

const convertTime: Converter = (json) => (typeof json === 'string' ? (parseTime(json) ?? WRONG) : WRONG);

const convertLocalTime: Converter = (json, { offset }) => {
  const wall = typeof json === 'string' ? parseLocalTime(json) : undefined;
  if (wall === undefined) return WRONG;
  // The offset at the wall time read as UTC is right except near a change; a second look settles it.
  const near = offset(undefined, wall);
  const there = near === undefined ? undefined : offset(undefined, wall - near * MINUTE);
  return there === undefined ? WRONG : wall - there * MINUTE;
};

function listConverter(type: Type & { kind: 'list' }): Converter {
  const of = converterOf(type.of);
  const tooLong = new Unknown('too_long', undefined, '');
  return (json, setting) => {
    if (!Array.isArray(json)) return WRONG;
    if (json.length > type.bound) return tooLong;
    const list: Value[] = [];
    for (const [i, item] of json.entries()) {
      const value = of(item, setting);
      if (value instanceof Unknown) return below(value, String(i));
      list.push(value);
    }
    return list;
  };
}

function mapConverter(type: Type & { kind: 'map' }): Converter {
  const of = converterOf(type.of);
  const tooLong = new Unknown('too_long', undefined, '');
  return (json, setting) => {
    if (!isJsonObject(json)) return WRONG;
    const keys = Object.keys(json);
    if (keys.length > type.bound) return tooLong;
    const map = new Map<string, Value>();
    for (const key of keys) {
      const value = of(json[key], setting);
      if (value instanceof Unknown) return below(value, key);
      map.set(key, value);
    }
    return map;
  };
}

function recordConverter(fields: ReadonlyMap<string, Field>): Converter {
  const rows = [...fields].map(([key, { type, optional }]) => ({
    key,
    optional,
    convert: converterOf(type),
    absent: new Unknown('no_such_key', undefined, key),
  }));
  return (json, setting) => {
    if (!isJsonObject(json)) return WRONG;
    const record: Record<string, Value | undefined> = Object.create(null);
    for (const { key, optional, convert, absent } of rows) {
      const raw = Object.hasOwn(json, key) ? json[key] : undefined;
      if (raw === undefined || raw === null) {
        if (!optional) return absent;
        record[key] = undefined;
        continue;
      }
      const value = convert(raw, setting);
      if (value instanceof Unknown) return below(value, key);
      record[key] = value;
    }
    return record;
  };
}
