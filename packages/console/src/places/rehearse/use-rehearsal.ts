/** A rehearsal in the worker: what it has found so far, and the way to end it. */
import { useEffect, useRef, useState } from 'react';
import type { RehearseMessage, RehearseRequest, Stop } from '../../rehearsal/messages.ts';

type Done = Extract<RehearseMessage, { kind: 'done' }>;

export interface Rehearsed {
  readonly status: 'idle' | 'running' | 'done' | 'refused' | 'cancelled';
  readonly judged: number;
  /** Of the files' bytes, from 0 to 1. */
  readonly share: number;
  readonly stops: readonly Stop[];
  readonly unreadable: readonly string[];
  readonly done: Done | undefined;
  /** Why it was refused. */
  readonly says: string | undefined;
}

const NOTHING: Rehearsed = {
  status: 'idle',
  judged: 0,
  share: 0,
  stops: [],
  unreadable: [],
  done: undefined,
  says: undefined,
};
const SENTENCES_MAX = 20;

function hear(before: Rehearsed, message: RehearseMessage): Rehearsed {
  switch (message.kind) {
    case 'progress':
      return { ...before, judged: message.judged, share: message.bytes / Math.max(1, message.total) };
    case 'stops':
      return { ...before, stops: [...before.stops, ...message.stops] };
    case 'unreadable':
      return { ...before, unreadable: [...before.unreadable, message.says].slice(0, SENTENCES_MAX) };
    case 'refused':
      return { ...before, status: 'refused', says: message.says };
    case 'done':
      return { ...before, status: 'done', judged: message.judged, share: 1, done: message };
  }
}

export function useRehearsal() {
  const [rehearsed, setRehearsed] = useState(NOTHING);
  const worker = useRef<Worker>(undefined);
  const end = () => worker.current?.terminate();
  useEffect(() => () => worker.current?.terminate(), []);

  function begin(request: RehearseRequest) {
    end();
    setRehearsed({ ...NOTHING, status: 'running' });
    const started = new Worker(new URL('../../rehearsal/worker.ts', import.meta.url), { type: 'module' });
    started.addEventListener('message', ({ data }: MessageEvent<RehearseMessage>) =>
      setRehearsed((before) => hear(before, data)),
    );
    started.addEventListener('error', () =>
      setRehearsed((before) => ({
        ...before,
        status: 'refused',
        says: 'The rehearsal broke off; this is a defect in Surety. Nothing left this browser.',
      })),
    );
    started.postMessage(request);
    worker.current = started;
  }
  function cancel() {
    end();
    setRehearsed((before) => ({ ...before, status: 'cancelled' }));
  }
  return { rehearsed, begin, cancel, clear: () => setRehearsed(NOTHING) };
}
