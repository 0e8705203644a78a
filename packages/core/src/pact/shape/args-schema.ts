/**
 * Arguments of a tool: a subset of JSON Schema 2020-12 (type, properties, required, additionalProperties, items,
 * enum, const, minimum, maximum, exclusive…, lengths, format), read into a type for conditions and a strict reader.
 */
import { isJsonObject, type Json, type JsonObject } from '../../terms/json.ts';
import { formatScaled, toScaled } from '../../terms/money.ts';
import { didYouMean } from '../condition/problem.ts';
import { BOOL, type Field, INT, listOf, STRING, TIME, type Type } from '../condition/type.ts';
import { type RecordValue, Unknown, type Value } from '../condition/unknown.ts';
import type { Path } from '../diagnostic.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { converterOf, type Setting } from './convert.ts';
import { BOUND_MAX } from './declared-type.ts';

/** Reads one value: `value` for conditions, `clean` as it is hashed and forwarded; or where and why not. */
export type ArgsReader = (json: Json | undefined, setting: Setting) => ReadArgs | Refused;
export interface ReadArgs {
  readonly value: Value;
  readonly clean: Json;
}
export interface Refused {
  readonly path: string;
  readonly says: string;
}

export interface ArgsSchema {
  readonly type: Type;
  readonly read: ArgsReader;
  /** Top-level arguments that are money, with the schema's maximum in minor units. */
  readonly money: ReadonlyMap<string, number | undefined>;
}

/** Told of each problem in the schema, with the path below it. */
export type Report = (path: Path, says: string, hint?: string) => void;
export interface Reading {
  readonly report: Report;
  /** Drop arguments that the schema does not know, instead of refusing them. */
  readonly drops: boolean;
  readonly digits: number;
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  boolean: [],
};
const ANYWHERE = ['type', 'title', 'description', 'enum', 'const'];

export const isRefused = (read: ReadArgs | Refused): read is Refused => 'says' in read;
const refuse = (says: string, path = ''): Refused => ({ path, says });
const join = (key: string, path: string): string => (path === '' ? key : `${key}.${path}`);

interface Part {
  readonly type: Type;
  readonly read: ArgsReader;
}

/** Reads the schema of a tool's arguments, which must be an object. */
export function readArgsSchema(schema: JsonObject, name: string, reading: Reading): ArgsSchema | undefined {
  const part = readPart(schema, name, [], reading);
  if (!part) return undefined;
  if (part.type.kind !== 'record') {
    reading.report(['type'], 'The arguments of a tool are an object: write type: object');
    return undefined;
  }
  const money = new Map<string, number | undefined>();
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  for (const [key, field] of part.type.fields) {
    if (field.type.kind === 'int' && field.type.as === 'money')
      money.set(key, isJsonObject(properties[key]) ? maximumOf(properties[key], reading.digits) : undefined);
  }
  return { type: part.type, read: part.read, money };
}

const maximumOf = (schema: JsonObject, digits: number): number | undefined => {
  const least = [toScaled(schema['maximum'], digits), toScaled(schema['exclusiveMaximum'], digits)];
  const [max, below] = least;
  return below === undefined ? max : Math.min(max ?? Number.MAX_SAFE_INTEGER, below - 1);
};

function readPart(schema: Json | undefined, name: string, path: Path, reading: Reading): Part | undefined {
  if (!isJsonObject(schema)) {
    reading.report(path, 'A schema is a mapping, such as { type: string }');
    return undefined;
  }
  const kind =
    schema['type'] ??
    (Array.isArray(schema['enum']) && schema['enum'].every((v) => typeof v === 'string') ? 'string' : undefined);
  if (typeof kind !== 'string' || !Object.hasOwn(KEYS, kind)) {
    reading.report(path, `A schema needs a type: ${Object.keys(KEYS).join(', ')}`);
    return undefined;
  }
  const known = [...ANYWHERE, ...(KEYS[kind] as readonly string[])];
  for (const key of Object.keys(schema))
    if (!known.includes(key))
      reading.report([...path, key], `A schema of type ${kind} has no key ${key} here`, didYouMean(key, known));
  const part = PARTS[kind]?.(schema, name, path, reading);
  return part && withChoices(schema, part, path, reading);
}

const PARTS: Readonly<
  Record<string, (schema: JsonObject, name: string, path: Path, reading: Reading) => Part | undefined>
> = {
  object: readObject,
  array: readArray,
  string: readString,
  number: readNumber,
  integer: (schema, _name, path, reading) => numberPart(INT, schema, path, reading, 0),
  boolean: () => ({ type: BOOL, read: scalar(BOOL, 'true or false') }),
};

function scalar(type: Type, wanted: string): ArgsReader {
  const convert = converterOf(type);
  return (json, setting) => {
    const value = convert(json, setting);
    return value instanceof Unknown ? refuse(`must be ${wanted}`) : { value, clean: json as Json };
  };
}

function readString(schema: JsonObject, _name: string, path: Path, reading: Reading): Part | undefined {
  const { format } = schema;
  if (format === 'date') {
    const type: Type = { kind: 'string', as: 'date' };
    return { type, read: scalar(type, 'a date such as 2024-05-15') };
  }
  if (format === 'date-time')
    return { type: TIME, read: scalar(TIME, 'a time with offset such as 2024-05-15T15:00:00Z') };
  if (format === 'money') return numberPart({ kind: 'int', as: 'money' }, schema, path, reading, reading.digits);
  if (format !== undefined) {
    reading.report([...path, 'format'], 'The format of a string is date, date-time or money');
    return undefined;
  }
  const least = lengthOf(schema, 'minLength', path, reading) ?? 0;
  const most = lengthOf(schema, 'maxLength', path, reading) ?? Number.POSITIVE_INFINITY;
  const read = scalar(STRING, 'text');
  return {
    type: STRING,
    read: (json, setting) => {
      if (typeof json === 'string' && (json.length < least || json.length > most))
        return refuse(`must have ${least} to ${most} characters`);
      return read(json, setting);
    },
  };
}

function lengthOf(schema: JsonObject, key: string, path: Path, reading: Reading): number | undefined {
  const value = schema[key];
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  reading.report([...path, key], `${key} is a whole number from 0`);
  return undefined;
}

function readNumber(schema: JsonObject, _name: string, path: Path, reading: Reading): Part | undefined {
  const { format } = schema;
  if (format === 'money') return numberPart({ kind: 'int', as: 'money' }, schema, path, reading, reading.digits);
  const decimal = typeof format === 'string' ? /^decimal\(([0-6])\)$/.exec(format) : null;
  if (decimal)
    return numberPart({ kind: 'int', as: { decimal: Number(decimal[1]) } }, schema, path, reading, Number(decimal[1]));
  reading.report(
    path,
    'A number needs format: money or decimal(n), or type: integer; no quantity here is a binary fraction',
  );
  return undefined;
}

function numberPart(type: Type, schema: JsonObject, path: Path, reading: Reading, digits: number): Part {
  const bound = (key: string): number | undefined => {
    if (schema[key] === undefined) return undefined;
    const value = toScaled(schema[key], digits);
    if (value === undefined) reading.report([...path, key], `${key} is a number with at most ${digits} decimals`);
    return value;
  };
  const [min, max, above, below] = [
    bound('minimum'),
    bound('maximum'),
    bound('exclusiveMinimum'),
    bound('exclusiveMaximum'),
  ];
  const convert = converterOf(type);
  const wanted = digits === 0 ? 'a whole number' : `a number with at most ${digits} decimals`;
  const show = (n: number) => formatScaled(n, digits);
  const read: ArgsReader = (json, setting) => {
    const value = convert(json, setting);
    if (typeof value !== 'number') return refuse(`must be ${wanted}`);
    if (min !== undefined && value < min) return refuse(`must be at least ${show(min)}`);
    if (max !== undefined && value > max) return refuse(`must be at most ${show(max)}`);
    if (above !== undefined && value <= above) return refuse(`must be above ${show(above)}`);
    if (below !== undefined && value >= below) return refuse(`must be below ${show(below)}`);
    // One form for one amount, however it was written: the same action must have the same digest.
    return { value, clean: schema['type'] === 'string' ? show(value) : Number(show(value)) };
  };
  return { type, read };
}

function readArray(schema: JsonObject, name: string, path: Path, reading: Reading): Part | undefined {
  const items = readPart(schema['items'], `${name} item`, [...path, 'items'], reading);
  const least = lengthOf(schema, 'minItems', path, reading) ?? 0;
  const most = lengthOf(schema, 'maxItems', path, reading) ?? PACT_LIMITS.listItems;
  if (most > BOUND_MAX) reading.report([...path, 'maxItems'], `A list has at most ${BOUND_MAX} items`);
  if (!items) return undefined;
  const read: ArgsReader = (json, setting) => {
    if (!Array.isArray(json)) return refuse('must be a list');
    if (json.length < least || json.length > most) return refuse(`must have ${least} to ${most} items`);
    const value: Value[] = [];
    const clean: Json[] = [];
    for (const [i, item] of json.entries()) {
      const one = items.read(item, setting);
      if (isRefused(one)) return refuse(one.says, join(String(i), one.path));
      value.push(one.value);
      clean.push(one.clean);
    }
    return { value, clean };
  };
  return { type: listOf(items.type, most), read };
}

function readObject(schema: JsonObject, name: string, path: Path, reading: Reading): Part | undefined {
  const properties = schema['properties'] ?? {};
  const required = schema['required'] ?? [];
  if (schema['additionalProperties'] !== false)
    reading.report(path, 'Write additionalProperties: false, so that nothing unknown comes through');
  if (!isJsonObject(properties) || !Array.isArray(required)) {
    reading.report(path, 'properties is a mapping and required a list of their names');
    return undefined;
  }
  const rows: { key: string; part: Part; isRequired: boolean }[] = [];
  for (const [key, property] of Object.entries(properties)) {
    const part = readPart(property, `${name} ${key}`, [...path, 'properties', key], reading);
    if (part) rows.push({ key, part, isRequired: required.includes(key) });
  }
  for (const [i, key] of required.entries())
    if (typeof key !== 'string' || !Object.hasOwn(properties, key))
      reading.report(
        [...path, 'required', i],
        `${String(key)} is required but is not a property`,
        didYouMean(String(key), Object.keys(properties)),
      );
  const fields = new Map(
    rows.map(({ key, part, isRequired }): [string, Field] => [key, { type: part.type, optional: !isRequired }]),
  );
  return { type: { kind: 'record', name, fields }, read: objectReader(rows, reading.drops) };
}

function objectReader(rows: readonly { key: string; part: Part; isRequired: boolean }[], drops: boolean): ArgsReader {
  const known = new Set(rows.map(({ key }) => key));
  return (json, setting) => {
    if (!isJsonObject(json)) return refuse('must be an object');
    if (!drops)
      for (const key of Object.keys(json)) if (!known.has(key)) return refuse('is not an argument of this tool', key);
    const value: Record<string, Value | undefined> = Object.create(null);
    const clean: Record<string, Json> = Object.create(null);
    for (const { key, part, isRequired } of rows) {
      const raw = Object.hasOwn(json, key) ? json[key] : undefined;
      if (raw === undefined || (raw === null && !isRequired)) {
        if (isRequired) return refuse('is missing', key);
        value[key] = undefined;
        continue;
      }
      const one = part.read(raw, setting);
      if (isRefused(one)) return refuse(one.says, join(key, one.path));
      value[key] = one.value;
      clean[key] = one.clean;
    }
    return { value: value as RecordValue, clean };
  };
}

/** `enum` and `const`. */
function withChoices(schema: JsonObject, part: Part, path: Path, reading: Reading): Part {
  const choices = schema['const'] !== undefined ? [schema['const']] : schema['enum'];
  if (choices === undefined) return part;
  if (!Array.isArray(choices) || choices.length === 0 || choices.some((c) => typeof c === 'object')) {
    reading.report([...path, 'enum'], 'enum is a list of texts, numbers or truth values');
    return part;
  }
  const allowed = new Set(choices);
  const list = choices.map(String).join(', ');
  return {
    type: part.type,
    read: (json, setting) => (allowed.has(json as Json) ? part.read(json, setting) : refuse(`must be one of ${list}`)),
  };
}
