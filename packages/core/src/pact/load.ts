/** A pact from its bytes: read, linked, with everything that is wrong with it at once. */
import { decodeUtf8 } from '../crypto/index.ts';
import { type Diagnostic, sortDiagnostics } from './diagnostic.ts';
import { checkCosts } from './link/costs.ts';
import { checkExposure } from './link/exposure-check.ts';
import type { ReadFile } from './link/files.ts';
import { linkPact } from './link/link.ts';
import { Reporter } from './link/reporter.ts';
import type { Pact } from './pact.ts';
import { readPact } from './parse.ts';
import type { Source } from './source.ts';

export interface LoadedPact {
  /** Only where there is no error; warnings may stand beside it. */
  readonly pact: Pact | undefined;
  readonly source: Source | undefined;
  /** Errors and warnings, by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `path` is how the pact is called in diagnostics and its digest; `read` finds the files beside it. */
export function loadPact(path: string, bytes: Uint8Array, read: ReadFile): LoadedPact {
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    const range = { line: 1, column: 1, end_line: 1, end_column: 1 };
    return {
      pact: undefined,
      source: undefined,
      diagnostics: [
        { code: 'yaml_encoding', severity: 'error', file: path, range, says: 'This file is not UTF-8 text' },
      ],
    };
  }
  const { source, file, diagnostics: written } = readPact(path, text);
  if (!source || !file) return { pact: undefined, source, diagnostics: written };
  const reporter = new Reporter(source);
  reporter.addAll(written);
  const name = path.split(/[\\/]/).at(-1) ?? path;
  const pact = linkPact(name, bytes, file, source, read, reporter);
  checkCosts(pact, reporter);
  checkExposure(pact, reporter);
  const diagnostics = sortDiagnostics(reporter.diagnostics);
  const isBroken = diagnostics.some(({ severity }) => severity === 'error');
  return { pact: isBroken ? undefined : pact, source, diagnostics };
}
