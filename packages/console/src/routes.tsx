/** The table of contents: every place, every page, loaded when it is first opened. */
import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { ErrorBoundary, NotFound, type Place } from './frame/index.ts';
import { links, nameIn } from './links.ts';
import { TodayPage } from './places/today/today-page.tsx';
import { PageSkeleton } from './ui/index.ts';

const FirstPage = lazy(() => import('./places/first/first-page.tsx'));
const QueuePage = lazy(() => import('./places/queue/queue-page.tsx'));
const AgentsPage = lazy(() => import('./places/agents/agents-page.tsx'));
const AgentPage = lazy(() => import('./places/agents/agent-page.tsx'));
const PactsPage = lazy(() => import('./places/pacts/pacts-page.tsx'));
const PactPage = lazy(() => import('./places/pacts/pact-page.tsx'));
const RehearsePage = lazy(() => import('./places/rehearse/rehearse-page.tsx'));
const WeeklyPage = lazy(() => import('./places/weekly/weekly-page.tsx'));
const PeoplePage = lazy(() => import('./places/people/people-page.tsx'));
const ProofPage = lazy(() => import('./places/proof/proof-page.tsx'));
const DecisionPage = lazy(() => import('./places/proof/decision-page.tsx'));
const ConversationPage = lazy(() => import('./places/proof/conversation-page.tsx'));
const EntryPage = lazy(() => import('./places/proof/entry-page.tsx'));

/** A place without pages yet is not shown. */
export const PLACES: readonly Place[] = [
  { key: 'today', says: 'Today', icon: 'today', href: links.today() },
  { key: 'queue', says: 'Queue', icon: 'queue', href: links.queue() },
  { key: 'agents', says: 'Agents', icon: 'agents', href: links.agents() },
  { key: 'pacts', says: 'Pacts', icon: 'pacts', href: links.pacts() },
  { key: 'weekly', says: 'Weekly', icon: 'weekly', href: links.weekly() },
  { key: 'proof', says: 'Proof', icon: 'proof', href: links.proof() },
];

export function Pages() {
  const [at] = useLocation();
  return (
    <ErrorBoundary at={at}>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/" component={TodayPage} />
          <Route path="/first" component={FirstPage} />
          <Route path="/queue/:name?">{({ name }) => <QueuePage {...(name ? { conversation: name } : {})} />}</Route>
          <Route path="/agents" component={AgentsPage} />
          <Named path="/agents/:name" shows={(name) => <AgentPage key={name} name={name} />} />
          <Route path="/pacts" component={PactsPage} />
          <Route path="/pacts/rehearse" component={RehearsePage} />
          <Named path="/pacts/:name" shows={(digest) => <PactPage key={digest} digest={digest} />} />
          <Route path="/weekly" component={WeeklyPage} />
          <Route path="/people" component={PeoplePage} />
          <Route path="/proof" component={ProofPage} />
          <Named path="/proof/decisions/:name" shows={(id) => <DecisionPage key={id} id={id} />} />
          <Named path="/proof/conversations/:name" shows={(id) => <ConversationPage key={id} conversation={id} />} />
          <Named
            path="/proof/entries/:name"
            shows={(seq) => (isSeq(seq) ? <EntryPage key={seq} seq={Number(seq)} /> : <NotFound />)}
          />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

const isSeq = (text: string): boolean => /^\d{1,15}$/.test(text);

/** A page of one thing: another thing is another page. */
const Named = ({ path, shows }: { readonly path: string; readonly shows: (name: string) => ReactNode }) => (
  // Not the router's own `name`: it is decoded by half, so that a `%` of the name looks like an escape.
  <Route path={path}>{() => shows(nameIn(location.pathname))}</Route>
);
