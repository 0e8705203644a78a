/** The files that a pact names: found, read, and hashed for its digest. */
import { canonical, decodeUtf8, encodeUtf8, sha256Hex } from '../../crypto/index.ts';
import type { Path } from '../diagnostic.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { isInside } from '../path-rule.ts';
import { readYaml, type Source } from '../source.ts';
import type { PactFile } from '../syntax.ts';
import type { Reporter } from './reporter.ts';

/** Reads a file beside the pact by its relative path; `undefined` where there is none (or it is a link). */
export type ReadFile = (path: string) => Uint8Array | undefined;

export interface NamedFile {
  readonly path: string;
  readonly sha256: string;
}

export interface LinkedFiles {
  /** Pact first, then every file it names, by path. */
  readonly files: readonly NamedFile[];
  text(path: string): string | undefined;
  source(path: string): Source | undefined;
}

/** Every place of the pact that names a file. */
function* mentions(file: PactFile): Iterable<readonly [Path, string]> {
  for (const [lane, { may, judged_on }] of Object.entries(file.lanes)) {
    for (const [tool, { args }] of Object.entries(may))
      if (typeof args === 'string') yield [['lanes', lane, 'may', tool, 'args'], args];
    for (const [name, { rubric }] of Object.entries(judged_on ?? {}))
      yield [['lanes', lane, 'judged_on', name, 'rubric'], rubric];
  }
  for (const [name, fact] of Object.entries(file.facts ?? {}))
    if (fact.from === 'table') yield [['facts', name, 'file'], fact.file];
}

export function linkFiles(
  pactPath: string,
  pactBytes: Uint8Array,
  file: PactFile,
  read: ReadFile,
  reporter: Reporter,
): LinkedFiles {
  const bytes = new Map([[pactPath, pactBytes]]);
  // A pact that names itself is read as what it is named for, and told that it is none.
  const texts = new Map([[pactPath, decodeUtf8(pactBytes) ?? '']]);
  let total = pactBytes.length;
  for (const [path, name] of mentions(file)) {
    const normal = name.replace(/^(\.\/)+/, '');
    if (bytes.has(normal)) continue;
    if (!isInside(name)) {
      reporter.error(path, 'path_escapes', `${name} must lie in the folder of the pact, named by a relative path`);
      continue;
    }
    const found = read(normal);
    const text = found && decodeUtf8(found);
    if (!found || text === undefined) {
      reporter.error(
        path,
        'file_missing',
        found ? `${name} is not UTF-8 text` : `There is no file ${name} beside the pact`,
      );
      continue;
    }
    if (text.trim() === '') {
      reporter.error(path, 'file_empty', `The file ${name} is empty`, 'write it, or take its name out of the pact');
      continue;
    }
    total += found.length;
    if (total > PACT_LIMITS.allFilesBytes) {
      reporter.error(
        path,
        'limit_all_files_bytes',
        `A pact and its files have at most ${PACT_LIMITS.allFilesBytes} bytes together`,
      );
      break;
    }
    bytes.set(normal, found);
    texts.set(normal, text);
  }
  return {
    files: [...bytes].map(([path, content]) => ({ path, sha256: sha256Hex(content) })),
    text: (name) => texts.get(name.replace(/^(\.\/)+/, '')),
    source: sourceReader(texts, reporter),
  };
}

function sourceReader(texts: ReadonlyMap<string, string>, reporter: Reporter): (name: string) => Source | undefined {
  const sources = new Map<string, Source | undefined>();
  return (name) => {
    const path = name.replace(/^(\.\/)+/, '');
    if (sources.has(path)) return sources.get(path);
    const text = texts.get(path);
    const read = text === undefined ? undefined : readYaml(path, text);
    if (read && !read.ok) reporter.addAll(read.error);
    const source = read?.ok ? read.value : undefined;
    sources.set(path, source);
    return source;
  };
}

/** The digest of a pact: SHA-256 of the canonical JSON `{ format, files: [{ path, sha256 }] }`, sorted by path. */
export function digestOf(format: number, files: readonly NamedFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, sha256 }) => ({ path, sha256 }));
  return `sha256:${sha256Hex(encodeUtf8(canonical({ format, files: sorted })))}`;
}
