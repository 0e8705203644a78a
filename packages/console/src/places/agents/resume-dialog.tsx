/** Lets a stopped agent go on, with the reason. */
import { useState } from 'react';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote, TextArea } from '../../ui/index.ts';
import { laneWords } from '../../words/index.ts';

export function ResumeDialog({
  agent,
  lane,
  onClose,
}: {
  readonly agent: string;
  /** Without it: where it is stopped as a whole. */
  readonly lane?: string | undefined;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const where = lane ? ` in ${laneWords(lane)}` : '';
  const resume = useAct('agent.resume', {
    changes: ['agents', 'today'],
    isErrorToasted: false,
    says: () => `${agent} is resumed${where}.`,
  });

  function send() {
    if (reason.trim() === '') return setWrong(true);
    const body = { reason: reason.trim(), ...(lane ? { lane } : {}) };
    resume.mutate({ params: { name: agent }, body }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={`Resume ${agent}${where}`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Leave it stopped</Button>
          <Button kind="primary" icon="resume" isBusy={resume.isPending} onClick={send}>
            Resume {agent}
          </Button>
        </>
      }
    >
      <p>From its next action on, its pact and its state in each lane decide again.</p>
      <TextArea
        label="Reason"
        hint="What was found, and why it may act again. It goes on the record."
        value={reason}
        maxLength={2000}
        wrong={isWrong && reason.trim() === '' ? 'Say why, in a few words.' : undefined}
        onChange={({ target }) => setReason(target.value)}
      />
      {resume.error && <ErrorNote says={resume.error.message} />}
    </Dialog>
  );
}
