/** Invites a person: a name, roles, and the link that lets them in once. */
import { useState } from 'react';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote, Field } from '../../ui/index.ts';
import { type PersonRole, RoleTicks } from './role-ticks.tsx';
import { ShownLink } from './shown-link.tsx';

const NAME = /^[A-Za-z0-9._-]{1,96}$/;

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly PersonRole[]>([]);
  const [isTried, setTried] = useState(false);
  const invite = useAct('person.invite', { changes: ['people'], isErrorToasted: false });
  const [badName, badRoles] = [!NAME.test(name), roles.length === 0];

  function send() {
    setTried(true);
    if (badName || badRoles) return;
    invite.mutate({ body: { name, roles: [...roles] } });
  }

  if (invite.data)
    return (
      <Dialog title={`${name} is invited`} onClose={onClose} foot={<Button onClick={onClose}>Done</Button>}>
        <ShownLink {...invite.data} />
      </Dialog>
    );
  return (
    <Dialog
      title="Invite a person"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" icon="link" isBusy={invite.isPending} onClick={send}>
            Make the link
          </Button>
        </>
      }
    >
      <Field
        label="Name"
        hint="It stays beside everything they decide, for good: choose one that colleagues know, such as dana.kim."
        value={name}
        maxLength={96}
        autoComplete="off"
        spellCheck={false}
        wrong={isTried && badName ? 'Use letters, digits, dots, hyphens and underscores, such as dana.kim.' : undefined}
        onChange={({ target }) => setName(target.value)}
      />
      <RoleTicks
        roles={roles}
        onChange={setRoles}
        wrong={isTried && badRoles ? 'Tick at least one role; without one there is nothing to do here.' : undefined}
      />
      {invite.error && <ErrorNote says={invite.error.message} />}
    </Dialog>
  );
}
