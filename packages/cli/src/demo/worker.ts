/** The thread in which the sample desk's agents and people work, so that the server has its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SampleShown, Scenario } from '@surety/core/wire';
import { type AtWork, goToWork } from './at-work.ts';
import { Diary } from './diary.ts';
import { SampleClock } from './sample-clock.ts';

export interface WorkerGiven {
  readonly address: string;
  readonly localKey: string;
  readonly dataDir: string;
  readonly clock: SharedArrayBuffer;
  readonly speed: number;
}

/** What the thread is told. */
export type Told = { readonly is: 'ask'; readonly id: number; readonly scenario: Scenario } | { readonly is: 'close' };

/** What it tells. */
export type Tells =
  | { readonly is: 'visit'; readonly n: number; readonly of: number }
  | { readonly is: 'trouble'; readonly says: string }
  | { readonly is: 'at work' }
  | { readonly is: 'shown'; readonly id: number; readonly shown?: SampleShown; readonly failed?: string }
  | { readonly is: 'closed' };

const tell = (tells: Tells): void => parentPort?.postMessage(tells);
const says = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function work({ address, localKey, dataDir, clock, speed }: WorkerGiven): Promise<void> {
  let [isClosing, desk]: [boolean, AtWork | undefined] = [false, undefined];
  const close = async () => {
    await desk?.close();
    tell({ is: 'closed' });
    parentPort?.close();
  };
  parentPort?.on('message', (told: Told) => {
    if (told.is === 'close') {
      isClosing = true;
      if (desk) void close();
      return;
    }
    const { id, scenario } = told;
    desk?.scenarios[scenario]().then(
      (shown) => tell({ is: 'shown', id, shown }),
      (error: unknown) => tell({ is: 'shown', id, failed: says(error) }),
    );
  });
  const diary = Diary.find(dataDir);
  if (!diary) throw new Error('The sample desk has no diary');
  desk = await goToWork({
    address,
    localKey,
    diary,
    clock: new SampleClock(clock),
    speed,
    goesOn: () => !isClosing,
    onVisit: (n, of) => tell({ is: 'visit', n, of }),
    onTrouble: (error) => tell({ is: 'trouble', says: says(error) }),
  });
  if (desk) tell({ is: 'at work' });
  if (!desk || isClosing) await close();
}

await work(workerData as WorkerGiven);
