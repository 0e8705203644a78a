/** Spreads the runs of tasks over the processor’s cores. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const YOUNG_MB = 64;
/** A task is run in so many parts. */
const PARTS = 40;

/** Opens as many threads as there are cores; `run` gives all results of a task, in the order of its runs. */
export function openCrew(seed) {
  const waiting = [];
  const open = new Map();
  let ids = 0;
  const idle = [];

  const next = (worker) => {
    const part = waiting.shift();
    if (part) worker.postMessage(part);
    else idle.push(worker);
  };
  const workers = Array.from({ length: availableParallelism() }, () => {
    // Steps leave many short-lived values behind; a roomier nursery clears them away more cheaply.
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    const worker = new Worker(new URL('worker.js', import.meta.url), { resourceLimits });
    worker.on('message', ({ id, results }) => {
      open.get(id)?.resolve(results);
      open.delete(id);
      next(worker);
    });
    worker.on('error', (error) => {
      for (const { reject } of open.values()) reject(error);
    });
    idle.push(worker);
    return worker;
  });

  const ask = (part) =>
    new Promise((resolve, reject) => {
      const id = ids++;
      open.set(id, { resolve, reject });
      waiting.push({ ...part, id, seed });
      const worker = idle.pop();
      if (worker) next(worker);
    });

  return {
    async run(name, options, runs) {
      const size = Math.ceil(runs / PARTS);
      const parts = [];
      for (let from = 0; from < runs; from += size)
        parts.push(ask({ name, options, from, to: Math.min(runs, from + size) }));
      return (await Promise.all(parts)).flat();
    },
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
