/** What needs me now? */
import type { Today } from '@surety/core/wire';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSession, useToday } from '../../api/index.ts';
import { links } from '../../links.ts';
import {
  Await,
  Badge,
  Button,
  ButtonLink,
  Code,
  Empty,
  Icon,
  type IconName,
  Note,
  Page,
  PlainText,
  RelativeTime,
  Section,
  skipFirst,
  useIsFirstTime,
  useTicking,
} from '../../ui/index.ts';
import { actorWords, counted, laneWords } from '../../words/index.ts';
import { DecisionMix } from './decision-mix.tsx';
import { Standing } from './standing.tsx';
import css from './today.module.css';
import { todaySentence } from './today-sentence.ts';

export function TodayPage() {
  const asked = useToday();
  const { data: today } = asked;
  const sentence = useTicking((nowMs) => (today ? todaySentence(today, nowMs) : ' '));
  return (
    <Page title="Today" sentence={sentence}>
      <Around />
      <Await of={asked}>
        {(shown) =>
          shown.agents === 0 ? (
            <Empty title="No agent is registered yet">
              <p>Register the first one, name it in a pact, have that signed and publish it: then it may act here.</p>
              <Code>{'surety agent add NAME\nsurety init my-pact'}</Code>
            </Empty>
          ) : (
            <>
              <div className={css['columns']}>
                <Waiting today={shown} />
                <Since today={shown} />
              </div>
              <Standing />
            </>
          )
        }
      </Await>
    </Page>
  );
}

/** On a sample desk, until it was seen or skipped. */
function Around() {
  const { data: session } = useSession();
  const isFirst = useIsFirstTime();
  if (!session?.sample || !isFirst) return null;
  return (
    <Note tone="accent" icon="resume">
      <div className={css['around']}>
        <span>
          <strong>Two minutes to see it:</strong> a limit across conversations, a stop that takes effect at once, and a
          pact on your own recordings.
        </span>
        <ButtonLink href={links.first()} kind="primary">
          Show me
        </ButtonLink>
        <Button onClick={skipFirst}>Skip</Button>
      </div>
    </Note>
  );
}

/** All that a person can do something about, the most urgent first. */
function Waiting({ today }: { readonly today: Today }) {
  const rows = [...holdItems(today), ...stopItems(today), ...pactItems(today)];
  return (
    <Section title="Waiting">
      {rows.length === 0 ? (
        <Empty title="Nothing is waiting">
          <p>What the gate holds for a person appears here, most urgent first.</p>
        </Empty>
      ) : (
        <ul className={css['items']}>{rows}</ul>
      )}
    </Section>
  );
}

const holdItems = ({ holds }: Today): ReactNode[] =>
  holds.by_lane.map(({ lane, open, late, oldest_at, next_due }) => (
    <Item
      key={`hold-${lane}`}
      icon="queue"
      href={links.queue()}
      says={`${counted(open, 'action')} held in ${laneWords(lane)}`}
      more={
        <>
          the oldest came <RelativeTime at={oldest_at} />, the next {late > 0 ? 'was' : 'is'} due{' '}
          <RelativeTime at={next_due} />
        </>
      }
    >
      {late > 0 && (
        <Badge tone="deny" icon="clock">
          {late} late
        </Badge>
      )}
    </Item>
  ));

const stopItems = ({ stopped }: Today): ReactNode[] =>
  stopped.map(({ agent, lane, since, by, reason }) => (
    <Item
      key={`stop-${agent}-${lane}`}
      icon="stop"
      href={links.agent(agent)}
      says={`${agent} is stopped${lane === null ? '' : ` in ${laneWords(lane)}`}`}
      more={
        <>
          {by && `by ${actorWords(by)} `}
          {since && <RelativeTime at={since} />}
          {reason && (
            <>
              : <PlainText text={reason} />
            </>
          )}
        </>
      }
    />
  ));

const pactItems = ({ pacts_waiting }: Today): ReactNode[] =>
  pacts_waiting.map(({ digest, pact, version, author, signed_by }) => (
    <Item
      key={digest}
      icon="pacts"
      href={links.pact(digest)}
      says={`${pact}, version ${version}`}
      more={
        signed_by === null
          ? `by ${author}; waits for another person’s signature`
          : `signed by ${actorWords(signed_by)}; waits to be put in force`
      }
    />
  ));

function Item({
  icon,
  href,
  says,
  more,
  children,
}: {
  readonly icon: IconName;
  readonly href: string;
  readonly says: string;
  readonly more: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <li className={css['item']}>
      <Icon name={icon} />
      <div>
        <Link href={href}>{says}</Link>
        <small>{more}</small>
      </div>
      {children}
      <Icon name="right" size={12} />
    </li>
  );
}

function Since({ today: { at, decisions, hand_overs, ledger } }: { readonly today: Today }) {
  const hours = Math.round((Date.parse(at) - Date.parse(decisions.since)) / 3_600_000);
  return (
    <Section
      title="What the gate decided"
      sentence={
        <>
          In the last {hours} hours
          {ledger.counted < ledger.size &&
            `; ${counted(ledger.size - ledger.counted, 'entry', 'entries')} not counted yet`}
          .
        </>
      }
    >
      <DecisionMix {...decisions} handOvers={hand_overs} />
    </Section>
  );
}
