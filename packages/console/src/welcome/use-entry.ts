/** What every way in has in common: the answer is the session, and an error is a sentence. */
import type { SessionView } from '@surety/core/wire';
import { useMutation, useQueryClient } from '@tanstack/react-query';

export function useEntry<T>(enter: (given: T) => Promise<SessionView>) {
  const queries = useQueryClient();
  return useMutation<SessionView, Error, T>({
    mutationFn: enter,
    onSuccess: (session) => queries.setQueryData(['session'], session),
  });
}
