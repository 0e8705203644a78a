/** Collects what is wrong, with places; the same problem at the same place is told once. */
import type { Problem } from '../condition/problem.ts';
import type { Diagnostic, DiagnosticCode, Path, Range } from '../diagnostic.ts';
import type { Source } from '../source.ts';

export class Reporter {
  readonly #source: Source;
  readonly #found = new Map<string, Diagnostic>();

  constructor(source: Source) {
    this.#source = source;
  }

  error(path: Path, code: DiagnosticCode, says: string, hint?: string): void {
    this.#add('error', this.#source, this.#source.rangeAt(path), code, says, hint);
  }

  /** At the key of a mapping, where the entry as a whole is meant. */
  errorAtKey(path: Path, code: DiagnosticCode, says: string, hint?: string): void {
    this.#add('error', this.#source, this.#source.keyRangeAt(path), code, says, hint);
  }

  warn(path: Path, code: DiagnosticCode, says: string, hint?: string): void {
    this.#add('warning', this.#source, this.#source.keyRangeAt(path), code, says, hint);
  }

  /** In another file that the pact names. */
  errorIn(source: Source, path: Path, code: DiagnosticCode, says: string, hint?: string): void {
    this.#add('error', source, source.has(path) ? source.rangeAt(path) : source.rangeAt([]), code, says, hint);
  }

  /** Problems of an expression that stands at `path`. */
  expression(path: Path, problems: readonly Problem[]): void {
    for (const { code, from, to, says, hint } of problems)
      this.#add('error', this.#source, this.#source.rangeWithin(path, from, to), code, says, hint);
  }

  warnExpression(path: Path, from: number, to: number, code: DiagnosticCode, says: string, hint?: string): void {
    this.#add('warning', this.#source, this.#source.rangeWithin(path, from, to), code, says, hint);
  }

  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.#found.set(keyOf(diagnostic), diagnostic);
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#found.values()];
  }

  #add(
    severity: Diagnostic['severity'],
    source: Source,
    range: Range,
    code: DiagnosticCode,
    says: string,
    hint: string | undefined,
  ): void {
    const diagnostic: Diagnostic = {
      code,
      severity,
      file: source.file,
      range,
      says,
      ...(hint === undefined ? {} : { hint }),
    };
    const key = keyOf(diagnostic);
    if (!this.#found.has(key)) this.#found.set(key, diagnostic);
  }
}

const keyOf = ({ code, file, range }: Diagnostic): string =>
  `${file}:${range.line}:${range.column}:${range.end_line}:${range.end_column}:${code}`;
