/** Keys that act. Single keys can be switched off (WCAG 2.1.4); none acts while someone types or a dialog is open. */
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** `j`, `?`, `mod+k`. */
  readonly keys: string;
  /** What it does, as the help shows it. */
  readonly says: string;
  readonly run: () => void;
}

const STORED = 'surety.single-keys';
let isOn = typeof localStorage === 'undefined' || localStorage.getItem(STORED) !== 'off';
let active: readonly (readonly Shortcut[])[] = [];
const watchers = new Set<() => void>();
const tell = () => {
  for (const watcher of watchers) watcher();
};
const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
  };
};

export const useSingleKeys = (): boolean => useSyncExternalStore(watch, () => isOn);
export function setSingleKeys(on: boolean): void {
  isOn = on;
  localStorage.setItem(STORED, on ? 'on' : 'off');
  tell();
}

/** All that can be pressed on this page, for the help. */
export const useActiveShortcuts = (): readonly (readonly Shortcut[])[] => useSyncExternalStore(watch, () => active);

export const keysOf = ({ key, metaKey, ctrlKey }: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey'>): string =>
  `${metaKey || ctrlKey ? 'mod+' : ''}${key.toLowerCase()}`;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'))
  );
}

/** While the component is on the page. The latest functions are called; the list may be made anew at each drawing. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const names = shortcuts.map(({ keys, says }) => `${keys} ${says}`).join('\n');
  // Before anybody sees the page: a key that is pressed as soon as a card is there means this card, not the last one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the help lists changes with the names alone
  useLayoutEffect(() => {
    const mine = latest.current;
    active = [...active, mine];
    tell();
    const press = (event: KeyboardEvent) => {
      const keys = keysOf(event);
      const found = latest.current.find((one) => one.keys === keys);
      if (!found || event.altKey || event.repeat || event.defaultPrevented) return;
      const isSingle = !keys.startsWith('mod+');
      if (
        isSingle &&
        (!isOn || isTyping(event.target) || document.querySelector('dialog[open], [role=menu]:popover-open'))
      )
        return;
      event.preventDefault();
      found.run();
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
      active = active.filter((one) => one !== mine);
      tell();
    };
  }, [names]);
}
