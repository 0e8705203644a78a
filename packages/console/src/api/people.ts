/** Everyone who may sign in here, with their roles. */
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

export const usePeople = () =>
  useQuery({ queryKey: ['people'], queryFn: ({ signal }) => call('person.list', { signal }) });
