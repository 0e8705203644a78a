/** A YAML 1.2 file (core schema) as a JSON value in which every key, value and character knows its place. */
import { Composer, Parser, type YAMLParseError } from 'yaml';
import { err, ok, type Result } from '../result.ts';
import type { Json } from '../terms/json.ts';
import { type Diagnostic, type Path, type Range, sortDiagnostics } from './diagnostic.ts';
import { PACT_LIMITS } from './pact-limits.ts';
import { refuseBroken } from './yaml/broken.ts';
import { refuseCharacters, refuseTabs, utf8Bytes } from './yaml/characters.ts';
import { type Lines, linesOf } from './yaml/lines.ts';
import { type Place, placeOf } from './yaml/place.ts';
import { spellScalar } from './yaml/scalar.ts';
import { inspectTokens, type Refusal } from './yaml/tokens.ts';

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly value: Json;
  /** Whether the file says anything at `path`, be it `null`. */
  has(path: Path): boolean;
  /** The value at `path`; where there is none, the key of what would have held it. */
  rangeAt(path: Path): Range;
  /** The key at `path`; for a list item its first key, or all of it. */
  keyRangeAt(path: Path): Range;
  /** The characters `from` to `to` (UTF-16) of the text at `path`, wherever quotes, escapes and folds put them. */
  rangeWithin(path: Path, from: number, to: number): Range;
  /** The value at `path` exactly as written, such as `42.00`; empty where it is left out, undefined for maps and lists. */
  writtenAt(path: Path): string | undefined;
}

/** Reads a file of at most `PACT_LIMITS.fileBytes`, or tells everything in it that we do not read. */
export function readYaml(file: string, text: string): Result<Source, Diagnostic[]> {
  const lines = linesOf(text);
  const toDiagnostics = (refusals: readonly Refusal[]): Diagnostic[] =>
    sortDiagnostics(
      refusals.map(({ code, from, to, says }) => ({
        code,
        severity: 'error',
        file,
        range: lines.rangeOf(from, to),
        says,
      })),
    );
  const bytes = utf8Bytes(text);
  if (bytes > PACT_LIMITS.fileBytes) {
    const says = `The file has ${bytes} bytes; at most ${PACT_LIMITS.fileBytes} are read`;
    return err(toDiagnostics([{ code: 'limit_file_bytes', from: 0, to: 0, says }]));
  }
  const characters = refuseCharacters(text);
  if (characters.length > 0) return err(toDiagnostics([...characters, ...refuseTabs(text, [])]));
  const { root, refusals } = compose(text, lines);
  return refusals.length > 0 ? err(toDiagnostics(refusals)) : ok(new YamlSource(file, text, root, lines));
}

function compose(text: string, lines: Lines): { root: Place; refusals: Refusal[] } {
  const tokens = [...new Parser().parse(text)];
  const { refusals: traps, blockText, tooDeep } = inspectTokens(tokens, PACT_LIMITS.yamlDepth);
  const refusals: Refusal[] = [...traps, ...refuseTabs(text, blockText)];
  const nothing: Place = { from: 0, to: 0, value: null };
  // What is too deep is not composed, since composing recurses; of several documents only the first is read.
  if (tooDeep) return { root: nothing, refusals };
  const options = { keepSourceTokens: true, uniqueKeys: false, prettyErrors: false } as const;
  const [document] = new Composer({ ...options, version: '1.2', schema: 'core' }).compose(tokens, true, text.length);
  const errors: readonly YAMLParseError[] = document?.errors ?? [];
  const root = placeOf(document?.contents ?? null, text, refusals);
  return { root, refusals: [...refusals, ...refuseBroken(errors, refusals, text, lines)] };
}

class YamlSource implements Source {
  readonly file: string;
  readonly text: string;
  readonly value: Json;
  private readonly root: Place;
  private readonly lines: Lines;

  constructor(file: string, text: string, root: Place, lines: Lines) {
    this.file = file;
    this.text = text;
    this.value = root.value;
    this.root = root;
    this.lines = lines;
  }

  has(path: Path): boolean {
    return this.find(path) !== undefined;
  }

  rangeAt(path: Path): Range {
    const place = this.find(path);
    return place ? this.lines.rangeOf(place.from, place.to) : this.keyRangeAt(path);
  }

  keyRangeAt(path: Path): Range {
    const place = this.find(path);
    if (!place) return path.length > 0 ? this.keyRangeAt(path.slice(0, -1)) : this.lines.rangeOf(0, 0);
    const { from, to } = place.key ?? firstKeyOf(place) ?? place;
    return this.lines.rangeOf(from, to);
  }

  rangeWithin(path: Path, from: number, to: number): Range {
    const place = this.find(path);
    const spelling = typeof place?.value === 'string' && place.token ? spellScalar(place.token) : undefined;
    if (!spelling || spelling.text.length === 0) return this.rangeAt(path);
    const first = Math.min(Math.max(from, 0), spelling.text.length - 1);
    const last = Math.min(Math.max(to - 1, first), spelling.text.length - 1);
    return this.lines.rangeOf(spelling.starts[first] as number, spelling.ends[last] as number);
  }

  writtenAt(path: Path): string | undefined {
    const place = this.find(path);
    if (!place || place.members) return undefined;
    const isImplicit = place.token && 'source' in place.token && place.token.source === '';
    return isImplicit ? '' : this.text.slice(place.from, place.to);
  }

  private find(path: Path): Place | undefined {
    let place: Place | undefined = this.root;
    for (const step of path) place = place?.members?.get(step);
    return place;
  }
}

function firstKeyOf(place: Place) {
  const [first] = place.members?.values() ?? [];
  return first?.key;
}
