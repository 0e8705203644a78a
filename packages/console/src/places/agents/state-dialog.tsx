/** Sets the trust state of an agent in a lane by hand. */
import type { TrustState } from '@surety/core/terms';
import { useState } from 'react';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote, Select, TextArea } from '../../ui/index.ts';
import { laneWords, STATES } from '../../words/index.ts';

const UPWARDS: readonly TrustState[] = ['suspended', 'supervised', 'limited', 'autonomous'];

export function StateDialog({
  agent,
  lane,
  state,
  onClose,
}: {
  readonly agent: string;
  readonly lane: string;
  readonly state: TrustState;
  readonly onClose: () => void;
}) {
  const [chosen, setChosen] = useState<TrustState>(state);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<'state' | 'reason'>();
  const set = useAct('agent.state', {
    changes: ['agents', 'today'],
    isErrorToasted: false,
    says: () => `${agent} is now ${chosen} in ${laneWords(lane)}.`,
  });
  const isHigher = UPWARDS.indexOf(chosen) > UPWARDS.indexOf(state);

  function send() {
    if (chosen === state) return setWrong('state');
    if (reason.trim() === '') return setWrong('reason');
    set.mutate(
      { params: { name: agent }, body: { lane, state: chosen, reason: reason.trim() } },
      { onSuccess: onClose },
    );
  }

  return (
    <Dialog
      title={`State of ${agent} in ${laneWords(lane)}`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Leave it {state}</Button>
          <Button kind="primary" isBusy={set.isPending} onClick={send}>
            Set the state
          </Button>
        </>
      }
    >
      <Select
        label="State"
        value={chosen}
        hint={`${agent} ${STATES[chosen].means}.`}
        wrong={wrong === 'state' && chosen === state ? `It is already ${state}.` : undefined}
        onChange={({ target }) => setChosen(UPWARDS.find((one) => one === target.value) ?? state)}
      >
        {UPWARDS.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Select>
      <TextArea
        label="Reason"
        hint={isHigher ? 'The evidence has not moved it here; say what has.' : 'It goes on the record.'}
        value={reason}
        maxLength={2000}
        wrong={wrong === 'reason' && reason.trim() === '' ? 'Say why, in a few words.' : undefined}
        onChange={({ target }) => setReason(target.value)}
      />
      {set.error && <ErrorNote says={set.error.message} />}
    </Dialog>
  );
}
