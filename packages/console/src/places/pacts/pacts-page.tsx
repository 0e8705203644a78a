/** What is allowed, and who signed it? */
import type { PactView } from '@surety/core/wire';
import { usePacts } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, ButtonLink, Code, Empty, ExactTime, Page, Table } from '../../ui/index.ts';
import { actorWords, counted, laneWords } from '../../words/index.ts';
import { StandingBadge, standingOf } from './standing.tsx';

export function pactsSentence(pacts: readonly PactView[]): string {
  const of = (standing: string) => pacts.filter((pact) => standingOf(pact) === standing).length;
  const [force, proposed, signed] = [of('in_force'), of('proposed'), of('signed')];
  const parts = [
    force === 0 ? 'No pact is in force, so no agent may act alone' : `${counted(force, 'pact')} in force`,
    ...(proposed > 0 ? [`${proposed} ${proposed === 1 ? 'waits' : 'wait'} for a signature`] : []),
    ...(signed > 0 ? [`${signed} signed but not in force`] : []),
  ];
  return `${parts.join('; ')}.`;
}

export default function PactsPage() {
  const asked = usePacts();
  return (
    <Page
      title="Pacts"
      sentence={asked.data ? pactsSentence(asked.data.pacts) : ' '}
      acts={
        <ButtonLink href={links.rehearse()} icon="resume">
          Rehearse on recordings
        </ButtonLink>
      }
    >
      <Await of={asked}>
        {({ pacts }) =>
          pacts.length === 0 ? (
            <Empty title="No pact has been proposed yet">
              <p>
                Write a starter for your lanes, change its names, amounts and sentences, run its tests, and propose it.
              </p>
              <Code>{'surety init my-pact\nsurety pact propose my-pact/pact.yaml'}</Code>
            </Empty>
          ) : (
            <Table
              label="Pacts"
              rows={pacts}
              keyOf={({ digest }) => digest}
              hrefOf={({ digest }) => links.pact(digest)}
              columns={[
                { head: 'Pact', cell: ({ pact, version }) => `${pact}, version ${version}`, width: '24%' },
                { head: 'Standing', cell: (pact) => <StandingBadge pact={pact} />, width: '17%' },
                { head: 'Binds', cell: ({ agents }) => agents.join(', ') },
                { head: 'Lanes', cell: ({ lanes }) => lanes.map(laneWords).join(', ') },
                { head: 'Written and signed', cell: writers },
                {
                  head: 'In force since',
                  cell: ({ published_at }) => (published_at === null ? '–' : <ExactTime at={published_at} />),
                  width: '12%',
                },
              ]}
            />
          )
        }
      </Await>
    </Page>
  );
}

const writers = ({ author, signed_by }: PactView): string =>
  signed_by === null ? `${author}, unsigned` : `${author}, ${actorWords(signed_by)}`;
