/** What the worker finds: the sentence of each lane at once, and a simulation that can be stopped. */
import type { PactText } from '@surety/core/wire';
import { useEffect, useRef, useState } from 'react';
import type { LaneProspect, SimulateMessage, SimulateRequest } from '../../simulation/messages.ts';

const DEFECT = 'The simulation broke off; this is a defect in Surety. The pact is as it was.';

function startWorker(hear: (message: SimulateMessage) => void): Worker {
  const worker = new Worker(new URL('../../simulation/worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<SimulateMessage>) => hear(data));
  worker.addEventListener('error', () => hear({ kind: 'refused', says: DEFECT }));
  return worker;
}

export interface Prospects {
  readonly lanes: readonly LaneProspect[] | undefined;
  readonly says: string | undefined;
}

/** Asked anew whenever a number changes; the last answer stands until then. */
export function useProspects({ path, files }: PactText, perDay: Readonly<Record<string, number>>): Prospects {
  const worker = useRef<Worker>(undefined);
  const [found, setFound] = useState<Prospects>({ lanes: undefined, says: undefined });
  useEffect(() => {
    worker.current = startWorker((message) => {
      if (message.kind === 'prospects') setFound({ lanes: message.lanes, says: undefined });
      if (message.kind === 'refused') setFound({ lanes: undefined, says: message.says });
    });
    return () => worker.current?.terminate();
  }, []);
  useEffect(() => {
    const request: SimulateRequest = { kind: 'prospects', pact: { path, files }, perDay };
    worker.current?.postMessage(request);
  }, [path, files, perDay]);
  return found;
}

type Simulated = Extract<SimulateMessage, { kind: 'simulated' }>;
export interface Simulation {
  readonly status: 'idle' | 'running' | 'done' | 'refused';
  readonly done: number;
  readonly of: number;
  readonly result: Simulated | undefined;
  readonly says: string | undefined;
}
const NOTHING: Simulation = { status: 'idle', done: 0, of: 1, result: undefined, says: undefined };

export function useSimulation({ path, files }: PactText) {
  const worker = useRef<Worker>(undefined);
  const [simulation, setSimulation] = useState(NOTHING);
  useEffect(() => () => worker.current?.terminate(), []);

  function begin(lane: string, perDay: number, runs: number) {
    worker.current?.terminate();
    setSimulation({ ...NOTHING, status: 'running', of: runs });
    const started = startWorker((message) => {
      if (message.kind === 'progress') setSimulation((now) => ({ ...now, done: message.done }));
      if (message.kind === 'simulated') setSimulation((now) => ({ ...now, status: 'done', result: message }));
      if (message.kind === 'refused') setSimulation({ ...NOTHING, status: 'refused', says: message.says });
    });
    const request: SimulateRequest = { kind: 'simulate', pact: { path, files }, lane, perDay, runs };
    started.postMessage(request);
    worker.current = started;
  }
  function cancel() {
    worker.current?.terminate();
    setSimulation(NOTHING);
  }
  return { simulation, begin, cancel };
}
