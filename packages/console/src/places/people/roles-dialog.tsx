/** Other roles for a person; they hold from the next request on. */
import type { PersonView } from '@surety/core/wire';
import { useState } from 'react';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote } from '../../ui/index.ts';
import { type PersonRole, RoleTicks } from './role-ticks.tsx';

export function RolesDialog({
  person: { name, roles: before },
  onClose,
}: {
  readonly person: PersonView;
  readonly onClose: () => void;
}) {
  const [roles, setRoles] = useState<readonly PersonRole[]>(before);
  const set = useAct('person.roles', {
    changes: ['people', 'session'],
    isErrorToasted: false,
    says: () => `The roles of ${name} are changed, from this moment on.`,
  });
  const isSame = roles.length === before.length && roles.every((role) => before.includes(role));
  return (
    <Dialog
      title={`Roles of ${name}`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            icon="check"
            blocked={isSame ? 'Nothing is changed yet.' : undefined}
            isBusy={set.isPending}
            onClick={() =>
              roles.length > 0 && set.mutate({ params: { name }, body: { roles: [...roles] } }, { onSuccess: onClose })
            }
          >
            Change the roles
          </Button>
        </>
      }
    >
      <RoleTicks
        roles={roles}
        onChange={setRoles}
        wrong={roles.length === 0 ? 'Keep at least one role, or close the person’s access.' : undefined}
      />
      {set.error && <ErrorNote says={set.error.message} />}
    </Dialog>
  );
}
