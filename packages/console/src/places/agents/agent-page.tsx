/** Why are an agent's states what they are, and what is still needed? The stop sits here. */
import type { AgentTrust } from '@surety/core/wire';
import { useState } from 'react';
import { useAgent, useBlocked, useMay, useToday } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, Button, Empty, Note, Page, PlainText, RelativeTime } from '../../ui/index.ts';
import { actorWords, STATES, StoppedBadge } from '../../words/index.ts';
import { type Act, LanePanel } from './lane-panel.tsx';
import { ResumeDialog } from './resume-dialog.tsx';
import { StateDialog } from './state-dialog.tsx';
import { StopDialog } from './stop-dialog.tsx';

export default function AgentPage({ name }: { readonly name: string }) {
  const asked = useAgent(name);
  const [act, setAct] = useState<{ readonly act: Act; readonly lane?: string }>();
  const agent = asked.data;
  const close = () => setAct(undefined);
  return (
    <Page
      title={name}
      back={{ href: links.agents(), says: 'Agents' }}
      beside={agent?.stopped && <StoppedBadge />}
      sentence={agent ? agentSentence(agent) : ' '}
      acts={agent && <AgentActs isStopped={agent.stopped} onAct={(one) => setAct({ act: one })} />}
    >
      <Await of={asked}>
        {(shown) => (
          <>
            {shown.stopped && <StopNote agent={name} />}
            {shown.lanes.length === 0 && (
              <Empty title="No pact binds it">
                <p>
                  For now it may only hand over to a person. Name it in a pact, have the pact signed, and publish it.
                </p>
              </Empty>
            )}
            {shown.lanes.map((lane) => (
              <LanePanel
                key={lane.lane}
                agent={shown}
                lane={lane}
                onAct={(one, at) => setAct({ act: one, lane: at })}
              />
            ))}
          </>
        )}
      </Await>
      {agent && act?.act === 'stop' && <StopDialog agent={agent} lane={act.lane} onClose={close} />}
      {agent && act?.act === 'resume' && <ResumeDialog agent={name} lane={act.lane} onClose={close} />}
      {agent && act?.act === 'state' && act.lane && (
        <StateDialog
          agent={name}
          lane={act.lane}
          state={agent.lanes.find(({ lane }) => lane === act.lane)?.state ?? 'supervised'}
          onClose={close}
        />
      )}
    </Page>
  );
}

/** Who stopped it, when and why. */
function StopNote({ agent }: { readonly agent: string }) {
  const stop = useToday().data?.stopped.find((one) => one.agent === agent && one.lane === null);
  return (
    <Note tone="deny" icon="stop">
      {agent} is stopped: every action it tries is denied, except a hand-over to a person. It may still read.
      {stop?.by && stop.since && (
        <>
          {' '}
          Stopped by {actorWords(stop.by)}, <RelativeTime at={stop.since} />
          {stop.reason ? (
            <>
              : <PlainText text={stop.reason} />
            </>
          ) : (
            '.'
          )}
        </>
      )}
    </Note>
  );
}

/** “An agent of acme, version 2 of it, on model-x; it answers mail. In its highest lane it acts alone within its pact.” */
export function agentSentence({ party, version, model, purpose, lanes }: AgentTrust): string {
  const whose = party === 'operator' ? 'Our own agent' : `An agent of ${party}`;
  const what = [`version ${version}`, model ? `on ${model}` : '', purpose ?? ''].filter(Boolean).join(', ');
  const states = new Set(lanes.map(({ effective_state }) => effective_state));
  const [only] = states;
  const all = only && states.size === 1 ? ` In every lane it ${STATES[only].means}.` : '';
  return `${whose}, ${what}.${all}`;
}

function AgentActs({ isStopped, onAct }: { readonly isStopped: boolean; readonly onAct: (act: Act) => void }) {
  const mayResume = useMay('agent.resume');
  const [stopBlocked, resumeBlocked] = [useBlocked('agent.stop'), useBlocked('agent.resume')];
  if (!isStopped)
    return (
      <Button kind="danger" icon="stop" blocked={stopBlocked} onClick={() => onAct('stop')}>
        Stop this agent
      </Button>
    );
  if (!mayResume) return undefined;
  return (
    <Button kind="primary" icon="resume" blocked={resumeBlocked} onClick={() => onAct('resume')}>
      Resume this agent
    </Button>
  );
}
