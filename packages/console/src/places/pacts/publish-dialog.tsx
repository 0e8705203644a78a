/** Puts a signed pact in force. */
import type { PactText } from '@surety/core/wire';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote } from '../../ui/index.ts';
import { laneWords, listWords } from '../../words/index.ts';

export function PublishDialog({
  text: { pact, diff },
  onClose,
}: {
  readonly text: PactText;
  readonly onClose: () => void;
}) {
  const publish = useAct('pact.publish', {
    changes: ['pacts', 'agents', 'today'],
    isErrorToasted: false,
    says: () => `${pact.pact}, version ${pact.version}, is in force.`,
  });
  const [agents, lanes] = [listWords(pact.agents, 'and'), listWords(pact.lanes.map(laneWords), 'and')];
  return (
    <Dialog
      title={`Put ${pact.pact}, version ${pact.version}, in force`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            kind="primary"
            isBusy={publish.isPending}
            onClick={() => publish.mutate({ params: { digest: pact.digest }, body: {} }, { onSuccess: onClose })}
          >
            Put it in force
          </Button>
        </>
      }
    >
      <p>
        From the next action on it binds {agents} in {lanes}.
        {diff ? ` Version ${diff.against.version} goes out of force.` : ''}
      </p>
      {publish.error && <ErrorNote says={publish.error.message} />}
    </Dialog>
  );
}
