/** Who may do what here? Everyone who may sign in, their roles, and the way in and out. */
import type { PersonView } from '@surety/core/wire';
import { useState } from 'react';
import { useBlocked, useMay, usePeople, useSession } from '../../api/index.ts';
import { Await, Badge, Button, type Column, Empty, IconButton, Page, RelativeTime, Table } from '../../ui/index.ts';
import { roleWord } from '../../words/index.ts';
import { CloseDialog } from './close-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import css from './people.module.css';
import { peopleSentence, standingOf } from './people-sentence.ts';
import { RolesDialog } from './roles-dialog.tsx';

type Act = { readonly act: 'invite' } | { readonly act: 'roles' | 'close' | 'link'; readonly person: PersonView };

export default function PeoplePage() {
  return useMay('person.list') ? <Everyone /> : <Unseen />;
}

function Unseen() {
  const why = useBlocked('person.list');
  return (
    <Page title="People">
      <Empty title="This page is not for your role">
        <p>{why}</p>
      </Empty>
    </Page>
  );
}

function Everyone() {
  const asked = usePeople();
  const [act, setAct] = useState<Act>();
  const inviteBlocked = useBlocked('person.invite');
  const close = () => setAct(undefined);
  const people = asked.data?.people;
  return (
    <Page
      title="People"
      sentence={people ? peopleSentence(people) : ' '}
      acts={
        <Button kind="primary" icon="plus" blocked={inviteBlocked} onClick={() => setAct({ act: 'invite' })}>
          Invite a person
        </Button>
      }
    >
      <Await of={asked}>{(shown) => <People people={shown.people} onAct={setAct} />}</Await>
      {act?.act === 'invite' && <InviteDialog onClose={close} />}
      {act?.act === 'link' && <LinkDialog person={act.person} onClose={close} />}
      {act?.act === 'roles' && <RolesDialog person={act.person} onClose={close} />}
      {act?.act === 'close' && <CloseDialog person={act.person} onClose={close} />}
    </Page>
  );
}

const STANDINGS = {
  active: ['may sign in', 'allow', 'check'],
  by_link: ['signed in by link', 'limited', 'link'],
  invited: ['invited', 'hold', 'clock'],
  closed: ['closed', 'plain', 'cross'],
} as const;
const ORDER = Object.keys(STANDINGS);

function People({ people, onAct }: { readonly people: readonly PersonView[]; readonly onAct: (act: Act) => void }) {
  const me = useSession().data?.person.name;
  const mayChange = useMay('person.roles');
  const rows = people.toSorted(
    (a, b) => ORDER.indexOf(standingOf(a)) - ORDER.indexOf(standingOf(b)) || a.name.localeCompare(b.name),
  );
  const columns: readonly Column<PersonView>[] = [
    {
      head: 'Name',
      cell: ({ name }) => (
        <>
          <bdi className={css['name']}>{name}</bdi>
          {name === me && <span className={css['faint']}> (you)</span>}
        </>
      ),
      width: '22%',
    },
    { head: 'Roles', cell: ({ roles }) => roles.map(roleWord).join(', ') },
    {
      head: 'State',
      cell: (person) => {
        const [word, tone, icon] = STANDINGS[standingOf(person)];
        return (
          <Badge tone={tone} icon={icon}>
            {word}
          </Badge>
        );
      },
      width: '14%',
    },
    {
      head: 'Last seen',
      cell: ({ last_seen }) => (last_seen === null ? 'never' : <RelativeTime at={last_seen} />),
      width: '14%',
    },
  ];
  const acts: Column<PersonView> = {
    head: 'Change',
    cell: (person) => <PersonActs person={person} onAct={onAct} />,
    width: '12%',
    isAbove: true,
  };
  return (
    <Table label="People" rows={rows} keyOf={({ name }) => name} columns={mayChange ? [...columns, acts] : columns} />
  );
}

function PersonActs({ person, onAct }: { readonly person: PersonView; readonly onAct: (act: Act) => void }) {
  if (person.state === 'closed') return <span className={css['faint']}>nothing left</span>;
  return (
    <div className={css['acts']}>
      <IconButton
        icon="edit"
        label={`Change the roles of ${person.name}`}
        onClick={() => onAct({ act: 'roles', person })}
      />
      <IconButton
        icon="link"
        label={`Make a new link for ${person.name}`}
        onClick={() => onAct({ act: 'link', person })}
      />
      <IconButton icon="cross" label={`Close ${person.name}`} onClick={() => onAct({ act: 'close', person })} />
    </div>
  );
}
