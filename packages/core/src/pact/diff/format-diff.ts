/** A diff as lines for a terminal: looser changes first, since a signer ticks those one by one. */
import type { Direction } from './change.ts';
import type { PactDiff } from './diff.ts';

const HEADS: Readonly<Record<Direction, string>> = {
  looser: 'Looser: the agent may do more',
  other: 'Changed: only a rehearsal of both shows which way',
  stricter: 'Stricter: the agent may do less',
};

export function formatDiff({ before, after, changes }: PactDiff): string {
  const head = `From ${before.pact} version ${before.version} to ${after.pact} version ${after.version}`;
  if (changes.length === 0)
    return `${head}\n${before.digest === after.digest ? 'Nothing changes: the files are the same.' : 'Nothing changes but the text of the files.'}`;
  const groups = (['looser', 'other', 'stricter'] as const)
    .map((direction) => [HEADS[direction], changes.filter((change) => change.direction === direction)] as const)
    .filter(([, group]) => group.length > 0)
    .map(([title, group]) => [title, ...group.map(({ what, says }) => `  ${what}: ${says}`)].join('\n'));
  return [head, ...groups].join('\n\n');
}
