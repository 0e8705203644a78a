/** What happened in this conversation, and can I prove it? */
import { Link } from 'wouter';
import { useConversation } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Thread } from '../../record/index.ts';
import { Await, ButtonLink, Empty, Page, PlainText, SkeletonRows } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import css from './proof.module.css';

export default function ConversationPage({ conversation }: { readonly conversation: string }) {
  const asked = useConversation(conversation);
  const view = asked.data;
  const open = view?.items.some((item) => item.item === 'action' && item.hold?.answer === 'open') ?? false;
  const decided = view?.items.filter((item) => item.item === 'action').length ?? 0;
  return (
    <Page
      title={view?.conversation_id ?? view?.conversation ?? 'Conversation'}
      back={{ href: links.proof(), says: 'Proof' }}
      sentence={
        view ? (
          <>
            <PlainText text={view.customer ?? 'A customer'} /> with{' '}
            {view.agents.map((agent, index) => (
              <span key={agent}>
                {index > 0 && ', '}
                <Link href={links.agent(agent)}>{agent}</Link>
              </span>
            ))}
            ; {counted(decided, 'decision')} on the record.
          </>
        ) : (
          ' '
        )
      }
      acts={
        open && view ? (
          <ButtonLink href={links.card(view.conversation)} kind="primary" icon="queue">
            Answer what is waiting
          </ButtonLink>
        ) : undefined
      }
    >
      <Await of={asked} skeleton={<SkeletonRows rows={8} says="Opening the conversation" />}>
        {({ items, cut }) => (
          <div className={css['narrow']}>
            {cut && <p className={css['quiet']}>Older items are not shown here.</p>}
            {items.length === 0 ? (
              <Empty title="Nothing is known about this conversation." />
            ) : (
              <Thread items={items} />
            )}
          </div>
        )}
      </Await>
    </Page>
  );
}
