/** Closes a person: sessions, links and keys end; what they signed stays on the record. */
import type { PersonView } from '@surety/core/wire';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote } from '../../ui/index.ts';

export function CloseDialog({
  person: { name },
  onClose,
}: {
  readonly person: PersonView;
  readonly onClose: () => void;
}) {
  const close = useAct('person.close', {
    changes: ['people'],
    isErrorToasted: false,
    says: () => `${name} is closed and can no longer sign in.`,
  });
  return (
    <Dialog
      title={`Close ${name}`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Leave {name} in</Button>
          <Button
            kind="dangerFilled"
            icon="cross"
            isBusy={close.isPending}
            onClick={() => close.mutate({ params: { name }, body: {} }, { onSuccess: onClose })}
          >
            Close {name}
          </Button>
        </>
      }
    >
      <p>
        Every session, link and key of {name} ends at once, and the name is never given to anyone else. What {name}{' '}
        signed and answered stays on the record.
      </p>
      {close.error && <ErrorNote says={close.error.message} />}
    </Dialog>
  );
}
