/** The stream of events, over a real server: what is told to whom, where it goes on, and what a slow reader costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WIRE_LIMITS } from '@surety/core/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { createKey } from './operations/key/key-ring.ts';
import { type RunningServer, startServer } from './server.ts';

const SLOW = 60_000;
interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

describe('the stream of events', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-events-'));
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent', ratePerMinute: 1e6 }), {
      onFatal(_code, sentence) {
        throw new Error(sentence);
      },
    });
  }, SLOW);
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  }, SLOW);

  const headers = (key = server.localKey, more = {}) => ({ authorization: `Bearer ${key}`, ...more });
  const register = async (name: string): Promise<void> => {
    const json = headers(undefined, { 'content-type': 'application/json' });
    const body = JSON.stringify({ name, purpose: 'x'.repeat(150) });
    const { status } = await fetch(`${server.address}/v1/agents`, { method: 'POST', headers: json, body });
    expect(status).toBe(200);
  };
  /** So many events, and then it goes away. */
  async function hear(count: number, query = '', given = headers()): Promise<Heard[]> {
    const leave = new AbortController();
    const response = await fetch(`${server.address}/v1/events${query}`, { headers: given, signal: leave.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const heard: Heard[] = [];
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + Buffer.from(chunk).toString()).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
        const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
        if (id && event && data) heard.push({ id, event, data: JSON.parse(data) });
      }
      if (heard.length >= count) break;
    }
    leave.abort();
    return heard.slice(0, count);
  }

  it('tells several readers the same, in order and without gaps, from where each of them stands', async () => {
    for (const name of ['a', 'b', 'c']) await register(name);
    const [all, same] = await Promise.all([hear(4, '?from=0'), hear(4, '?from=0')]);
    expect(all).toEqual(same);
    expect(all?.map(({ id }) => Number(id))).toEqual([0, 1, 2, 3]);
    expect(all?.map(({ event }) => event)).toEqual(['ledger.opened', ...Array(3).fill('agent.registered')]);
    const resumed = await hear(2, '', headers(undefined, { 'last-event-id': '1' }));
    expect(resumed.map(({ data }) => data['agent'])).toEqual(['b', 'c']);
    expect(Object.keys(resumed[0]?.data ?? {}).sort()).toEqual(['agent', 'at', 'by', 'id', 'seq', 'type']);
  });

  it('goes on from here for whoever comes with the id of a longer ledger, which this one continues', async () => {
    const late = hear(1, '', headers(undefined, { 'last-event-id': '1000000' }));
    const named = (async () => {
      for (let i = 0; ; i++) {
        await register(`after-${i}`);
        if (await Promise.race([late.then(() => true), new Promise<false>((go) => setImmediate(go, false))])) return;
      }
    })();
    expect((await late)[0]).toMatchObject({ event: 'agent.registered' });
    await named;
  });

  it('tells of the kinds that were named', async () => {
    const live = hear(1, '?kinds=ledger,agent.stopped');
    const wanted = hear(1, '?from=0&kinds=agent');
    expect((await wanted)[0]).toMatchObject({ id: '1', event: 'agent.registered' });
    await register('d');
    const json = headers(undefined, { 'content-type': 'application/json' });
    await fetch(`${server.address}/v1/agents/d/stop`, { method: 'POST', headers: json, body: '{}' });
    expect((await live)[0]).toMatchObject({ event: 'agent.stopped', data: { agent: 'd' } });
    for (const kinds of ['', 'agents', 'agent.', 'agent,nothing']) {
      const { status } = await fetch(`${server.address}/v1/events?kinds=${kinds}`, { headers: headers() });
      expect([kinds, status]).toEqual([kinds, 400]);
    }
  });

  it('tells an agent of itself alone', async () => {
    const key = await createKey(server.desk.store, { role: 'agent', name: 'c', scopes: [] }, Date.now());
    expect((await hear(1, '?from=0', headers(key)))[0]).toMatchObject({ data: { agent: 'c' } });
  });

  it('waits for a reader that does not read, and leaves nothing out once it does', async () => {
    const from = server.desk.writer.position.size;
    const names = Array.from({ length: 300 }, (_, i) => `slow-${i}`);
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname);
    socket.pause();
    const path = `/v1/events?from=${from}`;
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${server.localKey}\r\n\r\n`);
    await Promise.all(names.map(register));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.resume();
    const last = server.desk.writer.position.size - 1;
    await expect.poll(() => text, { timeout: SLOW }).toContain(`id: ${last}\n`);
    socket.destroy();
    const ids = [...text.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: last - from + 1 }, (_, i) => from + i));
  });

  it('leaves room for others: of one key so many are open, and of all of them so many', async () => {
    const opened: AbortController[] = [];
    const open = async (key: string): Promise<number> => {
      const leave = new AbortController();
      const { status } = await fetch(`${server.address}/v1/events`, { headers: headers(key), signal: leave.signal });
      if (status === 200) opened.push(leave);
      return status;
    };
    const { eventStreams, eventStreamsEach } = WIRE_LIMITS;
    const keys = await Promise.all(
      Array.from({ length: eventStreams / eventStreamsEach + 1 }, (_, n) =>
        createKey(server.desk.store, { role: 'agent', name: `listener-${n}`, scopes: [] }, Date.now()),
      ),
    );
    const refused = async (key = '', asked = 0): Promise<number> => {
      const statuses = await Promise.all(Array.from({ length: asked }, () => open(key)));
      expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
      return statuses.filter((status) => status === 429).length;
    };
    expect(await refused(keys[0], eventStreamsEach + 1)).toBe(1);
    for (const key of keys.slice(1, -1)) expect(await refused(key, eventStreamsEach)).toBe(0);
    expect(await refused(keys.at(-1), 1)).toBe(1);
    opened.pop()?.abort();
    await expect.poll(() => refused(keys.at(-1), 1), { timeout: SLOW }).toBe(0);
    for (const leave of opened) leave.abort();
  });
});
