/** Table facts: a YAML, JSON or CSV file under the pact's digest, converted once. */
import type { Json } from '../../terms/json.ts';
import type { Type } from '../condition/type.ts';
import { Unknown, type Value } from '../condition/unknown.ts';
import type { FactPlan } from '../facts/fact-plan.ts';
import type { Setting } from '../shape/convert.ts';
import type { PactFile } from '../syntax.ts';
import type { LinkedFiles } from './files.ts';
import type { Reporter } from './reporter.ts';

export function linkTables(
  file: PactFile,
  facts: ReadonlyMap<string, FactPlan>,
  files: LinkedFiles,
  setting: Setting,
  reporter: Reporter,
): ReadonlyMap<string, Value> {
  const tables = new Map<string, Value>();
  for (const [name, fact] of facts) {
    const written = file.facts?.[name];
    if (fact.from !== 'table' || written?.from !== 'table') continue;
    const json = readTable(written.file, fact.type, files);
    if (json === undefined) continue;
    const value = fact.convert(json, setting);
    if (value instanceof Unknown)
      reporter.error(
        ['facts', name, 'file'],
        'type_mismatch',
        `${written.file} does not fit its type at ${value.path || 'the top'}`,
      );
    else tables.set(name, value);
  }
  return tables;
}

function readTable(file: string, type: Type, files: LinkedFiles): Json | undefined {
  if (!file.toLowerCase().endsWith('.csv')) return files.source(file)?.value;
  const text = files.text(file);
  return text === undefined ? undefined : csvTable(text, type);
}

/** Rows as records; where the type is a map, the first column is the key and a single other column the value. */
export function csvTable(text: string, type: Type): Json {
  const [header = [], ...rows] = csvRows(text.replace(/^\uFEFF/, ''));
  const records = rows.map((cells) => header.map((name, i): [string, Json] => [name, cellValue(cells[i] ?? '')]));
  if (type.kind !== 'map') return records.map((cells) => Object.fromEntries(cells));
  return Object.fromEntries(
    records.map(([key, ...rest]) => {
      const value: Json =
        rest.length === 1 && type.of.kind !== 'record' ? (rest[0]?.[1] ?? null) : Object.fromEntries(rest);
      return [String(key?.[1] ?? ''), value];
    }),
  );
}

const cellValue = (cell: string): Json =>
  cell === ''
    ? null
    : cell === 'true' || cell === 'false'
      ? cell === 'true'
      : /^-?(0|[1-9]\d{0,14})$/.test(cell)
        ? Number(cell)
        : cell;

/** RFC 4180: quoted cells may hold commas, line ends and doubled quotes. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match && match.index < text.length; match = cell.exec(text)) {
    cells.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    if (cells.length > 1 || cells[0] !== '') rows.push(cells);
    cells = [];
  }
  if (cells.length > 0) rows.push([...cells, '']);
  return rows;
}
