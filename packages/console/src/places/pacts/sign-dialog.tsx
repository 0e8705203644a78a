/** Signing: each looser change is ticked by itself, so that none is signed unseen. */
import type { PactText } from '@surety/core/wire';
import { useState } from 'react';
import { useAct } from '../../api/index.ts';
import { Button, Check, Dialog, ErrorNote, Note } from '../../ui/index.ts';

export function SignDialog({
  text: { pact, diff },
  onClose,
}: {
  readonly text: PactText;
  readonly onClose: () => void;
}) {
  const looser = (diff?.changes ?? []).filter(({ direction }) => direction === 'looser');
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const sign = useAct('pact.sign', {
    changes: ['pacts', 'today'],
    isErrorToasted: false,
    says: () => `${pact.pact}, version ${pact.version}, is signed; it can now be put in force.`,
  });
  const left = looser.length - ticked.length;
  const tick = (says: string, isOn: boolean) =>
    setTicked(isOn ? [...ticked, says] : ticked.filter((one) => one !== says));
  return (
    <Dialog
      isWide={looser.length > 0}
      title={`Sign ${pact.pact}, version ${pact.version}`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            kind="primary"
            icon="check"
            isBusy={sign.isPending}
            blocked={left > 0 ? `First tick what is looser; ${left} left.` : undefined}
            onClick={() =>
              sign.mutate(
                { params: { digest: pact.digest }, body: { ticked: ticked.map((says) => says.slice(0, 200)) } },
                { onSuccess: onClose },
              )
            }
          >
            Sign it
          </Button>
        </>
      }
    >
      <p>
        Your signature says that you have read it and that {pact.agents.join(' and ')} may act by it. It stands on the
        record under your name.
      </p>
      {!pact.tests && (
        <Note tone="hold" icon="alert">
          No tests came with it; nothing shows that its rules fire.
        </Note>
      )}
      {looser.length > 0 && (
        <fieldset>
          <legend>
            <h3>The agent may do more than today; tick each of these</h3>
          </legend>
          {looser.map(({ what, says }) => {
            const line = `${what}: ${says}`;
            return (
              <Check
                key={line}
                label={line}
                checked={ticked.includes(line)}
                onChange={({ target }) => tick(line, target.checked)}
              />
            );
          })}
        </fieldset>
      )}
      {sign.error && <ErrorNote says={sign.error.message} />}
    </Dialog>
  );
}
