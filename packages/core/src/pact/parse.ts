/** Reads the text of a pact: YAML → places → shape → structure, with everything that is wrong told at once. */
import type { z } from 'zod';
import { err, ok, type Result } from '../result.ts';
import { isJsonObject } from '../terms/json.ts';
import { minorDigits } from '../terms/money.ts';
import { type Diagnostic, type Path, sortDiagnostics } from './diagnostic.ts';
import { readYaml, type Source } from './source.ts';
import type { ReadSections } from './structure/site.ts';
import { checkStructure, unusedNames } from './structure/structure.ts';
import { refuseFractions } from './syntax/fractions.ts';
import { diagnoseIssue, meantBy } from './syntax/issue.ts';
import { type Remains, setAside, sourceOf } from './syntax/remains.ts';
import { PACT_FORMAT, type PactFile, PactSyntax } from './syntax.ts';

type Issue = z.core.$ZodIssue;

export interface ParsedPact {
  readonly file: PactFile;
  readonly source: Source;
  readonly warnings: readonly Diagnostic[];
}

export interface PactReading {
  /** Absent where the text is no YAML that we read. */
  readonly source: Source | undefined;
  /** Present where the shape is whole, even beside errors, so that conditions can be checked all the same. */
  readonly file: PactFile | undefined;
  /** Errors and warnings, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics are sorted by place; warnings alone refuse nothing. */
export function parsePact(file: string, text: string): Result<ParsedPact, Diagnostic[]> {
  const { source, file: written, diagnostics } = readPact(file, text);
  const isBroken = diagnostics.some(({ severity }) => severity === 'error');
  return source && written && !isBroken ? ok({ file: written, source, warnings: diagnostics }) : err([...diagnostics]);
}

/** As `parsePact`, with what could be read beside what could not. */
export function readPact(file: string, text: string): PactReading {
  const read = readYaml(file, text);
  if (!read.ok) return { source: undefined, file: undefined, diagnostics: read.error };
  const source = read.value;
  const other = refuseOtherFiles(source);
  if (other) return { source, file: undefined, diagnostics: [other] };
  const shape = PactSyntax.safeParse(source.value);
  const found = shape.success ? checkWhole(shape.data, source) : checkBroken(shape.error.issues, source);
  return { source, file: shape.data, diagnostics: tidy([...found, ...refuseFractions(source)], source) };
}

function checkWhole(file: PactFile, source: Source): readonly Diagnostic[] {
  const errors = checkStructure(file, source, source);
  return errors.length > 0 ? errors : unusedNames(file, source);
}

function checkBroken(issues: readonly Issue[], source: Source): readonly Diagnostic[] {
  const meant = issues.flatMap((issue) => meantBy(issue, source));
  const isMeant = (path: Path): boolean => meant.some((other) => JSON.stringify(other) === JSON.stringify(path));
  const told = issues.filter((issue) => !isMeant(issue.path as Path)).flatMap((issue) => diagnoseIssue(issue, source));
  const rest = readRest(source, issues.flatMap(brokenAt));
  return rest ? [...told, ...checkStructure(rest.file, source, sourceOf(source, rest.remains, meant))] : told;
}

/** A file of another kind or format: what else is wrong with it would only follow from that. */
function refuseOtherFiles(source: Source): Diagnostic | undefined {
  const refuse = (path: Path, says: string): Diagnostic => ({
    code: 'bad_value',
    severity: 'error',
    file: source.file,
    range: source.rangeAt(path),
    says,
  });
  const root = source.value;
  if (!isJsonObject(root)) return refuse([], 'A pact is a map of keys and values; begin with pact: NAME');
  const format = root['format'];
  if (typeof format !== 'number' || format === PACT_FORMAT) return undefined;
  return refuse(['format'], `This release reads format ${PACT_FORMAT}; format ${format} needs another release`);
}

const brokenAt = (issue: Issue): Path[] => {
  const path = issue.path as Path;
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
};

const Sections = PactSyntax.partial();

interface Rest {
  readonly file: ReadSections;
  readonly remains: Remains;
}

/** Sets aside what is broken, then whatever cannot do without it, until the rest has the shape of a pact. */
function readRest(source: Source, broken: readonly Path[]): Rest | undefined {
  const aside = new Map<string, Path>();
  const isAside = (path: Path): boolean => aside.has(JSON.stringify(path));
  let found = broken;
  for (;;) {
    // What lacks a key is broken as a whole; a section of the root may be absent.
    const more = found.map((path) =>
      path.length === 1 || (source.has(path) && !isAside(path)) ? path : path.slice(0, -1),
    );
    if (more.every(isAside)) return undefined;
    for (const path of more) aside.set(JSON.stringify(path), path);
    const remains = setAside(source.value, [...aside.values()]);
    const shape = Sections.safeParse(remains.value);
    if (shape.success) return { file: shape.data, remains };
    found = shape.error.issues.flatMap(brokenAt).map(remains.original);
  }
}

/** Sorted, without echoes: of several things wrong at the very same place the first one told, save missing keys. */
function tidy(diagnostics: readonly Diagnostic[], source: Source): Diagnostic[] {
  const lines = source.text.split('\n');
  const currency = isJsonObject(source.value) ? source.value['currency'] : undefined;
  const unknownCurrency = typeof currency === 'string' && minorDigits(currency) === undefined ? currency : undefined;
  const seen = new Set<string>();
  const kept = diagnostics.filter(({ code, range, says }) => {
    const { line, column, end_line, end_column } = range;
    const key = `${line}:${column}-${end_line}:${end_column}${code === 'missing_key' ? says : ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const written = lines[line - 1]?.slice(column - 1, end_column - 1).replaceAll(/["']/g, '');
    // An amount in a currency that does not exist is told once, at the header.
    return code !== 'bad_unit' || unknownCurrency === undefined || !written?.endsWith(` ${unknownCurrency}`);
  });
  return sortDiagnostics(kept);
}
