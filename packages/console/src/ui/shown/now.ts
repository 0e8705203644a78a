/** What time it is for the desk: this machine's clock, moved by what the server says. One tick for the whole page. */
import { useSyncExternalStore } from 'react';

const TICK_MS = 1_000;
let offset = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

export const now = (): number => Date.now() + offset;

/** The server's clock leads: a desk with a sample clock, or a machine whose clock is wrong. */
export function setNow(serverMs: number): void {
  offset = serverMs - Date.now();
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  timer ??= setInterval(() => {
    for (const watcher of watchers) watcher();
  }, TICK_MS);
  return () => {
    watchers.delete(tell);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A text that depends on the time: it is drawn again only when it changes. */
export const useTicking = <T extends string | number | boolean>(read: (nowMs: number) => T): T =>
  useSyncExternalStore(watch, () => read(now()));
