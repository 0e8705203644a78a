/** The one-time link: its token stands after the #, so it reaches no server's log, and leaves the address at once. */
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { isProblem, takeLink } from '../api/index.ts';
import { links } from '../links.ts';
import { Button, ErrorNote, SkeletonRows } from '../ui/index.ts';
import { useEntry } from './use-entry.ts';
import { WelcomeCard } from './welcome-card.tsx';

/** Read once, when the script starts: nothing else ever sees the address with it. */
function takeToken(): string | undefined {
  const { pathname, hash } = location;
  if (pathname !== links.welcome()) return undefined;
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? undefined;
  if (token) history.replaceState(null, '', pathname);
  return token;
}
let token = takeToken();

export function TakeLink({ isSignedIn }: { readonly isSignedIn: boolean }) {
  const [, go] = useLocation();
  const [isWanting] = useState(token === undefined);
  const entry = useEntry(takeLink);
  const { mutate } = entry;
  useEffect(() => {
    // A link works once: React may run this twice, the token is there once.
    if (token === undefined) {
      if (isSignedIn) go(links.today(), { replace: true });
      return;
    }
    const once = token;
    token = undefined;
    mutate(once, { onSuccess: ({ must_set_up }) => must_set_up || go(links.today(), { replace: true }) });
  }, [mutate, go, isSignedIn]);

  if (isWanting || entry.error)
    return (
      <WelcomeCard
        title="This link does not work"
        sentence="A link works once, and only for a short time. This one has been used already, is too old, or was cut short."
      >
        {entry.error && !isProblem(entry.error, 'link.over') && <ErrorNote says={entry.error.message} />}
        <Button isWide kind="primary" onClick={() => go(links.today(), { replace: true })}>
          Sign in with name and password
        </Button>
      </WelcomeCard>
    );
  return (
    <WelcomeCard title="Welcome" sentence="The link is being checked.">
      <SkeletonRows rows={2} />
    </WelcomeCard>
  );
}
