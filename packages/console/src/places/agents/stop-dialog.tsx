/** The stop: at once, with a reason, after one look at what follows. */
import type { AgentTrust } from '@surety/core/wire';
import { useState } from 'react';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote, Icon, Select, TextArea } from '../../ui/index.ts';
import { counted, laneWords } from '../../words/index.ts';
import css from './agents.module.css';

export function StopDialog({
  agent: { agent, lanes },
  lane: first,
  onClose,
}: {
  readonly agent: AgentTrust;
  readonly lane?: string | undefined;
  readonly onClose: () => void;
}) {
  const [lane, setLane] = useState(first ?? '');
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const stop = useAct('agent.stop', {
    changes: ['agents', 'today', 'holds'],
    isErrorToasted: false,
    says: ({ handed_over }) =>
      `${agent} is stopped${lane ? ` in ${laneWords(lane)}` : ''}; ${counted(handed_over, 'conversation')} ${handed_over === 1 ? 'was' : 'were'} handed over to people.`,
  });
  const where = lane ? `in ${laneWords(lane)}` : 'in every lane';
  const open = lanes.filter((one) => !lane || one.lane === lane).reduce((sum, { open_holds }) => sum + open_holds, 0);

  function send() {
    if (reason.trim() === '') return setWrong(true);
    const body = { reason: reason.trim(), ...(lane ? { lane } : {}) };
    stop.mutate({ params: { name: agent }, body }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={`Stop ${agent}`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Leave it running</Button>
          <Button kind="dangerFilled" icon="stop" isBusy={stop.isPending} onClick={send}>
            Stop {agent}
          </Button>
        </>
      }
    >
      <Select label="Where" value={lane} onChange={({ target }) => setLane(target.value)}>
        <option value="">Everywhere</option>
        {lanes.map((one) => (
          <option key={one.lane} value={one.lane}>
            Only in {laneWords(one.lane)}
          </option>
        ))}
      </Select>
      <TextArea
        label="Reason"
        hint="It goes on the record, and whoever resumes the agent reads it."
        value={reason}
        maxLength={2000}
        wrong={isWrong && reason.trim() === '' ? 'Say why, in a few words.' : undefined}
        onChange={({ target }) => setReason(target.value)}
      />
      <div>
        <h3>What follows</h3>
        <ul className={css['follows']}>
          <Follows>
            From its next action on, every action it tries {where} is denied, except a hand-over to a person. It may
            still read.
          </Follows>
          <Follows>Its open conversations {lane ? 'there ' : ''}are handed over to people.</Follows>
          {open > 0 && (
            <Follows>
              {open} of its holds {open === 1 ? 'is' : 'are'} waiting in the queue.
            </Follows>
          )}
          <Follows>It stays stopped until a person resumes it and says why.</Follows>
        </ul>
      </div>
      {stop.error && <ErrorNote says={stop.error.message} />}
    </Dialog>
  );
}

const Follows = ({ children }: { readonly children: React.ReactNode }) => (
  <li>
    <Icon name="right" />
    <span>{children}</span>
  </li>
);
