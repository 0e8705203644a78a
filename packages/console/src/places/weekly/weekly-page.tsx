/** Did the four metrics move, and what did we decide? Agent, lane and week stand in the address. */
import type { AgentTrust, WeeklyMetrics } from '@surety/core/wire';
import { Link, useSearchParams } from 'wouter';
import { useAgent, useAgents, usePacts, useWeekly, useWeeksBefore } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, Button, Disclosure, Empty, ExactTime, Page, Section, Table } from '../../ui/index.ts';
import { capital, laneWords } from '../../words/index.ts';
import { Choosers } from './choosers.tsx';
import { laneOf, rowsOfAll, weeksTo } from './chosen.ts';
import { Four } from './four.tsx';
import { changesIn, marksOf, pactsOf } from './marks.ts';
import { Review } from './review.tsx';
import { WeekSheet } from './week-sheet.tsx';
import css from './weekly.module.css';

const MARKS = { state: '● state', target: '▲ target', pact: '■ pact' } as const;

export default function WeeklyPage() {
  const agents = useAgents();
  const [search] = useSearchParams();
  const known = agents.data?.agents ?? [];
  const wanted = search.get('agent');
  const agent = wanted ?? known.find(({ lanes }) => lanes.length > 0)?.agent ?? known[0]?.agent;
  if (agents.data && agent !== undefined) return <OfAgent key={agent} agent={agent} agents={known} />;
  return (
    <Page title="Weekly" sentence={agents.data ? 'No agent is registered, so no week has figures yet.' : ' '}>
      <Await of={agents}>
        {() => (
          <Empty title="A week’s figures come from what agents do">
            <p>
              Put the gate in front of an agent’s tools, or look at the sample desk; its first week will appear here.
            </p>
          </Empty>
        )}
      </Await>
    </Page>
  );
}

function OfAgent({
  agent,
  agents,
}: {
  readonly agent: string;
  readonly agents: readonly { readonly agent: string }[];
}) {
  const [search] = useSearchParams();
  const [week, minute] = [search.get('week') ?? undefined, search.get('minute') ?? ''];
  const asked = useWeekly({
    agent,
    ...(week === undefined ? {} : { week }),
    ...(/^\d{1,6}$/.test(minute) ? { minute_minor: Number(minute) } : {}),
  });
  const trust = useAgent(agent);
  if (asked.data && trust.data) return <OfWeek agent={trust.data} agents={agents} metrics={asked.data} />;
  return (
    <Page title="Weekly" sentence=" ">
      <Await of={asked.error ? asked : { ...trust, data: undefined }}>{() => null}</Await>
    </Page>
  );
}

function OfWeek({
  agent: { agent, lanes },
  agents,
  metrics,
}: {
  readonly agent: AgentTrust;
  readonly agents: readonly { readonly agent: string }[];
  readonly metrics: WeeklyMetrics;
}) {
  const [search, setSearch] = useSearchParams();
  const rows = rowsOfAll(metrics);
  const names = [...new Set([...lanes.map(({ lane }) => lane), ...rows.flatMap(({ lane }) => lane ?? [])])];
  const lane = laneOf(search.get('lane'), rows, names);
  const standing = lanes.find((one) => one.lane === lane);
  const row = rows.find((one) => one.lane === lane);
  const weeks = weeksTo(metrics.week, metrics.weeks);
  const before = useWeeksBefore({ agent, lane, weeks }).data ?? [];
  const pacts = pactsOf(usePacts().data?.pacts ?? [], agent, lane);
  const changes = changesIn(weeks, { moves: standing?.history ?? [], missed: standing?.missed ?? [], pacts });

  /** What is chosen stands in the address, so that it can be sent to somebody. */
  function choose(one: Readonly<Record<string, string>>) {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(one)) value === '' ? next.delete(key) : next.set(key, value);
    setSearch(next, { replace: true });
  }

  return (
    <>
      <div className={css['screen']}>
        <Page
          title="Weekly"
          sentence={row ? row.says : `Nothing was counted in ${metrics.week} for ${agent} in ${laneWords(lane)}.`}
          acts={
            <Button icon="download" onClick={() => print()}>
              Print the week
            </Button>
          }
        >
          <Choosers agent={agent} agents={agents} lane={lane} lanes={names} metrics={metrics} onChoose={choose} />
          {row ? (
            <Four
              figures={row.figures}
              week={metrics.week}
              before={before}
              marks={marksOf(changes)}
              minute={search.get('minute') ?? ''}
              onMinute={(minute) => choose({ minute })}
            />
          ) : (
            <Empty title={`No evidence in ${metrics.week}`}>
              <p>Choose another week or lane: {metrics.weeks.slice(0, 4).join(', ') || 'none has evidence yet'}.</p>
            </Empty>
          )}
          {changes.length > 0 && (
            <Section title="What changed in these weeks">
              <Table
                label="What changed in these weeks"
                rows={changes}
                keyOf={({ when, says }) => `${when} ${says}`}
                columns={[
                  { head: 'When', cell: ({ when }) => <ExactTime at={new Date(when).toISOString()} />, width: '14%' },
                  { head: 'Mark', cell: ({ kind }) => MARKS[kind], width: '10%' },
                  { head: 'What', cell: ({ says }) => says },
                ]}
              />
            </Section>
          )}
          {lane !== null && standing && row && (
            <Review agent={agent} lane={lane} state={standing.effective_state} metrics={metrics} />
          )}
          {lane === null && (
            <Disclosure says="A review covers one lane" isOpen>
              <p className={css['quiet']}>
                Choose a lane to sign its week:{' '}
                {names.map((name) => (
                  <Link
                    key={name}
                    className={css['laneLink']}
                    href={links.week({ agent, lane: name, week: metrics.week })}
                  >
                    {capital(laneWords(name))}
                  </Link>
                ))}
              </p>
            </Disclosure>
          )}
        </Page>
      </div>
      <WeekSheet
        agent={agent}
        lane={lane}
        state={standing?.effective_state}
        metrics={metrics}
        row={row}
        changes={changes}
      />
    </>
  );
}
