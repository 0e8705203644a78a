/** Server-sent events: what happens on the record makes what is shown of it old. Where they break off, the page says so. */

import { KINDS } from 'virtual:contract';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { call } from './client.ts';
import { nounsOf } from './nouns.ts';
import { askAgain } from './old.ts';

/** `live`: every entry is heard. `polling`: no stream, but the server answers. `away`: neither. */
export interface Live {
  readonly status: 'connecting' | 'live' | 'polling' | 'away';
  /** When what is shown was last known to be true; null: now. */
  readonly asOf: number | null;
}

const AGAIN_MS = 5_000;

let live: Live = { status: 'connecting', asOf: null };
const watchers = new Set<() => void>();

function become(status: Live['status']): void {
  if (status === live.status) return;
  const wasKnown = live.status === 'live' || live.status === 'polling';
  const asOf = status === 'away' ? (wasKnown ? Date.now() : live.asOf) : null;
  live = { status, asOf };
  for (const tell of watchers) tell();
}

export const useLive = (): Live =>
  useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => live,
  );
/** Whether an act may be sent: never while what a person sees may be old. */
export const isSure = (): boolean => live.status !== 'away';

/** Follows the record until the answer is called. */
export function followRecord(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const old = askAgain(queries);
  let [isAsking, isDone] = [false, false];

  const hear = ({ type }: Event) => old.add(nounsOf(type));
  // A stream may be refused or cut where the server is well: too many are open, or a proxy lets none through.
  const ask = async (isRefused: boolean) => {
    if (isAsking) return;
    isAsking = true;
    const isThere = await call('session.show').then(
      () => true,
      () => false,
    );
    isAsking = false;
    if (isDone) return;
    if (!isThere) become('away');
    else if (source?.readyState !== EventSource.OPEN) {
      become('polling');
      void queries.invalidateQueries();
    }
    // One that was cut comes back by itself.
    if (isRefused) again = setTimeout(open, AGAIN_MS);
  };
  const open = () => {
    clearTimeout(again);
    source?.close();
    source = new EventSource('/v1/events');
    source.addEventListener('open', () => {
      if (live.status !== 'live' && live.status !== 'connecting') void queries.invalidateQueries();
      become('live');
    });
    source.addEventListener('error', () => {
      if (live.status === 'live') become('away');
      void ask(source?.readyState === EventSource.CLOSED);
    });
    for (const kind of KINDS) source.addEventListener(kind, hear);
  };
  // A network that is gone cuts no stream, and brings nothing through it.
  const lost = () => void ask(false);
  addEventListener('offline', lost);
  addEventListener('online', open);
  open();
  return () => {
    isDone = true;
    removeEventListener('offline', lost);
    removeEventListener('online', open);
    source?.close();
    clearTimeout(again);
    old.end();
    become('connecting');
  };
}
