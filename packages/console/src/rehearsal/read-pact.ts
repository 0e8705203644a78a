/** A pact as it came from the server, read again in the worker. */
import { formatDiagnostic, loadPact, type Pact } from '@surety/core/pact';

/** A pact's files by their path. */
export interface PactFiles {
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
}

export function readPact({ path, files }: PactFiles): { readonly pact: Pact } | { readonly says: string } {
  const bytes = (name: string): Uint8Array | undefined =>
    Object.hasOwn(files, name) ? new TextEncoder().encode(files[name]) : undefined;
  const { pact, diagnostics } = loadPact(path, bytes(path) ?? new Uint8Array(), bytes);
  if (pact) return { pact };
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return { says: first ? formatDiagnostic(first, files[first.file] ?? '') : `${path} is not a pact.` };
}
