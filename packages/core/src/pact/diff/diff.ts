/** What changes from one pact to another, by meaning: stricter, looser, or other where that cannot be decided. */
import type { Pact } from '../pact.ts';
import type { Change, Direction } from './change.ts';
import { laneChanges } from './lane-changes.ts';
import { ruleChanges } from './rule-changes.ts';
import { sectionChanges } from './section-changes.ts';

export interface PactDiff {
  readonly before: { readonly pact: string; readonly version: number; readonly digest: string };
  readonly after: { readonly pact: string; readonly version: number; readonly digest: string };
  /** Looser ones first: a signer ticks those one by one. */
  readonly changes: readonly Change[];
}

const RANK: Readonly<Record<Direction, number>> = { looser: 0, other: 1, stricter: 2 };

export function diffPacts(before: Pact, after: Pact): PactDiff {
  const name = ({ name: pact, version, digest }: Pact) => ({ pact, version, digest });
  const changes = [...laneChanges(before, after), ...ruleChanges(before, after), ...sectionChanges(before, after)];
  return {
    before: name(before),
    after: name(after),
    changes: changes.sort(
      (a, b) => RANK[a.direction] - RANK[b.direction] || (a.what < b.what ? -1 : a.what > b.what ? 1 : 0),
    ),
  };
}
