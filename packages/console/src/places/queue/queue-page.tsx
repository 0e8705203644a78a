/** Should this go out, and who owns it? One card a conversation; the conversation beside it. */
import type { HoldCard, HoldList } from '@surety/core/wire';
import { type Ref, useEffect, useRef } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useHolds, usePending } from '../../api/index.ts';
import { links } from '../../links.ts';
import {
  Await,
  announce,
  Empty,
  Page,
  Select,
  seenText,
  spanText,
  useIsNarrow,
  useShortcuts,
  useTicking,
} from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import { CardDetail } from './card-detail.tsx';
import { CardList } from './card-list.tsx';
import css from './queue.module.css';

export default function QueuePage({ conversation }: { readonly conversation?: string }) {
  const [search, setSearch] = useSearchParams();
  const owner = search.get('owner') ?? undefined;
  const holds = useHolds(owner === undefined ? {} : { owner });
  return (
    <Page
      title="Queue"
      isFull
      sentence={holds.data && <QueueSentence of={holds.data} />}
      acts={
        <Owners
          owners={holds.data?.owners ?? []}
          chosen={owner ?? ''}
          onChoose={(name) => setSearch(name === '' ? {} : { owner: name })}
        />
      }
    >
      <Await of={holds}>
        {({ cards }) => (
          <Cards cards={cards} chosen={conversation} query={owner ? `?owner=${encodeURIComponent(owner)}` : ''} />
        )}
      </Await>
    </Page>
  );
}

function QueueSentence({ of: { cards, open, conversations, late } }: { readonly of: HoldList }) {
  const first = cards[0];
  const due = useTicking((now) => {
    const left = Date.parse(first?.answer_by ?? '') - now;
    return left < 0 ? `the most urgent is ${spanText(-left)} late` : `the most urgent is due in ${spanText(left)}`;
  });
  if (!first) return 'Nothing waits for a person.';
  const lateWords = late === 0 ? '' : ` ${late === 1 ? 'One is' : `${late} are`} late.`;
  const shownWords = cards.length < conversations ? ` The ${cards.length} most urgent are shown.` : '';
  return `${counted(conversations, 'conversation waits', 'conversations wait')} for a person, ${counted(open, 'action')} in all; ${due}.${lateWords}${shownWords}`;
}

function Owners({
  owners: known,
  chosen,
  onChoose,
}: {
  readonly owners: readonly string[];
  readonly chosen: string;
  readonly onChoose: (owner: string) => void;
}) {
  const owners = [...new Set([...known, ...(chosen === '' ? [] : [chosen])])].sort();
  if (owners.length < 2 && chosen === '') return null;
  return (
    <Select label="Owner" value={chosen} onChange={({ target }) => onChoose(target.value)}>
      <option value="">Every owner</option>
      {owners.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  );
}

function Cards({
  cards,
  chosen,
  query,
}: {
  readonly cards: readonly HoldCard[];
  readonly chosen: string | undefined;
  readonly query: string;
}) {
  const [, go] = useLocation();
  const isNarrow = useIsNarrow();
  const pending = usePending();
  const shown = cards.filter((card) => !pending.some(({ conversation }) => conversation === card.conversation));
  const at = shown.findIndex((card) => card.conversation === chosen);
  const card = shown[at] ?? (isNarrow || chosen !== undefined ? undefined : shown[0]);
  // Where the card that is looked at goes, by an answer or by another person, the one that takes its place comes next.
  const last = useRef(0);
  useEffect(() => {
    if (at >= 0) last.current = at;
  }, [at]);

  // After an answer the focus is on what comes next; what had it is gone.
  const [isAnswered, detail] = [useRef(false), useRef<HTMLElement>(null)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is another card, or none, that asks for the focus
  useEffect(() => {
    if (!isAnswered.current) return;
    isAnswered.current = false;
    (detail.current ?? document.getElementById('main'))?.focus({ preventScroll: true });
  }, [chosen, card?.conversation]);

  const open = (next: HoldCard | undefined) =>
    go(`${next ? links.card(next.conversation) : links.queue()}${query}`, { replace: !isNarrow });
  const step = (by: number) => {
    const from = card ? shown.indexOf(card) : last.current - (by > 0 ? 1 : 0);
    open(shown[Math.min(Math.max(from + by, 0), shown.length - 1)]);
  };
  const leave = () => {
    const from = card ? shown.indexOf(card) : -1;
    const next = shown[from + 1] ?? shown[from - 1];
    isAnswered.current = true;
    announce(next ? `Next: ${seenText(next.conversation_id ?? next.conversation)}` : 'Nothing else waits.');
    open(isNarrow ? undefined : next);
  };
  useShortcuts([
    { keys: 'j', says: 'Next card', run: () => step(1) },
    { keys: 'k', says: 'Previous card', run: () => step(-1) },
  ]);

  if (shown.length === 0 && chosen === undefined)
    return <NothingWaits hasPending={pending.some(({ isSent }) => !isSent)} />;
  if (isNarrow)
    return chosen === undefined ? (
      <CardList cards={shown} chosen={undefined} query={query} />
    ) : (
      <Detail card={card} conversation={chosen} onLeave={leave} ref={detail} />
    );
  return (
    <div className={css['panes']}>
      <CardList cards={shown} chosen={card?.conversation} query={query} />
      <Detail card={card} conversation={chosen} onLeave={leave} ref={detail} />
    </div>
  );
}

const NothingWaits = ({ hasPending }: { readonly hasPending: boolean }) => (
  <Empty title="Nothing waits for a person.">
    {hasPending
      ? 'Your last answers are sent in a few seconds; U takes the last one back.'
      : 'When a rule holds an action, its conversation stands here with the rule’s sentence and its answer time.'}
  </Empty>
);

function Detail({
  card,
  conversation,
  onLeave,
  ref,
}: {
  readonly card: HoldCard | undefined;
  readonly conversation: string | undefined;
  readonly onLeave: () => void;
  readonly ref: Ref<HTMLElement>;
}) {
  if (card) return <CardDetail key={card.conversation} card={card} onLeave={onLeave} ref={ref} />;
  return conversation === undefined ? (
    <NothingHere />
  ) : (
    <Unlisted key={conversation} conversation={conversation} onLeave={onLeave} ref={ref} />
  );
}

/** A link leads to a card that the list leaves out too: for its owner, or for the many that are more urgent. */
function Unlisted({
  conversation,
  onLeave,
  ref,
}: {
  readonly conversation: string;
  readonly onLeave: () => void;
  readonly ref: Ref<HTMLElement>;
}) {
  const holds = useHolds({ conversation });
  const isAnswered = usePending().some((one) => one.conversation === conversation);
  return (
    <Await of={holds}>
      {({ cards: [card] }) =>
        card && !isAnswered ? (
          <CardDetail card={card} onLeave={onLeave} ref={ref} />
        ) : (
          <NothingHere conversation={conversation} />
        )
      }
    </Await>
  );
}

const NothingHere = ({ conversation }: { readonly conversation?: string }) => (
  <Empty title="Nothing in this conversation waits any more.">
    {conversation && <a href={links.conversation(conversation)}>Read the conversation</a>} It was answered, ran out, or
    is being sent.
  </Empty>
);
