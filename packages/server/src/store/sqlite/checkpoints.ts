/** Brings the write-ahead log home from a thread of its own: its writing and syncing holds up no commit for long. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { checkpointSettings } from './settings.ts';

/** Plain JavaScript in a text: it runs the same from the source and from the build. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const Sqlite = require(workerData.sqlite);
const db = new Sqlite(workerData.path, { fileMustExist: true });
for (const setting of workerData.settings) db.pragma(setting);
parentPort.on('message', (message) => {
  if (message === 'end') {
    db.close();
    parentPort.close();
    return;
  }
  try {
    const [{ busy, log, checkpointed }] = db.pragma('wal_checkpoint(' + message + ')');
    parentPort.postMessage({ left: busy ? log : log - checkpointed });
  } catch (error) {
    parentPort.postMessage({ code: String(error.code), message: String(error.message) });
  }
});`;

/** PASSIVE goes on beside writers and readers; TRUNCATE also gives the disk space back. */
export type CheckpointMode = 'PASSIVE' | 'TRUNCATE';
type Answer = { readonly left: number } | { readonly code: string; readonly message: string };

export class CheckpointThread {
  readonly #path: string;
  #worker: Worker | undefined;
  #answer: ((answer: Answer) => void) | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** How many pages of the log are left in it. One at a time. Throws what SQLite says: an error of fsync is fatal. */
  async run(mode: CheckpointMode): Promise<number> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    const answer = await new Promise<Answer>((resolve) => {
      this.#answer = resolve;
      worker.postMessage(mode);
    });
    this.#answer = undefined;
    // A thread that is being ended keeps the process until it has.
    if (this.#worker === worker) worker.unref();
    if ('left' in answer) return answer.left;
    throw new Sqlite.SqliteError(answer.message, answer.code);
  }

  /** After the checkpoint that runs, if any. */
  async end(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    worker.ref();
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      worker.postMessage('end');
    });
  }

  #start(): Worker {
    const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(THREAD, {
      eval: true,
      workerData: { sqlite, path: this.#path, settings: checkpointSettings },
    });
    // A thread that is gone leaves it open what was synced: that is told as an error of the disk.
    const lost = (reason: string) => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#answer?.({ code: 'SQLITE_IOERR', message: reason });
    };
    worker.on('message', (answer: Answer) => this.#answer?.(answer));
    worker.on('error', (error) => lost(`the thread for checkpoints failed: ${error.message}`));
    worker.on('exit', () => lost('the thread for checkpoints ended'));
    return worker;
  }
}
