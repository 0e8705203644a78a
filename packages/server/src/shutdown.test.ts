/** The end of a server while people look at it: streams that come back, a reader that does not read, an agent that waits. */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { SampleHolds } from './server/sample-holds.ts';
import { startServer } from './server.ts';

const LONG = 60_000;

it('ends though streams come back while it closes and one reader reads nothing', { timeout: LONG }, async () => {
  const on = await SampleHolds.open();
  const { folder } = on.server;
  await on.server.desk.close();
  const server = await startServer(readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent' }), {
    onFatal(_code, sentence) {
      throw new Error(sentence);
    },
  });
  const { hostname, port } = new URL(server.address);
  const stalled = connect(Number(port), hostname);
  stalled.pause();
  stalled.on('error', () => undefined);
  const head = `host: ${hostname}\r\nauthorization: Bearer ${server.localKey}\r\n\r\n`;
  stalled.write(`GET /v1/events?from=0 HTTP/1.1\r\n${head}`);
  const headers = { authorization: `Bearer ${server.localKey}` };
  const listen = async () => {
    const response = await fetch(`${server.address}/v1/events?from=0`, { headers });
    for await (const _ of response.body ?? []) if (!response.ok) break;
  };
  const first = listen();
  let isClosed = false;
  const closing = server.close().then(() => {
    isClosed = true;
  });
  while (!isClosed) await Promise.race([closing, listen().catch(() => undefined)]);
  await first.catch(() => undefined);
  stalled.destroy();
});

it('answers an agent that waits for a person', { timeout: LONG }, async () => {
  const on = await SampleHolds.open();
  const { action } = await on.held(on.agent(), 60);
  const waiting = on.server.call('GET', `/v1/actions/${action}?wait=30`);
  on.server.desk.writer.leave();
  expect((await waiting).body['may_run']).toBe(false);
  await on.server.close();
});

it('tells whoever comes too late that nothing was recorded, as a problem', { timeout: LONG }, async () => {
  const on = await SampleHolds.open();
  const { length } = await on.server.entries();
  on.server.desk.writer.leave();
  expect(await on.server.call('POST', '/v1/agents', { name: 'late' })).toMatchObject({
    status: 503,
    body: { code: 'unavailable', detail: 'The server is shutting down; ask again in a moment' },
  });
  expect(await on.server.entries()).toHaveLength(length);
  await on.server.close();
});

it('is found by no command any more once it ends', { timeout: LONG }, async () => {
  const on = await SampleHolds.open();
  const { folder } = on.server;
  await on.server.desk.close();
  const server = await startServer(readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent' }), {
    onFatal(_code, sentence) {
      throw new Error(sentence);
    },
  });
  expect(existsSync(join(folder, 'server.json'))).toBe(true);
  const closing = server.close();
  expect(existsSync(join(folder, 'server.json'))).toBe(false);
  await closing;
});
