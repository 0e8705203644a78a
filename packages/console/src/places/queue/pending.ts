/** Answers given and not sent yet: each can be taken back for ten seconds. They outlive the page they were given on. */
import { useSyncExternalStore } from 'react';
import { closeToast, toast } from '../../ui/index.ts';

const UNDO_MS = 10_000;

interface Pending {
  readonly conversation: string;
  readonly toast: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

let waiting: readonly Pending[] = [];
const watchers = new Set<() => void>();

function become(next: readonly Pending[]): void {
  waiting = next;
  if (waiting.length > 0) addEventListener('beforeunload', warn);
  else removeEventListener('beforeunload', warn);
  for (const tell of watchers) tell();
}

/** Leaving now would lose what was answered: the browser asks first. */
const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Conversations that are answered and may still be taken back. */
export const usePending = (): readonly Pending[] =>
  useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => waiting,
  );

/** Sends the answer unless it is taken back before. */
export function answerLater(conversation: string, says: string, send: () => void): void {
  const leave = () => become(waiting.filter((one) => one !== pending));
  const shown = toast({ says, act: { says: 'Undo', key: 'u', run: () => takeBack(conversation) }, lastsMs: UNDO_MS });
  const timer = setTimeout(() => {
    leave();
    send();
  }, UNDO_MS);
  const pending: Pending = { conversation, toast: shown, timer };
  become([...waiting, pending]);
}

/** The latest answer, or that of one conversation; answers whose it was. */
export function takeBack(conversation?: string): string | undefined {
  const found = waiting.findLast((one) => conversation === undefined || one.conversation === conversation);
  if (!found) return undefined;
  clearTimeout(found.timer);
  closeToast(found.toast);
  become(waiting.filter((one) => one !== found));
  return found.conversation;
}
