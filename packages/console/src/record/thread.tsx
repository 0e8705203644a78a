/** A conversation as it happened: what was said, what was done, what was decided about it. Nothing in it can be clicked by its text. */
import type { ConversationItem } from '@surety/core/wire';
import { Link } from 'wouter';
import { links } from '../links.ts';
import { Disclosure, ExactTime, Icon, PlainText } from '../ui/index.ts';
import { actorWords, counted, DecisionBadge } from '../words/index.ts';
import { Arguments, argsLine, valueText } from './arguments.tsx';
import css from './record.module.css';

type Of<T extends ConversationItem['item']> = Extract<ConversationItem, { item: T }>;

/** `shown`: the action that is looked at; `shownAt`: the item, where it has no id. */
export function Thread({
  items,
  shown,
  shownAt,
}: {
  readonly items: readonly ConversationItem[];
  readonly shown?: string;
  readonly shownAt?: number;
}) {
  return (
    <ol className={css['thread']} aria-label="Conversation">
      {items.map((item, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: items are only ever added at the end
          key={index}
          className={css[item.item]}
          data-shown={index === shownAt || (item.item === 'action' && item.id === shown)}
        >
          <Item item={item} />
        </li>
      ))}
    </ol>
  );
}

function Item({ item }: { readonly item: ConversationItem }) {
  switch (item.item) {
    case 'message':
      return <Message {...item} />;
    case 'action':
      return <Action {...item} />;
    case 'call':
      return <Call {...item} />;
    case 'erased':
      return <p className={css['quiet']}>{counted(item.steps, 'step')} erased; the commitments remain.</p>;
    default:
      return <Happened {...item} />;
  }
}

const SPEAKERS = { customer: 'Customer', agent: 'Agent', system: 'System' } as const;

const Message = ({ role, text, at }: Of<'message'>) => (
  <div className={css['message']} data-role={role}>
    <div className={css['speaker']}>
      {SPEAKERS[role]} {at && <ExactTime at={at} as="clock" />}
    </div>
    <PlainText text={text} />
  </div>
);

const Action = ({ id, tool, decision, enforced, args, hold, reported, result, at }: Of<'action'>) => (
  <div className={css['act']}>
    <div className={css['actHead']}>
      <DecisionBadge decision={decision} isEnforced={enforced} />
      <Link href={links.decision(id)} className={css['tool']}>
        {tool}
      </Link>
      {at && <ExactTime at={at} as="clock" />}
    </div>
    <Disclosure says={<PlainText text={argsLine(args)} />}>
      <Arguments args={args} now={hold?.edited_args ?? undefined} />
      {result !== null && result !== undefined && (
        <>
          <div className={css['label']}>{reported === 'failed' ? 'It failed with' : 'It answered'}</div>
          <PlainText text={valueText(result)} />
        </>
      )}
    </Disclosure>
    {hold && hold.answer !== 'open' && <p className={css['quiet']}>{answerSentence(hold)}</p>}
  </div>
);

const Call = ({ tool, args, result, ok, at }: Of<'call'>) => (
  <div className={css['act']}>
    <div className={css['actHead']}>
      <Icon name={ok === false ? 'cross' : 'right'} size={12} />
      <span className={css['tool']}>{tool}</span>
      {at && <ExactTime at={at} as="clock" />}
    </div>
    <Disclosure says={<PlainText text={argsLine(args)} />}>
      <Arguments args={args} />
      {result !== null && result !== undefined && <PlainText text={valueText(result)} />}
    </Disclosure>
  </div>
);

function answerSentence({ answer, by, reason, note }: NonNullable<Of<'action'>['hold']>): string {
  const who = by === null ? 'Silence' : actorWords(by);
  const why = [reason?.replaceAll('_', ' '), note].filter(Boolean).join(': ');
  const did = answer === 'expired' ? 'Nobody answered in time' : `${who} ${answer} it`;
  return why === '' ? `${did}.` : `${did}: ${why}.`;
}

function Happened(item: Of<'outcome' | 'verdict' | 'hand_over'>) {
  return (
    <p className={css['happened']}>
      <Icon name={item.item === 'hand_over' ? 'people' : 'note'} size={12} />
      <span>{happenedSentence(item)}</span>
      {item.at && <ExactTime at={item.at} as="clock" />}
    </p>
  );
}

function happenedSentence(item: Of<'outcome' | 'verdict' | 'hand_over'>): string {
  if (item.item === 'hand_over') {
    const to = item.queue ?? item.owner;
    return to === null ? 'Handed over to a person.' : `Handed over to a person (${to}).`;
  }
  if (item.item === 'outcome') {
    const words = item.outcome.replaceAll('_', ' ');
    return item.rating === null ? `Outcome: ${words}.` : `The customer rated it ${item.rating}.`;
  }
  const of = item.rule === null ? '' : ` of ${item.rule}`;
  return `Verdict by ${actorWords(item.by)}: ${item.verdict}${item.verdict === 'violation' ? of : ''}.`;
}
