/** One held action: what is to be done, the sentence of each rule that stopped it, and what silence means. */
import type { HoldCard } from '@surety/core/wire';
import { Link } from 'wouter';
import { links } from '../../links.ts';
import { Arguments, Reasons } from '../../record/index.ts';
import { Badge, Check, Money, PlainText, RelativeTime } from '../../ui/index.ts';
import { laneWords } from '../../words/index.ts';
import css from './queue.module.css';

type Hold = HoldCard['holds'][number];

const SILENCE = {
  deny: 'it is denied',
  keep_holding: 'it stays held',
  route_to_owner: 'the conversation goes to its owner',
} as const;

export function HoldPart({
  hold,
  isChosen,
  onChoose,
}: {
  readonly hold: Hold;
  readonly isChosen: boolean;
  /** Where a card has several: whether the answer covers this one. */
  readonly onChoose: ((isChosen: boolean) => void) | undefined;
}) {
  const { tool, lane, args, reasons, tell_the_human, since, expires, then, action, money, is, state } = hold;
  const isDraft = is === 'reply' && state === 'supervised';
  const says = reasons[0]?.says;
  const title = (
    <>
      <span className={css['tool']}>{tool}</span> <span className={css['quiet']}>{laneWords(lane)}</span>
      {money && (
        <span className={css['money']}>
          <Money minor={money.minor} currency={money.currency} />
        </span>
      )}
      {isDraft && <Badge icon="edit">draft</Badge>}
    </>
  );
  return (
    <section className={css['hold']} aria-label={`Held: ${tool}`} data-chosen={isChosen}>
      <div className={css['holdHead']}>
        {onChoose ? (
          <Check label={title} checked={isChosen} onChange={({ target }) => onChoose(target.checked)} />
        ) : (
          <h3>{title}</h3>
        )}
        <Link href={links.decision(action)} className={css['full']}>
          The decision in full
        </Link>
      </div>
      <Arguments args={args} />
      <Reasons reasons={reasons} />
      {tell_the_human !== '' && tell_the_human !== says && (
        <p>
          <PlainText text={tell_the_human} />
        </p>
      )}
      <p className={css['quiet']}>
        Held <RelativeTime at={since} />. If nobody answers, {SILENCE[then]}
        {expires !== null && (
          <>
            {' '}
            <RelativeTime at={expires} />
          </>
        )}
        .
      </p>
    </section>
  );
}
