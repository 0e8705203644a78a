/** Who is signed in, and what their roles allow. What the screen forbids, the API forbids too. */

import { CONTRACT } from 'virtual:contract';
import type { Role } from '@surety/core/terms';
import type { RouteName } from '@surety/core/wire';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { takesRoles } from '../words/index.ts';
import { call } from './client.ts';
import { useLive } from './live.ts';
import { ApiProblem } from './problem.ts';

/** `null`: nobody is signed in. */
export const useSession = () =>
  useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      try {
        return await call('session.show', { signal });
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

/** Ends the session and forgets everything that was shown in it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await call('session.end', { body: {} });
    queries.clear();
    queries.setQueryData(['session'], null);
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
