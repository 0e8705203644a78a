/** What would this pact have done? Your own recorded conversations, judged in this browser. */
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { usePact, usePacts } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, Button, Code, Empty, ErrorNote, Note, Page, Select } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import { DropZone } from './drop-zone.tsx';
import css from './rehearse.module.css';
import { Stops } from './stops.tsx';
import { Summary } from './summary.tsx';
import { type Rehearsed, useRehearsal } from './use-rehearsal.ts';

export default function RehearsePage() {
  const asked = usePacts();
  return (
    <Page
      title="Rehearsal"
      isFull
      back={{ href: links.pacts(), says: 'Pacts' }}
      sentence="Drop recorded conversations and see what a pact would have allowed, held and denied, before it stops anyone."
    >
      <Await of={asked}>
        {({ pacts }) => {
          const first = pacts.find((pact) => pact.in_force) ?? pacts[0];
          return first ? (
            <Rehearsing
              pacts={pacts.map(({ digest, pact, version, in_force }) => ({
                digest,
                says: `${pact}, version ${version}${in_force ? ', in force' : ''}`,
              }))}
              first={first.digest}
            />
          ) : (
            <Empty title="There is no pact to rehearse yet">
              <p>Write a starter, change what is yours in it, and propose it; it needs no signature to be rehearsed.</p>
              <Code>{'surety init my-pact\nsurety pact propose my-pact/pact.yaml'}</Code>
            </Empty>
          );
        }}
      </Await>
    </Page>
  );
}

function Rehearsing({
  pacts,
  first,
}: {
  readonly pacts: readonly { readonly digest: string; readonly says: string }[];
  readonly first: string;
}) {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('pact');
  const digest = pacts.some((pact) => pact.digest === wanted) && wanted ? wanted : first;
  const pact = usePact(digest);
  const [names, setNames] = useState<readonly string[]>([]);
  const { rehearsed, begin, cancel, clear } = useRehearsal();
  function take(recordings: readonly File[]) {
    if (recordings.length === 0 || !pact.data) return;
    setNames(recordings.map(({ name }) => name));
    begin({ pact: { path: pact.data.path, files: pact.data.files }, recordings, now: undefined });
  }
  return (
    <>
      <div className={css['head']}>
        <Select
          label="Pact"
          value={digest}
          onChange={({ target }) => {
            clear();
            setSearch({ pact: target.value }, { replace: true });
          }}
        >
          {pacts.map((one) => (
            <option key={one.digest} value={one.digest}>
              {one.says}
            </option>
          ))}
        </Select>
        {rehearsed.status === 'running' && (
          <Button icon="cross" onClick={cancel}>
            Stop the rehearsal
          </Button>
        )}
        {!['running', 'idle'].includes(rehearsed.status) && (
          <Button icon="retry" onClick={clear}>
            Other files
          </Button>
        )}
      </div>
      <Await of={pact}>{() => rehearsed.status === 'idle' && <DropZone onFiles={take} />}</Await>
      <Found rehearsed={rehearsed} names={names} />
    </>
  );
}

function Found({ rehearsed, names }: { readonly rehearsed: Rehearsed; readonly names: readonly string[] }) {
  const { status, says, stops, done, unreadable } = rehearsed;
  if (status === 'idle') return null;
  return (
    <>
      {status === 'running' && <Progress rehearsed={rehearsed} names={names} />}
      {says !== undefined && <ErrorNote says={says} />}
      {status === 'cancelled' && <Note>Stopped halfway: what was found so far is below.</Note>}
      {done && <Summary done={done} />}
      {unreadable.length > 0 && (
        <Note tone="hold" icon="alert">
          <p>{counted(unreadable.length, 'part')} could not be read:</p>
          <ul>
            {unreadable.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Note>
      )}
      {stops.length > 0 && <Stops stops={stops} of={done?.stops ?? stops.length} />}
      {done && stops.length === 0 && (
        <Empty title="Nothing would have been stopped.">
          Every action in these conversations would have been allowed by this pact.
        </Empty>
      )}
    </>
  );
}

const Progress = ({
  rehearsed: { judged, share },
  names,
}: {
  readonly rehearsed: Rehearsed;
  readonly names: readonly string[];
}) => (
  <div className={css['progress']} role="status">
    <progress value={share} max={1} aria-label="Progress of the rehearsal" />
    <span>
      {counted(judged, 'conversation')} of {names.join(', ')}
    </span>
  </div>
);
