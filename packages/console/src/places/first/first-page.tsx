/** The first two minutes on a sample desk: four things to see, each by one press. */
import { useLocation } from 'wouter';
import { useSession } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Button, ButtonLink, Empty, Page, skipFirst } from '../../ui/index.ts';
import css from './first.module.css';
import { RefundsStep } from './refunds-step.tsx';
import { Step } from './step.tsx';
import { StopStep } from './stop-step.tsx';
import { WorseStep } from './worse-step.tsx';

export default function FirstPage() {
  const [, go] = useLocation();
  const session = useSession();
  if (session.data && !session.data.sample)
    return (
      <Page title="The first two minutes" sentence="They are shown on a sample desk.">
        <Empty title="This desk does real work.">
          Nothing is acted out here. A rehearsal on your own recordings changes nothing.
          <ButtonLink href={links.rehearse()}>Rehearse on recordings</ButtonLink>
        </Empty>
      </Page>
    );
  const leave = () => {
    skipFirst();
    go(links.today());
  };
  return (
    <Page
      title="The first two minutes"
      sentence="Four things that tie what an agent may do to what it has earned. Skip them whenever you like."
      acts={<Button onClick={leave}>Skip to the desk</Button>}
    >
      <ol className={css['steps']}>
        <RefundsStep />
        <StopStep />
        <WorseStep />
        <Step n={4} title="See what a pact would have done in your own conversations">
          <p>
            Drop a recording on the starter pact: every stop opens beside its sentence, and where the agent was right
            you say so with one key. Nothing leaves this browser.
          </p>
          <ButtonLink href={links.rehearse()} kind="primary" icon="resume">
            Rehearse on recordings
          </ButtonLink>
        </Step>
      </ol>
      <div>
        <Button icon="check" onClick={leave}>
          Done: go to the desk
        </Button>
      </div>
    </Page>
  );
}
