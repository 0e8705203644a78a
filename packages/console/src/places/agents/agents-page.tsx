/** Which agent may do what right now? */
import type { TrustState } from '@surety/core/terms';
import type { AgentTrust } from '@surety/core/wire';
import { Link } from 'wouter';
import { useAgents } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, Code, Empty, Page, Table } from '../../ui/index.ts';
import {
  capital,
  counted,
  exposureShort,
  laneWords,
  listWords,
  ShadowBadge,
  StateBadge,
  StoppedBadge,
} from '../../words/index.ts';
import css from './agents.module.css';

type Lane = AgentTrust['lanes'][number];
const HIGHEST_FIRST: readonly TrustState[] = ['autonomous', 'limited', 'supervised', 'suspended'];

/** “2 agents in 8 lanes: 1 autonomous, 7 supervised. support-agent is stopped.” */
export function agentsSentence(agents: readonly AgentTrust[]): string {
  const lanes = agents.flatMap((agent) => agent.lanes);
  if (lanes.length === 0) return `${counted(agents.length, 'agent')}; no pact binds any yet, so none may act.`;
  const states = HIGHEST_FIRST.flatMap((state) => {
    const n = lanes.filter(({ effective_state }) => effective_state === state).length;
    return n === 0 ? [] : [`${n} ${state}`];
  });
  const stopped = agents.filter((agent) => agent.stopped).map(({ agent }) => agent);
  const last =
    stopped.length === 0 ? '' : ` ${listWords(stopped, 'and')} ${stopped.length === 1 ? 'is' : 'are'} stopped.`;
  return `${counted(agents.length, 'agent')} in ${counted(lanes.length, 'lane')}: ${states.join(', ')}.${last}`;
}

export default function AgentsPage() {
  const asked = useAgents();
  const agents = asked.data?.agents;
  return (
    <Page
      title="Agents"
      sentence={agents ? (agents.length > 0 ? agentsSentence(agents) : 'There are no agents yet.') : ' '}
    >
      <Await of={asked}>
        {({ agents: all }) =>
          all.length === 0 ? (
            <Empty title="No agent is registered">
              <p>Register the first one; it starts supervised in every lane, so nothing it does goes out unseen.</p>
              <Code>surety agent add NAME</Code>
            </Empty>
          ) : (
            all.map((agent) => <AgentRows key={agent.agent} agent={agent} />)
          )
        }
      </Await>
    </Page>
  );
}

function AgentRows({
  agent: { agent, party, purpose, version, model, stopped, lanes },
}: {
  readonly agent: AgentTrust;
}) {
  const about = [
    party === 'operator' ? undefined : `of ${party}`,
    `version ${version}`,
    model ?? undefined,
    purpose ?? undefined,
  ];
  return (
    <section className={css['agent']} aria-label={agent}>
      <div className={css['agentHead']}>
        <h2>
          <Link href={links.agent(agent)}>{agent}</Link>
        </h2>
        {stopped && <StoppedBadge />}
        <p>{about.filter(Boolean).join(' · ')}</p>
      </div>
      {lanes.length === 0 ? (
        <Empty title="No pact binds it">
          <p>For now it may only hand over to a person. Name it in a pact, have the pact signed, and publish it.</p>
        </Empty>
      ) : (
        <Table
          label={`Lanes of ${agent}`}
          rows={lanes}
          keyOf={({ lane }) => lane}
          hrefOf={({ lane }) => `${links.agent(agent)}#${lane}`}
          columns={[
            { head: 'Lane', cell: ({ lane }) => capital(laneWords(lane)), width: '18%' },
            { head: 'State', cell: stateOf, width: '18%' },
            { head: 'What is known', cell: ({ sentence }) => sentence },
            { head: 'Exposure', cell: ({ exposure, mode }) => exposureShort(exposure, mode), width: '14%' },
            {
              head: 'Waiting',
              cell: ({ open_holds }) => (open_holds === 0 ? '–' : open_holds),
              isNumber: true,
              width: '8%',
            },
          ]}
        />
      )}
    </section>
  );
}

const stateOf = ({ effective_state, stopped, mode }: Lane) => (
  <div className={css['badges']}>
    <StateBadge state={effective_state} />
    {stopped && <StoppedBadge />}
    {mode === 'shadow' && <ShadowBadge />}
  </div>
);
