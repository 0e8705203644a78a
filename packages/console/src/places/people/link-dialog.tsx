/** A new one-time link for a person who lost the first, or the password. */
import type { PersonView } from '@surety/core/wire';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote } from '../../ui/index.ts';
import { ShownLink } from './shown-link.tsx';

export function LinkDialog({ person, onClose }: { readonly person: PersonView; readonly onClose: () => void }) {
  const link = useAct('person.link', { changes: ['people'], isErrorToasted: false });
  return (
    <Dialog
      title={`A new link for ${person.name}`}
      onClose={onClose}
      foot={
        link.data ? (
          <Button onClick={onClose}>Done</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              kind="primary"
              icon="link"
              isBusy={link.isPending}
              onClick={() => link.mutate({ params: { name: person.name }, body: {} })}
            >
              Make the link
            </Button>
          </>
        )
      }
    >
      {link.data ? (
        <ShownLink {...link.data} />
      ) : (
        <p>
          Whoever holds it signs in as {person.name} and chooses a new password. A link made earlier no longer works.
        </p>
      )}
      {link.error && <ErrorNote says={link.error.message} />}
    </Dialog>
  );
}
