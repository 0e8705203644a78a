/** Who is signed in, and what their roles allow. What the screen forbids, the API forbids too. */

import { CONTRACT } from 'virtual:contract';
import type { Role } from '@surety/core/terms';
import type { RouteName, SessionView } from '@surety/core/wire';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { takesRoles } from '../words/index.ts';
import { call } from './client.ts';
import { useLive } from './live.ts';
import { dropAnswers, sendAnswers } from './pending.ts';
import { ApiProblem } from './problem.ts';

/** `null`: nobody is signed in. */
export const useSession = () =>
  useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal, client }) => {
      try {
        const session = await call('session.show', { signal });
        forgetOthers(client, session);
        return session;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });

export const signIn = (name: string, password: string) => call('session.begin', { body: { name, password } });
export const takeLink = (token: string) => call('session.link', { body: { token } });
export const setUp = (name: string, password: string) => call('session.set_up', { body: { name, password } });

let tabs: BroadcastChannel | undefined;
/** The tabs of a browser share one session: where another tab changes it, this one asks who is here. */
export function followTabs(queries: QueryClient): void {
  tabs = new BroadcastChannel('surety.session');
  tabs.addEventListener('message', () => void queries.invalidateQueries({ queryKey: ['session'] }));
}

/** Of what another person was shown, or has answered and not sent, nothing stays. */
function forgetOthers(queries: QueryClient, session: SessionView | null): void {
  const before = queries.getQueryData<SessionView | null>(['session'])?.person.name;
  if (before === undefined || before === session?.person.name) return;
  dropAnswers();
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}

/** Who is here from now on; null: nobody. */
export function become(queries: QueryClient, session: SessionView | null): void {
  forgetOthers(queries, session);
  queries.setQueryData(['session'], session);
}

/** Whoever came in here, or left, did so in every tab. */
export function tellTabs(): void {
  tabs?.postMessage(null);
}

/** Ends the session, once what was answered in it is sent. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await sendAnswers();
    await call('session.end', { body: {} });
    become(queries, null);
    tellTabs();
  };
}

const mayOf = (roles: readonly Role[], name: RouteName): boolean =>
  roles.some((role) => CONTRACT[name].may.includes(role));

export const useRoles = (): readonly Role[] => useSession().data?.person.roles ?? [];
/** For what is not shown at all to those who may not. */
export const useMay = (name: RouteName): boolean => mayOf(useRoles(), name);

/** Why an act may not be done now, as a sentence for the button; undefined where it may. */
export function useBlocked(name: RouteName): string | undefined {
  const roles = useRoles();
  const { status } = useLive();
  if (!mayOf(roles, name)) return takesRoles(CONTRACT[name].may);
  return status === 'away' ? 'The server cannot be reached; nothing can be done until it is back.' : undefined;
}
