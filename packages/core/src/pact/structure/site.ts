/** What a structural check looks at: the file as written, and the names that are declared in it. */
import { isJsonObject, type Json, ownMember } from '../../terms/json.ts';
import type { Path } from '../diagnostic.ts';
import { Reporter } from '../link/reporter.ts';
import type { Source } from '../source.ts';
import { HAND_OVER, type PactFile } from '../syntax.ts';

/** Sections that could not be read are absent; what is wrong with them is told already. */
export type ReadSections = Partial<PactFile>;

export interface Site {
  readonly source: Source;
  readonly reporter: Reporter;
  /** Names as written, also of entries that could not be read: a reference to those is no second error. */
  readonly owners: ReadonlySet<string>;
  readonly consequences: ReadonlySet<string>;
  readonly lanes: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  /** Tools of every lane, and `hand_over`. */
  readonly tools: ReadonlySet<string>;
  toolsOf(lane: string): ReadonlySet<string>;
}

/** `source` says what is written, `places` where the parts of the file that was read stand in it. */
export function siteOf(source: Source, places: Source): Site {
  const root = source.value;
  const namesIn = (value: Json | undefined): ReadonlySet<string> =>
    new Set(isJsonObject(value) ? Object.keys(value) : []);
  const lanes = ownMember(root, 'lanes');
  const laneNames = namesIn(lanes);
  const toolsOf = (lane: string): ReadonlySet<string> => namesIn(ownMember(ownMember(lanes, lane), 'may'));
  return {
    source: places,
    reporter: new Reporter(places),
    owners: namesIn(ownMember(root, 'owners')),
    consequences: namesIn(ownMember(root, 'consequences')),
    lanes: laneNames,
    reads: namesIn(ownMember(root, 'reads')),
    targets: new Set([...laneNames].flatMap((lane) => idsIn(ownMember(ownMember(lanes, lane), 'weekly_targets')))),
    tools: new Set([...[...laneNames].flatMap((lane) => [...toolsOf(lane)]), HAND_OVER]),
    toolsOf,
  };
}

function idsIn(list: Json | undefined): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((item) => ownMember(item, 'id')).filter((id) => typeof id === 'string');
}

export const entries = <T>(map: Readonly<Record<string, T>> | undefined): [string, T][] => Object.entries(map ?? {});

/** The keys of `options` that the file writes at `path`, in the order of `options`. */
export const writtenOf = (site: Site, path: Path, options: readonly string[]): string[] =>
  options.filter((option) => site.source.has([...path, option]));

/** Exactly one of several keys: none is missing, and each further one is too much. */
export function requireOne(site: Site, path: Path, options: readonly string[], what: string): void {
  const written = writtenOf(site, path, options);
  const list = options.join(' or ');
  if (written.length === 0) site.reporter.errorAtKey(path, 'missing_key', `${what} needs ${list}`);
  for (const extra of written.slice(1)) {
    site.reporter.errorAtKey([...path, extra], 'bad_value', `${what} has only one of ${list}`);
  }
}
