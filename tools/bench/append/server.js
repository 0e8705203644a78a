/** The PostgreSQL of the tests, for a bench: a real one that syncs, or the sentence that says why there is none. */
import { join } from 'node:path';
import { createViteServer as createServer } from 'vitest/node';
import { root } from '../../ready.js';

export async function findServer() {
  // The starter is TypeScript, and this is what reads it in the tests too.
  const reader = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const { default: setup } = await reader.ssrLoadModule(join(root, 'tools', 'test-postgres.ts'));
  let door = '';
  const end = await setup({
    provide: (_name, url) => {
      door = url;
    },
  });
  const stop = async () => {
    await end();
    await reader.close();
  };
  const answer = await fetch(door);
  const text = await answer.text();
  if (answer.ok) return { url: text, stop };
  await stop();
  return { absent: text };
}
