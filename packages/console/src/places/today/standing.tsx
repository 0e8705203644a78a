/** Where the agents stand, at a glance: each lane with its state, and a way to what it rests on. */
import type { AgentTrust } from '@surety/core/wire';
import { Link } from 'wouter';
import { useAgents } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Section } from '../../ui/index.ts';
import { capital, laneWords, StateBadge, StoppedBadge } from '../../words/index.ts';
import css from './today.module.css';

/** Beside what waits it is second: while it loads or fails, nothing stands in its place. */
export function Standing() {
  const { data } = useAgents();
  const bound = (data?.agents ?? []).filter(({ lanes }) => lanes.length > 0);
  if (bound.length === 0) return null;
  return (
    <Section title="Where the agents stand">
      {bound.map((agent) => (
        <AgentLine key={agent.agent} agent={agent} />
      ))}
    </Section>
  );
}

const AgentLine = ({ agent: { agent, stopped, lanes } }: { readonly agent: AgentTrust }) => (
  <div className={css['standing']}>
    <h3>
      <Link href={links.agent(agent)}>{agent}</Link>
      {stopped && <StoppedBadge />}
    </h3>
    <ul aria-label={`Lanes of ${agent}`}>
      {lanes.map(({ lane, effective_state, stopped: isStopped }) => (
        <li key={lane}>
          <Link href={`${links.agent(agent)}#${lane}`}>{capital(laneWords(lane))}</Link>
          <StateBadge state={effective_state} />
          {isStopped && <StoppedBadge />}
        </li>
      ))}
    </ul>
  </div>
);
