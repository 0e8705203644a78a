/** Whether a person has been shown around, on this browser. */
import { useSyncExternalStore } from 'react';

const STORED = 'surety.shown-around';
const watchers = new Set<() => void>();

export function skipFirst(): void {
  localStorage.setItem(STORED, 'yes');
  for (const tell of watchers) tell();
}

export const useIsFirstTime = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => localStorage.getItem(STORED) === null,
  );
