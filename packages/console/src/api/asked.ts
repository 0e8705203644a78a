/** Queries of the desk: each by its noun, kept until an entry makes it old. */
import type { QueryOf } from '@surety/core/wire';
import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import { setNow } from '../ui/index.ts';
import { call, readText, send } from './client.ts';
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
      const today = await call('today.show', { signal });
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

export const useConversations = (query: QueryOf<'conversation.list'> = {}) =>
  useQuery({
    queryKey: ['conversations', query],
    queryFn: ({ signal }) => call('conversation.list', { query, signal }),
    placeholderData: keepPreviousData,
  });
export const useConversation = (conversation: string) =>
  useQuery({
    queryKey: ['conversations', conversation],
    queryFn: ({ signal }) => call('conversation.show', { params: { conversation }, signal }),
  });

export const useDecisions = (query: QueryOf<'decision.list'> = {}) =>
  useQuery({
    queryKey: ['decisions', query],
    queryFn: ({ signal }) => call('decision.list', { query, signal }),
    placeholderData: keepPreviousData,
  });
export const useDecision = (id: string) =>
  useQuery({ queryKey: ['decisions', id], queryFn: ({ signal }) => call('decision.show', { params: { id }, signal }) });

export const useHolds = (query: QueryOf<'hold.list'> = {}) =>
  useQuery({ queryKey: ['holds', query], queryFn: ({ signal }) => call('hold.list', { query, signal }) });

/** An entry as it stands in the ledger, and its receipt for the present checkpoint. */
export const useEntry = (seq: number) =>
  useQuery({
    queryKey: ['entries', seq],
    queryFn: ({ signal }) => send<unknown>('GET', '/v1/ledger/entries/{seq}', { params: { seq }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const useReceipt = (seq: number) =>
  useQuery({
    queryKey: ['receipt', seq],
    queryFn: ({ signal }) => readText('/v1/ledger/entries/{seq}/proof', { params: { seq }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
