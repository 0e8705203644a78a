/** A thread that runs parts of tasks, one after another. */
import { parentPort } from 'node:worker_threads';
import { runTask } from './tasks.js';

parentPort.on('message', ({ id, name, options, seed, from, to }) => {
  parentPort.postMessage({ id, results: runTask(name, options, seed, from, to) });
});
