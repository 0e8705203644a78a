/** People at a real server: the first by the link it prints, others by the command line; and no secret in what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSOLE_HEADER } from '@surety/core/wire';
import { describe, expect, it } from 'vitest';
import { answerOf, makeFolder, type ServerProcess, startServer } from './running.ts';

/** Many commands, and the hash of a password costs what it should. */
const LONG_MS = 240_000;
const SECRET = 'a sentence nobody guesses';
type Loose = Readonly<Record<string, unknown>>;

class Browser {
  server: ServerProcess;
  jar = '';
  /** Everything that nobody but this browser may know. */
  readonly secrets: string[] = [SECRET];

  constructor(server: ServerProcess) {
    this.server = server;
  }

  async ask(method: string, path: string, body?: Loose) {
    const response = await fetch(this.server.address + path, {
      method,
      headers: { cookie: this.jar, ...this.#own(), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie !== undefined) {
      this.jar = cookie;
      this.secrets.push(cookie.split('=')[1] ?? '');
    }
    return { status: response.status, body: (await response.json()) as Loose };
  }

  async follow(link: string) {
    const token = /#token=(\w+)/.exec(link)?.[1] ?? '';
    this.secrets.push(token);
    return this.ask('POST', '/v1/session/link', { token });
  }

  /** The first event after the one that was seen last. */
  async hear(lastSeen: number): Promise<string> {
    const stop = new AbortController();
    const response = await fetch(`${this.server.address}/v1/events`, {
      headers: { cookie: this.jar, 'last-event-id': String(lastSeen) },
      signal: stop.signal,
    });
    let text = '';
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString();
      const id = /^id: (\d+)\nevent: \S+\ndata: .+\n\n/m.exec(text)?.[1];
      if (id !== undefined || !response.ok) break;
    }
    stop.abort();
    return /^id: (\d+)$/m.exec(text)?.[1] ?? text;
  }

  #own() {
    return { origin: this.server.address, [CONSOLE_HEADER.name]: CONSOLE_HEADER.value };
  }
}

const linkIn = (out: string): string => /^sign in once, within a day: (\S+)$/m.exec(out)?.[1] ?? '';

describe('people', () => {
  it(
    'come in by the link of the first start and by the command line, and stay over a restart',
    async () => {
      const folder = makeFolder();
      const env = { SURETY_LOG_LEVEL: 'debug' };
      const first = await startServer(folder, { env });
      const dana = new Browser(first);
      expect((await dana.follow(linkIn(first.out()))).status).toBe(200);
      expect((await dana.ask('POST', '/v1/session/set-up', { name: 'dana', password: SECRET })).status).toBe(200);
      expect((await dana.ask('POST', '/v1/agents', { name: 'bot' })).status).toBe(200);
      expect(await dana.hear(0)).toBe('1');

      const surety = (...args: string[]) => answerOf(['people', ...args, '--data', folder]);
      const added = await surety('add', 'ann', '--role', 'reviewer', '--role', 'auditor', '--json');
      const { link, person } = JSON.parse(added.out) as { link: string; person: Loose };
      expect(person).toMatchObject({ name: 'ann', roles: ['reviewer', 'auditor'], state: 'invited' });
      expect(link.startsWith(`${first.address}/welcome#token=`)).toBe(true);
      const ann = new Browser(first);
      await ann.follow(link);
      expect((await ann.ask('POST', '/v1/session/set-up', { name: 'ann', password: SECRET })).status).toBe(200);
      expect((await surety('roles', 'ann', '--role', 'viewer')).out).toBe('ann is now viewer.\n');
      expect((await surety('list')).out).toMatch(
        /^dana {2}active {2}steward, .+\nann {2}active {2}viewer {2}seen .+\n$/,
      );
      expect(await surety('close', 'dana')).toMatchObject({
        code: 1,
        err: 'surety: dana is the last steward; make another one first\n',
      });
      expect(await first.end('SIGTERM')).toBe(0);

      const second = await startServer(folder, { env });
      expect(second.out()).toBe(`listening on ${second.address}\n`);
      dana.server = second;
      ann.server = second;
      expect((await dana.ask('GET', '/v1/session')).body).toMatchObject({ person: { name: 'dana' } });
      const wrong = await dana.ask('POST', '/v1/session', { name: 'dana', password: `${SECRET}!` });
      expect(wrong).toMatchObject({ status: 401, body: { code: 'session.refused' } });
      expect((await surety('close', 'ann')).code).toBe(0);
      expect((await ann.ask('GET', '/v1/session')).body).toMatchObject({ code: 'session.over' });
      expect(await ann.hear(0)).toContain('session.over');
      expect(await second.end('SIGTERM')).toBe(0);

      const said = [first.err(), second.err(), second.out()].join('');
      const stored = readFileSync(join(folder, 'ledger.sqlite'), 'latin1');
      for (const secret of [...dana.secrets, ...ann.secrets]) {
        expect(secret.length).toBeGreaterThan(20);
        expect(said).not.toContain(secret);
        expect(stored).not.toContain(secret);
      }
    },
    LONG_MS,
  );

  it(
    'who are locked out come in again by a link made on the machine, where no server has to run',
    async () => {
      const folder = makeFolder();
      const surety = (...args: string[]) => answerOf(['people', ...args, '--data', folder], { SURETY_PORT: '7399' });
      expect((await surety('list')).err).toMatch(/^surety: there is no ledger in /);
      expect((await surety('add', 'dana', '--role', 'agent')).err).toMatch(
        /^surety: a person cannot be agent; there are /,
      );
      const first = await surety('add', 'dana', '--role', 'steward');
      expect(first.out).toMatch(/^http:\/\/127\.0\.0\.1:7399\/welcome#token=\w{43}\n$/);
      const second = await surety('link', 'dana');
      expect(second.err).toMatch(/^This link lets dana \(steward\) in once, until .+; it is shown once\.\n$/);
      const server = await startServer(folder);
      expect(server.out()).toBe(`listening on ${server.address}\n`);
      const dana = new Browser(server);
      expect((await dana.follow(first.out)).body).toMatchObject({ code: 'link.over' });
      expect((await dana.follow(second.out)).body).toMatchObject({ person: { name: 'dana' }, must_set_up: true });
      await server.end('SIGKILL');
    },
    LONG_MS,
  );
});
