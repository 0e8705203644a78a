/** One card: what is held and why, what a person may do about it, and the conversation it stands in. */
import type { HoldCard } from '@surety/core/wire';
import { type Ref, useState } from 'react';
import { Link } from 'wouter';
import { answerLater, useAct, useBlocked, useConversation } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Thread } from '../../record/index.ts';
import {
  Await,
  Button,
  Icon,
  Kbd,
  PlainText,
  RelativeTime,
  seenText,
  TextArea,
  useIsNarrow,
  useShortcuts,
} from '../../ui/index.ts';
import { actorWords, counted } from '../../words/index.ts';
import { EditDialog } from './edit-dialog.tsx';
import { HoldPart } from './hold-part.tsx';
import css from './queue.module.css';
import { RefuseDialog } from './refuse-dialog.tsx';

type Hold = HoldCard['holds'][number];

export function CardDetail({
  card,
  onLeave,
  ref,
}: {
  readonly card: HoldCard;
  readonly onLeave: () => void;
  readonly ref: Ref<HTMLElement>;
}) {
  const isNarrow = useIsNarrow();
  const conversation = useConversation(card.conversation);
  return (
    <article
      ref={ref}
      tabIndex={-1}
      className={css['detail']}
      aria-label={`Conversation ${seenText(card.conversation_id ?? card.conversation)}`}
    >
      {isNarrow && (
        <Link href={links.queue()} className={css['back']}>
          <Icon name="left" size={12} /> Queue
        </Link>
      )}
      <Head card={card} />
      <Answering card={card} onLeave={onLeave} />
      <section aria-label="What happened before" className={css['talk']}>
        <h3>What happened</h3>
        <Await of={conversation}>
          {({ items }) => <Thread items={items} {...(card.holds[0] ? { shown: card.holds[0].action } : {})} />}
        </Await>
      </section>
    </article>
  );
}

const Head = ({
  card: { conversation, conversation_id, customer, agent, owner, primary, backup, answer_by, late, holds },
}: {
  readonly card: HoldCard;
}) => {
  const taken = holds.find(({ acknowledged }) => acknowledged)?.acknowledged;
  const persons = [primary, backup].filter((name) => name !== null).join(', then ');
  return (
    <header className={css['detailHead']}>
      <h2>
        <PlainText text={customer ?? 'Customer erased'} />
      </h2>
      <p className={css['quiet']}>
        <Link href={links.conversation(conversation)}>
          <PlainText text={conversation_id ?? conversation} />
        </Link>{' '}
        · handled by <Link href={links.agent(agent)}>{agent}</Link> · {owner}
        {persons !== '' && ` (${persons})`} · {late ? 'was due' : 'due'} <RelativeTime at={answer_by} />
        {taken && ` · taken by ${actorWords(taken.by)}`}
      </p>
    </header>
  );
};

function Answering({ card, onLeave }: { readonly card: HoldCard; readonly onLeave: () => void }) {
  const [left, setLeft] = useState<readonly string[]>([]);
  const [note, setNote] = useState<string>();
  const [open, setOpen] = useState<'refuse' | 'edit'>();
  const answer = useAct('hold.answer', { changes: ['holds', 'today', 'conversations', 'decisions'] });
  const take = useAct('hold.acknowledge', {
    changes: ['holds'],
    says: () => 'Taken. The others see that you are on it.',
  });
  const blocked = useBlocked('hold.answer');
  const chosen = card.holds.filter(({ id }) => !left.includes(id));
  const none = chosen.length === 0 ? 'Choose at least one action.' : undefined;
  const erased = chosen.some(({ args_sha256 }) => args_sha256 === null)
    ? 'Its arguments were erased; it can only be refused.'
    : undefined;
  const several = chosen.length > 1 ? 'Only one action can be edited at a time; choose one.' : undefined;
  const stops = {
    approve: blocked ?? none ?? erased,
    edit: blocked ?? none ?? erased ?? several,
    refuse: blocked ?? none,
  };
  const untaken = card.holds.filter(({ acknowledged }) => !acknowledged);

  function give(verb: 'approve' | 'refuse', reason?: string, said = note) {
    const [first, ...also] = chosen;
    if (!first) return;
    const says = `${verb === 'approve' ? 'Approved' : 'Refused'}: ${chosen.map(({ tool }) => tool).join(', ')}`;
    setOpen(undefined);
    answerLater(card.conversation, says, () =>
      answer.mutateAsync({
        params: { id: first.id },
        body: {
          answer: verb,
          ...(first.args_sha256 === null ? {} : { args_sha256: first.args_sha256 }),
          ...(reason === undefined ? {} : { reason }),
          ...(said ? { note: said } : {}),
          ...(also.length === 0
            ? {}
            : { also: also.map(({ id, args_sha256 }) => ({ id, args_sha256: args_sha256 ?? '' })) }),
        },
      }),
    );
    onLeave();
  }
  const takeAll = () => {
    for (const { id } of untaken) take.mutate({ params: { id }, body: {} });
  };
  const unless = (stop: string | undefined, run: () => void) => () => stop === undefined && run();
  useShortcuts([
    { keys: 'a', says: 'Approve', run: unless(stops.approve, () => give('approve')) },
    { keys: 'e', says: 'Edit, then approve', run: unless(stops.edit, () => setOpen('edit')) },
    { keys: 'r', says: 'Refuse', run: unless(stops.refuse, () => setOpen('refuse')) },
    { keys: 't', says: 'Take it', run: unless(blocked, takeAll) },
    { keys: 'n', says: 'Add a note to your answer', run: unless(blocked, () => setNote(note ?? '')) },
  ]);

  return (
    <>
      <div className={css['holds']}>
        {card.holds.map((hold) => (
          <HoldPart
            key={hold.id}
            hold={hold}
            isChosen={!left.includes(hold.id)}
            onChoose={
              card.holds.length > 1
                ? (is) => setLeft(is ? left.filter((id) => id !== hold.id) : [...left, hold.id])
                : undefined
            }
          />
        ))}
      </div>
      {note !== undefined && (
        <TextArea
          label="Note"
          hint="Goes with your answer, for whoever looks at it later."
          rows={2}
          maxLength={2_000}
          value={note}
          autoFocus
          onChange={({ target }) => setNote(target.value)}
        />
      )}
      <fieldset className={css['bar']} aria-label="Your answer">
        <Button
          kind="primary"
          icon="check"
          blocked={stops.approve}
          isBusy={answer.isPending}
          onClick={() => give('approve')}
        >
          {chosen.length > 1 ? `Approve ${counted(chosen.length, 'action')}` : 'Approve'} <Kbd keys="a" />
        </Button>
        <Button icon="edit" blocked={stops.edit} onClick={() => setOpen('edit')}>
          Edit <Kbd keys="e" />
        </Button>
        <Button kind="danger" icon="cross" blocked={stops.refuse} onClick={() => setOpen('refuse')}>
          Refuse <Kbd keys="r" />
        </Button>
        {untaken.length > 0 && (
          <Button kind="quiet" icon="person" blocked={blocked} onClick={takeAll}>
            Take <Kbd keys="t" />
          </Button>
        )}
        {note === undefined && (
          <Button kind="quiet" icon="note" blocked={blocked} onClick={() => setNote('')}>
            Note <Kbd keys="n" />
          </Button>
        )}
      </fieldset>
      {open === 'refuse' && (
        <RefuseDialog
          count={chosen.length}
          note={note ?? ''}
          onRefuse={(reason, said) => give('refuse', reason, said)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'edit' && chosen[0] && (
        <EditDialog hold={chosen[0] as Hold} note={note ?? ''} onDone={onLeave} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}
