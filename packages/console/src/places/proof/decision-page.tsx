/** One decision in full: the sentence first, then every rule as it came out, what it was judged on, and its receipt. */
import type { DecisionFull } from '@surety/core/wire';
import { Link } from 'wouter';
import { useDecision } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Arguments, Reasons, Thread, valueText } from '../../record/index.ts';
import { Await, Badge, CopyText, ExactTime, Note, Page, PlainText, Section, SkeletonRows } from '../../ui/index.ts';
import { actorWords, capital, DECIDED, DecisionBadge, laneWords, StateBadge } from '../../words/index.ts';
import { FactsPart, LimitsPart, RulesPart } from './judged-parts.tsx';
import css from './proof.module.css';
import { ReceiptPart } from './receipt-part.tsx';

export default function DecisionPage({ id }: { readonly id: string }) {
  const decision = useDecision(id);
  const full = decision.data;
  return (
    <Page
      title={full ? full.tool : 'Decision'}
      beside={full && <DecisionBadge decision={full.decision} isEnforced={full.enforced} />}
      back={{ href: links.proof(), says: 'Proof' }}
      sentence={full ? sentenceOf(full) : ' '}
    >
      <Await of={decision} skeleton={<SkeletonRows rows={8} says="Opening the decision" />}>
        {(shown) => <Full decision={shown} />}
      </Await>
    </Page>
  );
}

function sentenceOf({ agent, decision, enforced, reasons, imported }: DecisionFull): string {
  const [first] = reasons;
  const how = imported ? ' It was read from a recording.' : '';
  if (!first) return `${agent} asked, and nothing stopped it.${how}`;
  const did =
    enforced || decision === 'allow'
      ? capital(DECIDED[decision].word)
      : `In shadow: would have been ${DECIDED[decision].word}`;
  return `${did}: ${first.says}${/[.!?]$/.test(first.says) ? '' : '.'}${how}`;
}

function Full({ decision }: { readonly decision: DecisionFull }) {
  const { args, hold, reasons, tell_the_agent, trace, trace_cut, judged_again, result, reported, permitted } = decision;
  return (
    <div className={css['columns']}>
      <div className={css['main']}>
        <Section title="The action">
          <Arguments args={args} now={hold?.edited_args ?? undefined} />
        </Section>
        {reasons.length > 0 && (
          <Section title="Why">
            <Reasons reasons={reasons} />
          </Section>
        )}
        {tell_the_agent !== '' && (
          <Section title="What the agent was told">
            <blockquote className={css['told']}>{tell_the_agent}</blockquote>
          </Section>
        )}
        <Section title="Every rule" sentence={judged_again.sentence}>
          {judged_again.agrees === false && (
            <Note tone="deny" icon="alert">
              Judged again from what is on the record, this decision comes out differently. Look at it with whoever
              wrote the pact.
            </Note>
          )}
          <RulesPart rules={decision.rules} />
        </Section>
        <LimitsPart limits={decision.limits} currency={decision.pact?.currency} />
        <FactsPart facts={decision.facts} />
        <Section title="What became of it">
          <Became decision={decision} />
          {permitted === false && (
            <Note tone="deny" icon="alert">
              It ran although nothing had allowed it.
            </Note>
          )}
          {result !== null && result !== undefined && (
            <p className={css['quiet']}>
              {reported === 'failed' ? 'It failed with' : 'It answered'}: <PlainText text={valueText(result)} />
            </p>
          )}
        </Section>
        <Section title="The conversation before it">
          {trace_cut && <p className={css['quiet']}>Older steps are not shown here.</p>}
          {trace.length === 0 ? (
            <p className={css['quiet']}>Nothing was known about it yet.</p>
          ) : (
            <Thread items={trace} />
          )}
        </Section>
      </div>
      <aside className={css['aside']} aria-label="About this decision">
        <About decision={decision} />
        <Section title="Receipt">
          <ReceiptPart seq={decision.receipt.seq} />
        </Section>
      </aside>
    </div>
  );
}

function About({ decision: d }: { readonly decision: DecisionFull }) {
  return (
    <dl className={css['facts']}>
      <dt>Agent</dt>
      <dd>
        <Link href={links.agent(d.agent)}>{d.agent}</Link>, version {d.version}
      </dd>
      <dt>Lane</dt>
      <dd>
        {laneWords(d.lane)} <StateBadge state={d.state} />
      </dd>
      <dt>Pact</dt>
      <dd>
        {d.pact ? (
          <Link href={links.pact(d.pact.digest)}>
            {d.pact.name}, version {d.pact.version}
          </Link>
        ) : (
          'none in force'
        )}
      </dd>
      <dt>Conversation</dt>
      <dd>
        <Link href={links.conversation(d.conversation)}>
          <PlainText text={d.conversation_id ?? d.conversation} />
        </Link>
      </dd>
      <dt>Customer</dt>
      <dd>
        <PlainText text={d.customer ?? 'unknown or erased'} />
      </dd>
      <dt>When</dt>
      <dd>
        <ExactTime at={d.at} /> <ExactTime at={d.at} as="clock" />
      </dd>
      {d.args_sha256 && (
        <>
          <dt>Arguments</dt>
          <dd>
            <CopyText text={d.args_sha256} says="the digest of the arguments" />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Each thing that followed, with its entry. */
const Became = ({ decision: { entries, hold } }: { readonly decision: DecisionFull }) => (
  <ol className={css['entries']}>
    {entries.map(({ type, seq, by, at }) => (
      <li key={seq}>
        <ExactTime at={at} as="clock" />
        <span>
          {type.replace('.', ' ').replaceAll('_', ' ')}
          {type !== 'action.decided' && ` by ${actorWords(by)}`}
          {type === 'hold.answered' && hold && (
            <>
              {' '}
              <Badge>{hold.answer}</Badge>
              {hold.reason && ` ${hold.reason.replaceAll('_', ' ')}`}
              {hold.note && (
                <>
                  : <PlainText text={hold.note} />
                </>
              )}
            </>
          )}
        </span>
        <Link href={links.entry(seq)}>entry {seq}</Link>
      </li>
    ))}
  </ol>
);
