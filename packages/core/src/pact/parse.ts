/** Reads the text of a pact: YAML → places → shape → structure, with everything that is wrong told at once. */
import { err, ok, type Result } from '../result.ts';
import { isJsonObject } from '../terms/json.ts';
import { type Diagnostic, sortDiagnostics } from './diagnostic.ts';
import { readYaml, type Source } from './source.ts';
import { diagnoseIssue } from './syntax/issue.ts';
import { type PactFile, PactSyntax } from './syntax.ts';

export interface ParsedPact {
  readonly file: PactFile;
  readonly source: Source;
  readonly warnings: readonly Diagnostic[];
}

/** Diagnostics are sorted by place; warnings alone refuse nothing. */
export function parsePact(file: string, text: string): Result<ParsedPact, Diagnostic[]> {
  const read = readYaml(file, text);
  if (!read.ok) return read;
  const source = read.value;
  if (!isJsonObject(source.value)) {
    const says = 'A pact is a map of keys and values; begin with pact: NAME';
    return err([{ code: 'bad_value', severity: 'error', file, range: source.rangeAt([]), says }]);
  }
  const shape = PactSyntax.safeParse(source.value);
  if (shape.success) return ok({ file: shape.data, source, warnings: [] });
  return err(sortDiagnostics(shape.error.issues.flatMap((issue) => diagnoseIssue(issue, source))));
}
