/** Light, dark, or as the system has it; kept on this machine. */
import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'surety.theme';
const watchers = new Set<() => void>();
let theme: Theme = THEMES.find((one) => one === localStorage.getItem(STORED)) ?? 'system';

function apply(): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
}
apply();

export function setTheme(chosen: Theme): void {
  theme = chosen;
  localStorage.setItem(STORED, chosen);
  apply();
  for (const tell of watchers) tell();
}

export const useTheme = (): Theme =>
  useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => theme,
  );
