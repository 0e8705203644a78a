/** Ids are unique in the pact, and every rule has one condition. */
import type { Path } from '../diagnostic.ts';
import { entries, type ReadSections, requireOne, type Site } from './site.ts';

const LISTS = ['never', 'ask_a_human_if', 'must', 'limits', 'weekly_targets'] as const;

export function checkRules(file: ReadSections, site: Site): void {
  const first = new Map<string, Path>();
  for (const [name, lane] of entries(file.lanes)) {
    for (const list of LISTS) {
      (lane[list] ?? []).forEach(({ id }, i) => {
        const path = ['lanes', name, list, i, 'id'];
        const earlier = first.get(id);
        if (!earlier) first.set(id, path);
        else reportDuplicate(id, path, earlier, site);
      });
    }
    for (const list of ['never', 'ask_a_human_if'] as const) {
      for (const i of (lane[list] ?? []).keys())
        requireOne(site, ['lanes', name, list, i], ['when', 'unless'], 'A rule');
    }
  }
}

function reportDuplicate(id: string, a: Path, b: Path, site: Site): void {
  const [lineA, lineB] = [site.source.rangeAt(a).line, site.source.rangeAt(b).line];
  const [path, line] = lineA >= lineB ? [a, lineB] : [b, lineA];
  site.reporter.error(path, 'duplicate_id', `${id} stands in line ${line} already; give each rule an id of its own`);
}
