/** What publishing a version does to each lane that the one before has too: nothing, a change, or more that agents may do. */
import type { Pact } from '../pact.ts';
import { same } from './change.ts';
import { diffPacts } from './diff.ts';

export type LaneEffect = 'unchanged' | 'changed' | 'widened';

/** What decisions and trust rest on beside the lane itself. */
const SECTIONS = ['channels', 'currency', 'zone', 'trust', 'define', 'facts', 'reads', 'results', 'types'] as const;

export function laneEffects(before: Pact, after: Pact): ReadonlyMap<string, LaneEffect> {
  const looser = diffPacts(before, after)
    .changes.filter(({ direction }) => direction === 'looser')
    .map(({ what }) => what);
  const isElsewhereSame =
    SECTIONS.every((key) => same(before.file[key], after.file[key])) && same(named(before), named(after));
  const both = [...after.lanes.keys()].filter((lane) => before.lanes.has(lane));
  return new Map(
    both.map((lane) => {
      if (looser.some((what) => isOf(what, lane, before, after))) return [lane, 'widened'];
      const isSame = isElsewhereSame && same(before.file.lanes[lane], after.file.lanes[lane]);
      return [lane, isSame ? 'unchanged' : 'changed'];
    }),
  );
}

/** Schemas, rubrics and tables; the first file is the pact itself. */
const named = ({ files: [, ...others] }: Pact) => others.map(({ path, sha256 }) => [path, sha256]);

/** A read that was opened is open to every lane. */
function isOf(what: string, lane: string, before: Pact, after: Pact): boolean {
  if (what === lane || what.startsWith(`${lane} `) || what.startsWith('reads ')) return true;
  return [before, after].some(({ rules }) => rules.some((rule) => rule.id === what && rule.lane === lane));
}
