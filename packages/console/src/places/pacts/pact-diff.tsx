/** What a pact changes of the version in force, looser changes first. */
import type { Explanation } from '@surety/core/pact';
import type { PactText } from '@surety/core/wire';
import { Link } from 'wouter';
import { links } from '../../links.ts';
import { Badge, Section } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import css from './pacts.module.css';

type Diff = NonNullable<PactText['diff']>;
export type Change = Diff['changes'][number];

const DIRECTIONS = {
  looser: { word: 'looser', tone: 'hold', icon: 'plus' },
  stricter: { word: 'stricter', tone: 'limited', icon: 'minus' },
  other: { word: 'changed', tone: 'plain', icon: 'edit' },
} as const;

/** What a rule says, by its id; a place that is no rule says itself. */
const saysOf = ({ lanes, closing }: Explanation, what: string): string | undefined =>
  [...lanes.flatMap(({ paragraphs }) => paragraphs), ...closing]
    .flatMap(({ sentences }) => sentences)
    .find(({ id }) => id === what)?.says;

export function PactDiff({
  diff: { against, changes },
  explanation,
}: {
  readonly diff: Diff;
  readonly explanation: Explanation;
}) {
  const looser = changes.filter(({ direction }) => direction === 'looser').length;
  return (
    <Section
      title="What it changes"
      sentence={
        <>
          {changes.length === 0
            ? 'Nothing but the text of its files'
            : `${counted(changes.length, 'change')}, ${looser} of them looser`}
          , against <Link href={links.pact(against.digest)}>version {against.version}</Link>, which is in force.
        </>
      }
    >
      {changes.length > 0 && (
        <ul className={css['changes']}>
          {changes.map((change) => (
            <li key={`${change.what} ${change.says}`} className={css['change']}>
              <DirectionBadge direction={change.direction} />
              <div>
                <p>{change.says}</p>
                <small>
                  <code>{change.what}</code> {saysOf(explanation, change.what)?.replaceAll('`', '')}
                </small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

export function DirectionBadge({ direction }: Pick<Change, 'direction'>) {
  const { word, tone, icon } = DIRECTIONS[direction];
  return (
    <span>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
    </span>
  );
}
