/** The cards, the most urgent first: who, what, why, and until when. */
import type { HoldCard } from '@surety/core/wire';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { links } from '../../links.ts';
import { Badge, Money, PlainText, RelativeTime } from '../../ui/index.ts';
import { actorWords, laneWords } from '../../words/index.ts';
import css from './queue.module.css';

export function CardList({
  cards,
  chosen,
  query,
}: {
  readonly cards: readonly HoldCard[];
  readonly chosen: string | undefined;
  readonly query: string;
}) {
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the chosen row that is brought into sight
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <ul ref={list} className={css['list']} aria-label="Conversations that wait">
      {cards.map((card) => (
        <li key={card.conversation}>
          <Link
            href={`${links.card(card.conversation)}${query}`}
            className={css['row']}
            aria-current={card.conversation === chosen}
            replace
          >
            <Row card={card} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Row({ card }: { readonly card: HoldCard }) {
  const { holds, agent, customer, owner, answer_by, late } = card;
  const [first] = holds;
  const taken = holds.every(({ acknowledged }) => acknowledged) && first?.acknowledged;
  return (
    <>
      <span className={css['rowHead']}>
        <strong>{first?.tool}</strong>
        {first?.money && <Money minor={first.money.minor} currency={first.money.currency} />}
        {holds.length > 1 && <Badge tone="accent">{`+ ${holds.length - 1}`}</Badge>}
        <span className={css['due']}>
          {late ? (
            <Badge tone="deny" icon="alert">
              late
            </Badge>
          ) : (
            <>
              due <RelativeTime at={answer_by} />
            </>
          )}
        </span>
      </span>
      <span className={css['why']}>{first?.reasons[0] && <PlainText text={first.reasons[0].says} />}</span>
      <span className={css['rowFoot']}>
        <PlainText text={customer ?? 'customer erased'} />
        <span>{laneWords(first?.lane ?? null)}</span>
        <span>{agent}</span>
        <span>{taken ? `taken by ${actorWords(taken.by)}` : owner}</span>
      </span>
    </>
  );
}
