/** Queries of the desk: each by its noun, kept until an entry makes it old. */
import type { Today } from '@surety/core/wire';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { setNow } from '../ui/index.ts';
import { call, send } from './client.ts';
import { ApiProblem } from './problem.ts';

export const makeQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        networkMode: 'always',
        // The answer to a refusal is the same a second later; the way to the server may mend.
        retry: (count, error) => error instanceof ApiProblem && error.status === 0 && count < 1,
        retryDelay: 500,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });

export const useToday = () =>
  useQuery({
    queryKey: ['today'],
    queryFn: async ({ signal }) => {
      const today = await send<Today>('GET', '/v1/today', { signal });
      setNow(Date.parse(today.at));
      return today;
    },
    refetchInterval: 60_000,
  });

export const useAgents = () =>
  useQuery({ queryKey: ['agents'], queryFn: ({ signal }) => call('agent.list', { signal }) });
export const useAgent = (name: string) =>
  useQuery({
    queryKey: ['agents', name],
    queryFn: ({ signal }) => call('agent.trust', { params: { name }, signal }),
  });

export const usePacts = () => useQuery({ queryKey: ['pacts'], queryFn: ({ signal }) => call('pact.list', { signal }) });
export const usePact = (digest: string) =>
  useQuery({
    queryKey: ['pacts', digest],
    queryFn: ({ signal }) => call('pact.show', { params: { digest }, signal }),
  });

export const useHolds = (query: { readonly owner?: string; readonly agent?: string } = {}) =>
  useQuery({ queryKey: ['holds', query], queryFn: ({ signal }) => call('hold.list', { query, signal }) });
