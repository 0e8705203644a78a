/** One pact: its sentences beside its source, what it changes, and its way into force. */
import type { Explanation } from '@surety/core/pact';
import type { PactText, PactView } from '@surety/core/wire';
import { useState } from 'react';
import { useBlocked, useMay, usePact, useSession } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, Button, CopyText, ExactTime, Page } from '../../ui/index.ts';
import { actorWords, counted } from '../../words/index.ts';
import { AllowedRates } from './allowed-rates.tsx';
import { PactDiff } from './pact-diff.tsx';
import css from './pacts.module.css';
import { PlainLanguage } from './plain-language.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { SourceText } from './source-text.tsx';
import { StandingBadge, standingOf, standingSentence } from './standing.tsx';

export default function PactPage({ digest }: { readonly digest: string }) {
  const asked = usePact(digest);
  const [act, setAct] = useState<'sign' | 'publish'>();
  const [lit, setLit] = useState('');
  const text = asked.data;
  const close = () => setAct(undefined);
  return (
    <Page
      title={text ? `${text.pact.pact}, version ${text.pact.version}` : 'Pact'}
      back={{ href: links.pacts(), says: 'Pacts' }}
      beside={text && <StandingBadge pact={text.pact} />}
      sentence={text ? standingSentence(text.pact) : ' '}
      acts={text && <PactActs pact={text.pact} onAct={setAct} />}
    >
      <Await of={asked}>
        {(shown) => (
          <>
            <PactFacts pact={shown.pact} />
            {shown.diff && <PactDiff diff={shown.diff} explanation={shown.explanation as Explanation} />}
            {!shown.pact.in_force && <AllowedRates text={shown} />}
            <div className={css['split']}>
              <PlainLanguage
                explanation={shown.explanation as Explanation}
                lines={shown.lines}
                lit={lit || undefined}
                onLight={setLit}
              />
              <SourceText text={shown} lit={lit || undefined} onLight={setLit} />
            </div>
            {shown.pact.in_force && <AllowedRates text={shown} />}
          </>
        )}
      </Await>
      {text && act === 'sign' && <SignDialog text={text} onClose={close} />}
      {text && act === 'publish' && <PublishDialog text={text} onClose={close} />}
    </Page>
  );
}

function PactActs({ pact, onAct }: { readonly pact: PactView; readonly onAct: (act: 'sign' | 'publish') => void }) {
  const me = useSession().data?.person.name ?? '';
  const [maySign, mayPublish] = [useMay('pact.sign'), useMay('pact.publish')];
  const [signBlocked, publishBlocked] = [useBlocked('pact.sign'), useBlocked('pact.publish')];
  const standing = standingOf(pact);
  if (standing === 'proposed' && (maySign || mayPublish)) {
    const isMine = pact.author === me || pact.proposed_by === `person:${me}`;
    const why = isMine ? 'You wrote or proposed it; another person has to sign it.' : failed(pact);
    return (
      <Button kind="primary" icon="edit" blocked={why ?? signBlocked} onClick={() => onAct('sign')}>
        Sign it
      </Button>
    );
  }
  if (standing !== 'signed' || !mayPublish) return undefined;
  return (
    <Button kind="primary" icon="check" blocked={publishBlocked} onClick={() => onAct('publish')}>
      Put it in force
    </Button>
  );
}

const failed = ({ tests }: PactView): string | undefined =>
  tests && tests.failed + tests.gaps > 0
    ? `Its tests do not pass (${tests.failed} failed, ${counted(tests.gaps, 'gap')}); it has to be corrected and proposed again.`
    : undefined;

function PactFacts({ pact }: { readonly pact: PactText['pact'] }) {
  const { tests, published_at, proposed_by, agents, digest } = pact;
  return (
    <dl className={css['facts']}>
      <div>
        <dt>Binds</dt>
        <dd>{agents.join(', ')}</dd>
      </div>
      <div>
        <dt>Proposed by</dt>
        <dd>{actorWords(proposed_by)}</dd>
      </div>
      <div>
        <dt>Its tests</dt>
        <dd>
          {tests
            ? `${tests.passed} passed, ${tests.failed} failed, ${counted(tests.gaps, 'gap')}`
            : 'none came with it'}
        </dd>
      </div>
      {published_at !== null && (
        <div>
          <dt>Put in force</dt>
          <dd>
            <ExactTime at={published_at} />
          </dd>
        </div>
      )}
      <div>
        <dt>Digest</dt>
        <dd>
          <CopyText text={digest} says="Copy the digest" />
        </dd>
      </div>
    </dl>
  );
}
