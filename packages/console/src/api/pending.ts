/** Answers given and not sent yet: each can be taken back for ten seconds. They outlive the page they were given on. */
import { useSyncExternalStore } from 'react';
import { closeToast, toast } from '../ui/index.ts';

const UNDO_MS = 10_000;

interface Pending {
  readonly conversation: string;
  readonly toast: number;
  readonly timer: ReturnType<typeof setTimeout>;
  readonly send: () => Promise<unknown>;
  /** On its way: it cannot be taken back any more, and its card is not there again before the queue knows. */
  readonly isSent: boolean;
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

/** Conversations that are answered, as far as the queue does not know it yet. */
export const usePending = (): readonly Pending[] =>
  useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => waiting,
  );

/** Sends the answer unless it is taken back before. */
export function answerLater(conversation: string, says: string, send: () => Promise<unknown>): void {
  const shown = toast({ says, act: { says: 'Undo', key: 'u', run: () => takeBack(conversation) }, lastsMs: UNDO_MS });
  const timer = setTimeout(() => void dispatch(pending), UNDO_MS);
  const pending: Pending = { conversation, toast: shown, timer, send, isSent: false };
  become([...waiting, pending]);
}

async function dispatch(one: Pending): Promise<void> {
  close(one);
  const sent = { ...one, isSent: true };
  become(waiting.map((each) => (each === one ? sent : each)));
  // What became of it is said by whoever gave it.
  await one.send().catch(() => undefined);
  become(waiting.filter((each) => each !== sent));
}

/** The latest answer, or that of one conversation; answers whose it was. */
export function takeBack(conversation?: string): string | undefined {
  const found = waiting.findLast(
    (one) => !one.isSent && (conversation === undefined || one.conversation === conversation),
  );
  if (!found) return undefined;
  close(found);
  become(waiting.filter((one) => one !== found));
  return found.conversation;
}

function close({ timer, toast: shown }: Pending): void {
  clearTimeout(timer);
  closeToast(shown);
}

/** Sends at once what can still be taken back: whoever leaves has answered. */
export async function sendAnswers(): Promise<void> {
  await Promise.all(waiting.filter(({ isSent }) => !isSent).map(dispatch));
}

/** Sends none of them: whoever is here now did not give them. */
export function dropAnswers(): void {
  const unsent = waiting.filter(({ isSent }) => !isSent);
  if (unsent.length === 0) return;
  unsent.forEach(close);
  become(waiting.filter(({ isSent }) => isSent));
  const says = 'You were signed out before your last answer was sent; what you answered still waits in the queue.';
  toast({ says, isBad: true, lastsMs: 60_000 });
}
