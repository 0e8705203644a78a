/** What the record made old is asked again, soon; never while an earlier question about it has no answer yet. */
import type { QueryClient } from '@tanstack/react-query';
import type { Noun } from './nouns.ts';

const FLUSH_MS = 400;

export interface Old {
  add(nouns: readonly Noun[]): void;
  end(): void;
}

/** On a way slower than the record, asking anew each time would take every question back before it is answered. */
export function askAgain(queries: Pick<QueryClient, 'invalidateQueries'>): Old {
  const [old, asking] = [new Set<Noun>(), new Set<Noun>()];
  let flush: ReturnType<typeof setTimeout> | undefined;
  let isDone = false;

  const later = () => {
    if (!isDone) flush ??= setTimeout(ask, FLUSH_MS);
  };
  const ask = () => {
    flush = undefined;
    for (const noun of old) {
      if (asking.has(noun)) continue;
      old.delete(noun);
      asking.add(noun);
      void queries.invalidateQueries({ queryKey: [noun] }).finally(() => {
        asking.delete(noun);
        if (old.has(noun)) later();
      });
    }
  };
  return {
    add(nouns) {
      for (const noun of nouns) old.add(noun);
      if (nouns.some((noun) => !asking.has(noun))) later();
    },
    end() {
      isDone = true;
      clearTimeout(flush);
    },
  };
}
