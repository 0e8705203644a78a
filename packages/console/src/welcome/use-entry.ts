/** What every way in has in common: the answer is the session, and an error is a sentence. */
import type { SessionView } from '@surety/core/wire';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { become, tellTabs } from '../api/index.ts';

export function useEntry<T>(enter: (given: T) => Promise<SessionView>) {
  const queries = useQueryClient();
  return useMutation<SessionView, Error, T>({
    mutationFn: enter,
    onSuccess: async (session) => {
      // What was asked before the way in was found would answer that nobody is here.
      await queries.cancelQueries({ queryKey: ['session'] });
      become(queries, session);
      tellTabs();
    },
  });
}
