/** A browser as tests need one: it keeps cookies, and says where its page came from as browsers do. */
import { CONSOLE_HEADER } from '@surety/core/wire';
import type { Answered, Loose, SampleServer } from './sample-server.ts';

export interface Visited extends Answered {
  readonly headers: Headers;
  /** As the server sent it, flags and all. */
  readonly cookie: string | undefined;
}

export class SampleBrowser {
  readonly #server: SampleServer;
  /** `name=value`; empty where there is none. */
  jar = '';

  constructor(server: SampleServer) {
    this.#server = server;
  }

  get token(): string {
    return this.jar.split('=')[1] ?? '';
  }

  /** As the console asks; `headers` stand over what it sends by itself, and an empty one is left out. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Visited> {
    const { address } = this.#server;
    const own = method === 'GET' ? {} : { origin: address, [CONSOLE_HEADER.name]: CONSOLE_HEADER.value };
    const given = Object.entries({ 'sec-fetch-site': 'same-origin', ...own, ...headers }).filter(([, value]) => value);
    const response = await fetch(address + path, {
      method,
      headers: {
        ...Object.fromEntries(given),
        ...(this.jar === '' ? {} : { cookie: this.jar }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined)
      this.jar = /Max-Age=0|Expires=Thu, 01 Jan 1970/.test(cookie) ? '' : (cookie.split(';')[0] ?? '');
    return { status: response.status, body: (await response.json()) as Loose, headers: response.headers, cookie };
  }

  signIn(name: string, password: string): Promise<Visited> {
    return this.ask('POST', '/v1/session', { name, password });
  }

  /** Follows a one-time link. */
  follow(link: unknown): Promise<Visited> {
    return this.ask('POST', '/v1/session/link', { token: String(link).split('#token=')[1] ?? '' });
  }

  setUp(name: string, password: string): Promise<Visited> {
    return this.ask('POST', '/v1/session/set-up', { name, password });
  }

  /** Whom the server takes it for; the problem's code where for nobody. */
  async who(): Promise<string> {
    const { body } = await this.ask('GET', '/v1/session');
    return String(body.person?.name ?? body.code);
  }
}

/** A desk whose first person is set up, and their browser. */
export async function firstPerson(server: SampleServer, name: string, password: string): Promise<SampleBrowser> {
  const browser = new SampleBrowser(server);
  await browser.follow(await server.signInLink());
  const { status, body } = await browser.setUp(name, password);
  if (status !== 200) throw new Error(`The first person was not set up: ${JSON.stringify(body)}`);
  return browser;
}

/** Invites somebody and sets them up. */
export async function join(
  server: SampleServer,
  steward: SampleBrowser,
  name: string,
  roles: readonly string[],
  password: string,
): Promise<SampleBrowser> {
  const { body } = await steward.ask('POST', '/v1/people', { name, roles });
  const browser = new SampleBrowser(server);
  await browser.follow(body.link);
  await browser.setUp(name, password);
  return browser;
}
