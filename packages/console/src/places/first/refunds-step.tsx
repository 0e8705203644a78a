/** Three refunds to one customer over three conversations: none breaks a rule alone, the third passes the limit. */
import type { AnswerOf, ConversationView } from '@surety/core/wire';
import { Link } from 'wouter';
import { useAct, useBlocked, useConversation } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Button, ButtonLink, PlainText } from '../../ui/index.ts';
import { DecisionBadge } from '../../words/index.ts';
import css from './first.module.css';
import { Step } from './step.tsx';

type Action = Extract<ConversationView['items'][number], { item: 'action' }>;

const REFUND = 'issue_refund';
/** What was decided about the refund of a conversation; undefined while it has not come to that. */
const refundOf = (view: ConversationView | undefined): Action | undefined =>
  view?.items.find((item): item is Action => item.item === 'action' && item.tool === REFUND);

/** Who answers the hold in the queue finds it here again on the way back. */
let last: AnswerOf<'sample.ask'> | undefined;

export function RefundsStep() {
  const ask = useAct('sample.ask', { changes: ['conversations', 'holds'] });
  const blocked = useBlocked('sample.ask');
  last = ask.data ?? last;
  const shown = last;
  return (
    <Step n={1} title="A limit that sees across conversations">
      <p>
        A customer asks for 45 dollars in each of three conversations. Each refund alone is well below what the agent
        may give; the pact also says how much one customer may get in 30 days.
      </p>
      <Button
        kind={shown ? 'secondary' : 'primary'}
        icon="resume"
        blocked={blocked}
        isBusy={ask.isPending}
        onClick={() => ask.mutate({ params: { scenario: 'refunds' }, body: {} })}
      >
        {shown ? 'Again, with another customer' : 'Let the customer ask three times'}
      </Button>
      {shown && (
        <div className={css['shown']} aria-live="polite">
          <p>{shown.says}</p>
          <ol className={css['asked']} key={shown.conversation_ids[0]}>
            {shown.conversation_ids.map((id, index) => (
              <Refund key={id} id={id} n={index + 1} />
            ))}
          </ol>
        </div>
      )}
    </Step>
  );
}

function Refund({ id, n }: { readonly id: string; readonly n: number }) {
  const { data } = useConversation(id);
  const refund = refundOf(data);
  return (
    <li>
      <span className={css['quiet']}>Conversation {n}</span>
      {refund ? (
        <Decided refund={refund} conversation={data?.conversation ?? id} />
      ) : (
        <span>the customer is writing …</span>
      )}
    </li>
  );
}

const Decided = ({ refund, conversation }: { readonly refund: Action; readonly conversation: string }) => (
  <>
    <DecisionBadge decision={refund.decision} isEnforced={refund.enforced} />
    <span className={css['why']}>
      {refund.reasons[0] ? <PlainText text={refund.reasons[0].says} /> : '45 dollars: nothing stopped it'}
    </span>
    {refund.hold?.answer === 'open' ? (
      <ButtonLink href={links.card(conversation)} icon="queue">
        Answer it
      </ButtonLink>
    ) : (
      <Link href={links.decision(refund.id)}>The decision in full</Link>
    )}
  </>
);
