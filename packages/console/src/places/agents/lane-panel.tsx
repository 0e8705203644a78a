/** One lane of an agent: the sentence first, then where it stands, then the numbers. */
import type { AgentTrust } from '@surety/core/wire';
import { Link } from 'wouter';
import { useMay } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Button, Elapsed, Icon, RelativeTime } from '../../ui/index.ts';
import { capital, exposureSentence, laneWords, ShadowBadge, StateBadge, StoppedBadge } from '../../words/index.ts';
import css from './agents.module.css';
import { LaneEvidence } from './lane-evidence.tsx';
import { Scores } from './scores.tsx';

export type Act = 'stop' | 'resume' | 'state';
type Lane = AgentTrust['lanes'][number];

export function LanePanel({
  agent,
  lane,
  onAct,
}: {
  readonly agent: AgentTrust;
  readonly lane: Lane;
  readonly onAct: (act: Act, lane: string) => void;
}) {
  const name = capital(laneWords(lane.lane));
  const needs = lane.needs.filter((need) => !lane.sentence.includes(need));
  return (
    <section className={css['lane']} id={lane.lane} aria-label={name}>
      <div className={css['laneHead']}>
        <div className={css['laneTitle']}>
          <h2>{name}</h2>
          <StateBadge state={lane.effective_state} />
          {(lane.stopped || agent.stopped) && <StoppedBadge />}
          {lane.mode === 'shadow' && <ShadowBadge />}
        </div>
        <LaneActs agent={agent} lane={lane} onAct={onAct} />
      </div>
      <p className={css['says']}>
        {lane.may} {lane.sentence}
        {lane.mode === 'enforce' && lane.exposure.minor !== 0 && ` ${exposureSentence(lane.exposure)}`}
      </p>
      {needs.length > 0 && (
        <div>
          <h3>{lane.next_state ? `Still needed to become ${lane.next_state}` : 'Still needed'}</h3>
          <ul className={css['needs']}>
            {needs.map((need) => (
              <li key={need}>
                <Icon name="right" size={12} />
                <span>{need}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Scores trust={lane} />
      <LaneFacts lane={lane} />
      <LaneEvidence lane={name} trust={lane} />
    </section>
  );
}

function LaneActs({
  agent,
  lane,
  onAct,
}: {
  readonly agent: AgentTrust;
  readonly lane: Lane;
  readonly onAct: (act: Act, lane: string) => void;
}) {
  const [maySet, mayStop, mayResume] = [useMay('agent.state'), useMay('agent.stop'), useMay('agent.resume')];
  return (
    <div className={css['acts']}>
      {maySet && (
        <Button kind="quiet" icon="edit" onClick={() => onAct('state', lane.lane)}>
          Set the state
        </Button>
      )}
      {lane.stopped && mayResume && (
        <Button kind="quiet" icon="resume" onClick={() => onAct('resume', lane.lane)}>
          Resume here
        </Button>
      )}
      {!lane.stopped && !agent.stopped && mayStop && (
        <Button kind="quiet" icon="stop" onClick={() => onAct('stop', lane.lane)}>
          Stop here
        </Button>
      )}
    </div>
  );
}

function LaneFacts({ lane }: { readonly lane: Lane }) {
  return (
    <dl className={css['facts']}>
      <div>
        <dt>In this state</dt>
        <dd>
          {lane.since === null ? (
            'from the start'
          ) : (
            <>
              for <Elapsed since={lane.since} />
            </>
          )}
          {lane.by_hand && ', set by hand'}
        </dd>
      </div>
      <div>
        <dt>Who answers for it</dt>
        <dd>{lane.owner}</dd>
      </div>
      <div>
        <dt>Waiting for a person</dt>
        <dd>{lane.open_holds === 0 ? 'nothing' : <Link href={links.queue()}>{lane.open_holds} held</Link>}</dd>
      </div>
      <div>
        <dt>Bound by</dt>
        <dd>
          <Link href={links.pact(lane.pact)}>its pact</Link>
        </dd>
      </div>
      {lane.lease_until !== null && (
        <div>
          <dt>Must be confirmed</dt>
          <dd>
            <RelativeTime at={lane.lease_until} />
          </dd>
        </div>
      )}
      {lane.sampling > 1 && (
        <div>
          <dt>Looked at by people</dt>
          <dd>{lane.sampling} times as often as usual</dd>
        </div>
      )}
    </dl>
  );
}
