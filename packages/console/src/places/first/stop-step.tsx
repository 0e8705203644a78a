/** An agent stopped: its next action is denied, and whoever talks to it reaches a person. */
import { useState } from 'react';
import { Link } from 'wouter';
import { useAct, useAgents, useBlocked, useDecisions, useEntry } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Button, Field, Icon, Select } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import css from './first.module.css';
import { Step } from './step.tsx';

const CHANGES = ['agents', 'today', 'decisions', 'conversations', 'holds'] as const;

export function StopStep() {
  const agents = useAgents().data?.agents ?? [];
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('Trying the stop button');
  const blocked = useBlocked('agent.stop');
  const stop = useAct('agent.stop', { changes: CHANGES });
  const resume = useAct('agent.resume', { changes: CHANGES });
  const agent = agents.find(({ agent: name }) => name === chosen) ?? agents[0];
  const name = agent?.agent ?? '';
  const isStopped = agent?.stopped ?? false;
  const missing = reason.trim() === '' ? 'Say why: the reason goes on the record.' : undefined;
  return (
    <Step n={2} title="A stop that takes effect at once">
      <p>
        A stop is on the record like everything else: the very next decision sees it. A customer always reaches a
        person.
      </p>
      <div className={css['row']}>
        <Select label="Agent" value={name} onChange={({ target }) => setChosen(target.value)}>
          {agents.map(({ agent: one }) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
        <Field label="Reason" value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} />
        {isStopped ? (
          <Button
            icon="resume"
            blocked={blocked ?? missing}
            isBusy={resume.isPending}
            onClick={() => resume.mutate({ params: { name }, body: { reason } })}
          >
            Resume {name}
          </Button>
        ) : (
          <Button
            kind="danger"
            icon="stop"
            blocked={blocked ?? missing}
            isBusy={stop.isPending}
            onClick={() => stop.mutate({ params: { name }, body: { reason } })}
          >
            Stop {name}
          </Button>
        )}
      </div>
      {stop.data && stop.variables?.params && (
        <Stopped agent={stop.variables.params.name} seq={stop.data.receipt.seq} handedOver={stop.data.handed_over} />
      )}
    </Step>
  );
}

function Stopped({
  agent,
  seq,
  handedOver,
}: {
  readonly agent: string;
  readonly seq: number;
  readonly handedOver: number;
}) {
  const stopped = useEntry(seq).data as { readonly at?: number } | undefined;
  const denied = useDecisions({ agent, decision: 'deny', limit: 1 }).data?.decisions[0];
  const isAfter = denied !== undefined && denied.seq > seq;
  const within = isAfter && stopped?.at !== undefined ? Date.parse(denied.at) - stopped.at : undefined;
  return (
    <ul className={css['shown']} aria-live="polite">
      <li>
        <Icon name="people" size={12} />
        {handedOver === 0
          ? 'It had no open conversation.'
          : `${counted(handedOver, 'open conversation was', 'open conversations were')} handed over to people.`}
      </li>
      <li>
        <Icon name={isAfter ? 'cross' : 'clock'} size={12} />
        {isAfter ? (
          <span>
            Its next action, <Link href={links.decision(denied.id)}>{denied.tool}</Link>, was denied
            {within !== undefined && ` ${(within / 1_000).toFixed(1)} seconds after the stop`}.
          </span>
        ) : (
          'Waiting for its next action …'
        )}
      </li>
    </ul>
  );
}
