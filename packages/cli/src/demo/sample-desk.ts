/** The sample desk, opened: the real server on its folder, and in a thread beside it everybody who works there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SampleShown, Scenario } from '@surety/core/wire';
import { AskError } from '../command.ts';
import type { Server } from '../server/door.ts';
import { Diary } from './diary.ts';
import { timeOf, WEEKS } from './history.ts';
import { SampleClock } from './sample-clock.ts';
import type { Scenarios } from './scenarios.ts';
import type { Tells, Told, WorkerGiven } from './worker.ts';

export interface SampleDeskOptions {
  readonly config: Parameters<Server['startServer']>[0];
  readonly seed: number;
  /** Visits of the history, where there is none yet. */
  readonly visits: number;
  readonly speed: number;
  readonly onVisit: (n: number, of: number) => void;
  readonly onTrouble: (sentence: string) => void;
  readonly onFatal: (exitCode: 70 | 71, sentence: string) => void;
  /** Resolves when the desk is to close, also while its history is written. */
  readonly stopped: Promise<void>;
}

export interface SampleDesk {
  readonly address: string;
  /** Lets its holder look around, once. */
  readonly link: string | undefined;
  close(): Promise<void>;
}

/** It stands in every checkpoint: whoever sees the log sees that it is a sample. */
const ORIGIN = 'sample-desk.example/support';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Then they are interrupted, which loses no more than a kill would. */
const LEAVE_MS = 8_000;

/** `undefined`: it was told to stop before its history was written. */
export async function openSampleDesk(server: Server, options: SampleDeskOptions): Promise<SampleDesk | undefined> {
  const { config, onFatal, speed } = options;
  const { pages } = openDiary(options);
  const clock = new SampleClock();
  if (pages.next < pages.visits) clock.begin(timeOf(pages, pages.next) - HOUR_MS);
  let staff: Staff | undefined;
  const ask = (scenario: Scenario) => async () => {
    if (!staff) throw new Error('The sample desk is not open yet');
    return staff.ask(scenario);
  };
  const running = await server.startServer(
    { ...config, origin: ORIGIN },
    {
      clock: clock.read,
      onFatal,
      sample: true,
      scenarios: {
        refunds: ask('refunds'),
        'worse-model': ask('worse-model'),
        'better-model': ask('better-model'),
      } satisfies Scenarios,
    },
  );
  const { address, localKey } = running;
  try {
    staff = new Staff({ address, localKey, dataDir: config.dataDir, clock: clock.shared, speed }, options);
    const { atWork, close } = staff;
    void options.stopped.then(close);
    if (await atWork) {
      return {
        address,
        link: await running.signInLink(),
        async close() {
          await close();
          await running.close();
        },
      };
    }
  } catch (error) {
    await running.close();
    throw error;
  }
  await running.close();
  return undefined;
}

type Shown = Tells & { readonly is: 'shown' };

const GONE = 'The sample desk is closed';

/** The thread of those who work at the desk. */
class Staff {
  /** False: it was closed before. */
  readonly atWork: Promise<boolean>;
  readonly #worker: Worker;
  readonly #asked = new Map<number, (tells: Shown) => void>();
  #next = 0;
  #isGone = false;
  readonly #ended: Promise<void>;

  constructor(given: WorkerGiven, { onVisit, onTrouble }: SampleDeskOptions) {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: given });
    this.#worker = worker;
    this.#ended = new Promise((resolve) =>
      worker.once('exit', () => {
        this.#isGone = true;
        for (const id of [...this.#asked.keys()]) this.#hear({ is: 'shown', id, failed: GONE });
        resolve();
      }),
    );
    this.atWork = new Promise((resolve, reject) => {
      worker.once('exit', () => resolve(false));
      worker.on('error', (error) => {
        onTrouble(error.message);
        reject(error);
      });
      worker.on('message', (tells: Tells) => {
        if (tells.is === 'visit') onVisit(tells.n, tells.of);
        else if (tells.is === 'trouble') onTrouble(tells.says);
        else if (tells.is === 'shown') this.#hear(tells);
        else {
          resolve(tells.is === 'at work');
          // Nothing that is still under way, such as a question on its way, keeps the process.
          if (tells.is === 'closed') void worker.terminate();
        }
      });
    });
  }

  async ask(scenario: Scenario): Promise<SampleShown> {
    if (this.#isGone) throw new Error(GONE);
    const id = this.#next++;
    const tells = await new Promise<Shown>((resolve) => {
      this.#asked.set(id, resolve);
      this.#say({ is: 'ask', id, scenario });
    });
    if (!tells.shown) throw new Error(tells.failed ?? 'The sample desk showed nothing');
    return tells.shown;
  }

  readonly close = (): Promise<void> => {
    this.#say({ is: 'close' });
    const late = setTimeout(() => void this.#worker.terminate(), LEAVE_MS);
    return this.#ended.finally(() => clearTimeout(late));
  };

  #hear(tells: Shown): void {
    this.#asked.get(tells.id)?.(tells);
    this.#asked.delete(tells.id);
  }

  #say(told: Told): void {
    this.#worker.postMessage(told);
  }
}

function openDiary({ config: { dataDir }, seed, visits }: SampleDeskOptions): Diary {
  const found = Diary.find(dataDir);
  if (found) return found;
  if (existsSync(join(dataDir, 'ledger.sqlite')))
    throw new AskError(`${dataDir} holds a ledger that is not the sample desk's; name another folder with --data`);
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return Diary.begin(dataDir, { seed, visits, begins: today - WEEKS * 7 * DAY_MS });
}
