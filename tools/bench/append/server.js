/** The PostgreSQL of the tests, for a bench: a real one that syncs, or the sentence that says why there is none. */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../../ready.js';

export async function findServer() {
  const { module } = await runnerImport(join(root, 'tools', 'test-postgres.ts'));
  const given = new Map();
  const stop = await module.default({ provide: (name, value) => given.set(name, value) });
  const answer = await fetch(given.get('postgresDoor'));
  const text = await answer.text();
  if (answer.ok) return { url: text, stop };
  await stop();
  return { absent: text };
}
