/** One press, one command: refused while the page may be old, and what it changed is asked again at once. */
import type { AnswerOf, RouteName } from '@surety/core/wire';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '../ui/index.ts';
import { call, type Given } from './client.ts';
import { isSure } from './live.ts';
import type { Noun } from './nouns.ts';
import { ApiProblem } from './problem.ts';

export interface ActOptions<N extends RouteName> {
  /** What is old once it is done. */
  readonly changes: readonly Noun[];
  /** Said in a toast, and aloud. */
  readonly says?: (answer: AnswerOf<N>) => string;
  /** Called as soon as it is done, before what it changed is asked again and may take the caller off the page. */
  readonly onDone?: () => void;
  /** False: the caller shows the error where it stands. */
  readonly isErrorToasted?: boolean;
}

export function useAct<N extends RouteName>(name: N, { changes, says, onDone, isErrorToasted = true }: ActOptions<N>) {
  const queries = useQueryClient();
  return useMutation<AnswerOf<N>, Error, Given<N>>({
    mutationKey: [name],
    mutationFn: (given) => {
      if (!isSure()) throw new ApiProblem('unsure', 0);
      return call(name, given);
    },
    onSuccess: async (answer) => {
      if (says) toast({ says: says(answer) });
      onDone?.();
      await Promise.all(changes.map((noun) => queries.invalidateQueries({ queryKey: [noun] })));
    },
    onError: (error) => {
      if (isErrorToasted) toast({ says: error.message, isBad: true, lastsMs: 8_000 });
    },
  });
}
