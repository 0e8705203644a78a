/** Reads a pact and the files beside it: never outside its folder, never through a link. */
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { checkZone, formatDiagnostic, type LoadedPact, loadPact, PACT_LIMITS, type Pact } from '@surety/core/pact';
import { unrecordable } from '@surety/core/world';
import { AskError } from '../command.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { zoneOffset } from './zones.ts';

/** Bytes of a file that a person named; a folder, or no file, is one clear sentence. */
export function readNamed(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new AskError(`there is no file ${path}`);
    if (code === 'EISDIR') throw new AskError(`${path} is a folder; name the file in it`);
    throw error;
  }
}

/** A reader for the files beside a pact. What is not a plain file inside its folder is not there. */
export function readerBeside(path: string): (relative: string) => Uint8Array | undefined {
  const folder = realpathSync(dirname(resolve(path)));
  return (relative) => {
    const full = join(folder, relative);
    try {
      if (!full.startsWith(folder + sep) || !lstatSync(full).isFile() || realpathSync(full) !== full) return undefined;
      return lstatSync(full).size > PACT_LIMITS.allFilesBytes ? undefined : readFileSync(full);
    } catch {
      return undefined;
    }
  };
}

export interface NamedPact extends LoadedPact {
  readonly path: string;
  /** What the diagnostics look like, each with its line and caret. */
  readonly drawn: readonly string[];
}

export function loadNamed(path: string): NamedPact {
  const bytes = readNamed(path);
  const read = readerBeside(path);
  const loaded = recordable(checkZone(loadPact(path, bytes, read), path, zoneOffset), path);
  const own = new TextDecoder().decode(bytes);
  const textOf = (file: string): string => {
    const beside = file === path ? undefined : read(file);
    return beside ? new TextDecoder().decode(beside) : own;
  };
  return { ...loaded, path, drawn: loaded.diagnostics.map((d) => formatDiagnostic(d, textOf(d.file))) };
}

/** One that could not go on the record is not in order either. */
function recordable(loaded: LoadedPact, path: string): LoadedPact {
  const problem = loaded.pact && unrecordable(loaded.pact, path);
  return problem ? { ...loaded, pact: undefined, diagnostics: [...loaded.diagnostics, problem] } : loaded;
}

/** The pact, or its errors told and the answer that it could not be used. */
export function getPact(path: string, terminal: Terminal): Pact {
  const { pact, drawn, diagnostics } = loadNamed(path);
  if (pact) return pact;
  for (const [i, text] of drawn.entries()) if (diagnostics[i]?.severity === 'error') terminal.note(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  throw new AskError(
    `${path} has ${errors === 1 ? 'an error' : `${errors} errors`}; surety pact check ${path} shows ${errors === 1 ? 'it' : 'them'}`,
  );
}
