/** A server under load that is killed, told to stop, or runs out of disk: every answer it gave is on the record. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, type Call, Calls, callsOf, each, preparePact, propose } from './callers.ts';
import { answerOf, makeFolder, type ServerProcess, startServer } from './running.ts';

const CALLERS = 64;
/** The last answers are looked at one by one besides. */
const SHOWN = 100;

/** Lets callers work until `end`, which is heard as soon as they have no more to hope for. */
async function underLoad(server: ServerProcess, next: () => Call, end: (calls: Calls) => Promise<void>) {
  const calls = new Calls();
  const working = Array.from({ length: CALLERS }, () => calls.work([server], next, 0));
  await end(calls);
  calls.isOver = true;
  await Promise.all(working);
  return calls;
}

/** That each answer is on the record as it was given, and that asking again gives it once more. */
async function expectKept(server: ServerProcess, { answered }: Calls): Promise<void> {
  await each(answered, async ([call, answer]) => {
    expect(await propose(server, call)).toEqual({ status: 200, body: answer });
  });
  await each([...answered.values()].slice(-SHOWN), async (answer) => {
    const shown = await ask(server, 'GET', `/v1/actions/${answer.id}`);
    const { id, decision, receipt } = answer;
    expect(shown).toMatchObject({ status: 200, body: { id, decision, receipt } });
  });
}

describe('a server under load', () => {
  const data = makeFolder();
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer(data);
    await preparePact(server, 1_000_000);
  });

  it('keeps every answer it gave before kill -9, and decides the rest once', async () => {
    const calls = await underLoad(server, callsOf('killed'), async (calls) => {
      await calls.more(500);
      await server.end('SIGKILL');
    });
    expect(existsSync(join(data, 'server.json')), 'what the killed one left behind').toBe(true);
    const { code, err } = await answerOf(['doctor', '--data', data]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    server = await startServer(data);
    await expectKept(server, calls);
    await each(calls.open, async (call) => {
      const [one, two] = await Promise.all([propose(server, call), propose(server, call)]);
      expect(one.status).toBe(200);
      expect(two).toEqual(one);
    });
  });

  it('answers everyone and ends with 0 when it is told to stop', async () => {
    const calls = await underLoad(server, callsOf('stopped'), async (calls) => {
      await calls.more(300);
      expect(await server.end('SIGTERM')).toBe(0);
    });
    expect(calls.refused.map(({ status }) => status).filter((status) => status !== 503)).toEqual([]);
    expect(server.err()).toBe('');
    expect(existsSync(join(data, 'server.json'))).toBe(false);
    server = await startServer(data);
    await expectKept(server, calls);
    expect(await server.end('SIGTERM')).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('a server whose disk is full', () => {
  it('says so and ends with 70, and loses nothing', async () => {
    const data = makeFolder();
    // No file may grow beyond 2 MiB: to SQLite that is a disk which takes no more.
    const limited = ['sh', '-c', 'ulimit -f 4096; exec "$@"', 'sh'];
    let server = await startServer(data, { first: limited });
    await preparePact(server, 1_000_000);
    const calls = await underLoad(server, callsOf('full'), async () => {
      expect(await server.ended).toBe(70);
    });
    expect(
      server
        .err()
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('surety: ')),
    ).toEqual([expect.stringMatching(/^surety: .*ledger\.sqlite.* then start again\.$/)]);
    expect(calls.refused.length).toBeGreaterThan(0);
    expect(calls.refused.filter(({ status, body }) => status !== 503 || body.code !== 'unavailable')).toEqual([]);
    server = await startServer(data);
    await expectKept(server, calls);
    expect(await server.end('SIGTERM')).toBe(0);
  });
});
