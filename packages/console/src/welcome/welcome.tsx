/** Lets nobody past who is not signed in; the address stays, so that they arrive where they wanted to go. */
import { Fragment, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../api/index.ts';
import { links } from '../links.ts';
import { ErrorNote, SkeletonRows } from '../ui/index.ts';
import { SetUp } from './set-up.tsx';
import { SignIn } from './sign-in.tsx';
import { TakeLink } from './take-link.tsx';
import { WelcomeCard } from './welcome-card.tsx';

export function Welcome({ children }: { readonly children: ReactNode }) {
  const [at] = useLocation();
  const { data: session, error, refetch } = useSession();
  if (session?.must_set_up) return <SetUp name={session.person.name} />;
  if (at === links.welcome()) return <TakeLink isSignedIn={Boolean(session)} />;
  // Another person is another desk.
  if (session) return <Fragment key={session.person.name}>{children}</Fragment>;
  if (session === null) return <SignIn />;
  if (!error)
    return (
      <WelcomeCard title="Surety" sentence="Checking who you are …">
        <SkeletonRows rows={3} />
      </WelcomeCard>
    );
  return (
    <WelcomeCard title="Surety" sentence="The console has loaded, but it cannot reach its server.">
      <ErrorNote says={error.message} onRetry={() => void refetch()} />
    </WelcomeCard>
  );
}
