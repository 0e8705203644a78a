/** How a server begins and ends: killed, ended under load, started twice, on a folder or a port it cannot have. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerOf, makeFolder, startServer } from './running.ts';
import { BIN, expectRefusal, openDesk } from './surety.ts';

const desk = openDesk();

describe('the end of a server', () => {
  it('leaves a server.json that no command trusts after kill -9', async () => {
    const folder = makeFolder();
    const server = await startServer(folder);
    expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
    expect(await server.end('SIGKILL')).toBe('SIGKILL');
    expect(existsSync(join(folder, 'server.json'))).toBe(true);
    expect(desk.run('agent', 'add', 'bot', '--data', folder).code).toBe(0);
    expect(existsSync(join(folder, 'server.json'))).toBe(false);
    // Another server stands at the address that was left behind: the key is not its own.
    const other = await startServer(makeFolder());
    writeFileSync(join(folder, 'server.json'), JSON.stringify({ address: other.address, key: 'local_old', pid: 1 }));
    expect(desk.run('agent', 'list', '--data', folder).out).toMatch(/^bot /);
    expect(await other.end('SIGTERM')).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what it was asked before %s ends it with 0', async (signal) => {
    const folder = makeFolder();
    const server = await startServer(folder);
    const acked: string[] = [];
    let isOver = false;
    const caller = async (name: string) => {
      for (let i = 0; !isOver; i++) {
        try {
          const response = await fetch(`${server.address}/v1/actions`, {
            method: 'POST',
            headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
            body: JSON.stringify({ agent: 'bot', conversation_id: name, call_id: `c${i}`, tool: 'x', args: {} }),
          });
          const { id } = (await response.json()) as { id?: string };
          if (!response.ok || id === undefined) return;
          acked.push(`a/${id.slice(4)}`);
          if (acked.length === 400) server.child.kill(signal);
        } catch {
          return;
        }
      }
    };
    const callers = Array.from({ length: 16 }, (_, i) => caller(`k${i}`));
    expect(await server.ended).toBe(0);
    isOver = true;
    await Promise.all(callers);
    const [first, second, ...rest] = server.out().split('\n');
    expect(first).toMatch(/^sign in once, within a day: http:\/\/127\.0\.0\.1:\d+\/welcome#token=\w{43}$/);
    expect([second, ...rest]).toEqual([`listening on ${server.address}`, '']);
    expect(server.err()).toBe('');
    expect(existsSync(join(folder, 'server.json'))).toBe(false);
    const ids = new Set((await answerOf(['ledger', 'ids', '--data', folder])).out.split('\n'));
    expect(acked.length).toBeGreaterThanOrEqual(400);
    expect(acked.filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe('a server that cannot start says so in one sentence', () => {
  it('where the configuration does not hold', () => {
    expectRefusal(desk.run('start', '--port', '65536'), '--port is a whole number from 0 to 65535, not 65536');
    expect(desk.runWith({ SURETY_FOO: 'x' }, 'start')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^surety: The configuration does not hold: SURETY_FOO is not a setting; .+\n$/),
    });
    expectRefusal(
      desk.run('start', '--database-url', 'mysql://x'),
      'The configuration does not hold: SURETY_DATABASE_URL begins with postgres://',
    );
  });

  it('where the port is taken', async () => {
    const server = await startServer(makeFolder());
    const { port } = new URL(server.address);
    expectRefusal(
      desk.run('start', '--port', port),
      `127.0.0.1:${port} is in use; name another port with --port, or 0 for any that is free`,
    );
    expectRefusal(
      desk.run('start', '--host', '192.0.2.1', '--port', '0'),
      '192.0.2.1 is not an address of this machine (EADDRNOTAVAIL); name one with --host',
    );
    await server.end('SIGTERM');
  });

  it('where a file stands in the folder’s place', () => {
    writeFileSync(desk.at('file'), '');
    expectRefusal(
      desk.run('start', '--data', 'file'),
      'file cannot be made, since a file stands in its way; name another one with --data',
    );
  });

  it.skipIf(process.platform === 'win32')('where its user may not write', () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'data'), { mode: 0o555 });
    chmodSync(folder, 0o755);
    // Nothing is read-only for root: somebody else is asked there.
    const who = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    for (const args of [
      ['start', '--port', '0'],
      ['keys', 'create', '--role', 'viewer', '--name', 'x'],
    ]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args, '--data', join(folder, 'data')], {
        cwd: folder,
        encoding: 'utf8',
        ...who,
      });
      expect({ status, stdout }, stderr).toEqual({ status: 70, stdout: '' });
      expect(stderr).toMatch(
        /^surety: .+ cannot be written: give Surety's user write access to it and its folder\.\n$/,
      );
    }
  });

  it('where the ledger was tampered with, and where it is cut off', async () => {
    const folder = makeFolder();
    expect(desk.run('agent', 'add', 'bot', '--data', folder).code).toBe(0);
    const path = join(folder, 'ledger.sqlite');
    const whole = readFileSync(path);
    const at = whole.indexOf('"agent":"bot"');
    const changed = Buffer.from(whole);
    changed.write('"agent":"bob"', at);
    writeFileSync(path, changed);
    for (const args of [
      ['start', '--port', '0'],
      ['agent', 'list'],
    ])
      expect(desk.run(...args, '--data', folder)).toMatchObject({
        code: 70,
        out: '',
        err: expect.stringMatching(/^surety: .+\n$/),
      });
    expect(desk.run('ledger', 'ids', '--data', folder)).toMatchObject({ code: 1, out: '' });
    const { code, out } = desk.run('doctor', '--data', folder);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/^bad {3}ledger: /m) });
    writeFileSync(path, whole.subarray(0, 20_000));
    expect(desk.run('start', '--port', '0', '--data', folder)).toMatchObject({ code: 70, out: '' });
  });
});

describe('commands where there is no ledger', () => {
  it.each([[['agent', 'list']], [['stop', 'bot']], [['ledger', 'export', '--out', 'x']], [['keys', 'list']]])(
    '%j makes none',
    (args) => {
      expectRefusal(
        desk.run(...args, '--data', 'nowhere'),
        'there is no ledger in nowhere; name its folder with --data DIR, or begin with surety start',
      );
      expect(existsSync(desk.at('nowhere'))).toBe(false);
    },
  );
});

describe('a ledger that is continued under another origin', () => {
  it('begins with an entry that names the old one, which is kept', () => {
    const data = ['--data', desk.at('old')];
    expect(desk.run('agent', 'add', 'bot', ...data).code).toBe(0);
    const before = desk.run('ledger', 'ids', ...data).out;
    expectRefusal(
      desk.run('ledger', 'continue', '--origin', 'x.example/y', ...data),
      'ledger continue needs --origin NAME and --reason TEXT',
    );
    const done = desk.run(
      'ledger',
      'continue',
      '--origin',
      'ledger.example.com/2',
      '--reason',
      'a test',
      '--json',
      ...data,
    );
    expect(done, done.err).toMatchObject({ code: 0 });
    const { continues, kept } = JSON.parse(done.out) as { continues: { size: number }; kept: string };
    expect(continues.size).toBe(2);
    expect(desk.run('ledger', 'ids', ...data).out).toBe('ledger:opened\n');
    expect(readFileSync(join(kept, 'continued.json'), 'utf8')).toContain('a test');
    expect(before.split('\n')).toContain('agent/bot');
  });
});
