/** Signing in over real HTTP: links that let in once, passwords, sessions, and whoever asks in another's name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstPerson, join, SampleBrowser } from './server/sample-browser.ts';
import { SampleServer } from './server/sample-server.ts';

const HOUR = 3_600_000;
const SECRET = 'a sentence nobody guesses';
const OTHER = 'another one of that kind';

describe('the first person', () => {
  let server: SampleServer;
  beforeAll(async () => {
    server = await SampleServer.open();
  }, 60_000);
  afterAll(() => server.close());

  it('comes by a link that lets in once, and chooses a name and a password', async () => {
    const link = String(await server.signInLink());
    expect(link).toMatch(new RegExp(`^${server.address}/welcome#token=[0-9A-Za-z]{43}$`));
    const browser = new SampleBrowser(server);
    const let_in = await browser.follow(link);
    expect(let_in).toMatchObject({
      status: 200,
      body: { person: { name: '', roles: [] }, must_set_up: true, sample: false },
    });
    expect(let_in.cookie).toMatch(
      /^surety_session=[0-9A-Za-z]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(await new SampleBrowser(server).follow(link)).toMatchObject({ status: 401, body: { code: 'link.over' } });
    for (const [method, path, body] of [
      ['GET', '/v1/holds', undefined],
      ['POST', '/v1/agents', { name: 'bot' }],
      ['POST', '/v1/people', { name: 'eve', roles: ['steward'] }],
    ] as const)
      expect(await browser.ask(method, path, body), path).toMatchObject({
        status: 403,
        body: { code: 'session.set_up' },
      });
    const before = browser.jar;
    const ready = await browser.setUp('dana.kim', SECRET);
    expect(ready).toMatchObject({ status: 200, body: { person: { name: 'dana.kim' }, must_set_up: false } });
    expect(Object.values(ready.body.person?.roles ?? {})).toEqual(
      expect.arrayContaining(['steward', 'governance', 'support_manager', 'quality_analyst', 'reviewer']),
    );
    expect(browser.jar).not.toBe(before);
    expect(await server.signInLink()).toBeUndefined();
  });

  it('acts on the record under that name, and signs nothing they wrote', async () => {
    const browser = new SampleBrowser(server);
    expect((await browser.signIn('dana.kim', SECRET)).status).toBe(200);
    expect((await browser.ask('POST', '/v1/agents', { name: 'bot' })).status).toBe(200);
    expect((await server.entries()).at(-1)).toMatchObject({ type: 'agent.registered', by: 'person:dana.kim' });
    const PACT = 'pact: x\n';
    expect((await browser.ask('POST', '/v1/pacts', { pact: 'p', files: { p: PACT } })).body.code).toBe('pact.invalid');
  });
});

describe('a link of the first start', () => {
  let server: SampleServer;
  beforeAll(async () => {
    server = await SampleServer.open();
  }, 60_000);
  afterAll(() => server.close());

  it('ends after a day', async () => {
    const link = await server.signInLink();
    server.now += 24 * HOUR;
    expect(await new SampleBrowser(server).follow(link)).toMatchObject({ status: 401, body: { code: 'link.over' } });
  });

  it('lets one of two in who take it at once, and one of two who set themselves up at once', async () => {
    const link = await server.signInLink();
    const both = [new SampleBrowser(server), new SampleBrowser(server)];
    const let_in = await Promise.all(both.map((browser) => browser.follow(link)));
    expect(let_in.map(({ status }) => status).sort()).toEqual([200, 401]);
    const second = new SampleBrowser(server);
    await second.follow(await server.signInLink());
    const first = both.find(({ jar }) => jar !== '') as SampleBrowser;
    const ready = await Promise.all([first.setUp('ann', SECRET), second.setUp('ben', OTHER)]);
    expect(ready.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await server.desk.store.people()).toHaveLength(1);
  });

  it('lets nobody in once somebody is set up', async () => {
    expect(await server.signInLink()).toBeUndefined();
    expect((await new SampleBrowser(server).follow('x#token=abc')).body.code).toBe('link.over');
  });
});

describe('a password', () => {
  let server: SampleServer;
  let dana: SampleBrowser;
  beforeAll(async () => {
    server = await SampleServer.open();
    dana = await firstPerson(server, 'dana', SECRET);
  }, 60_000);
  afterAll(() => server.close());

  it.each([
    ['11', 'x'.repeat(11), 422],
    ['12', 'x'.repeat(12), 200],
    ['200', 'x'.repeat(200), 200],
    ['201', 'x'.repeat(201), 422],
  ])('has 12 to 200 characters: %s', async (_, password, status) => {
    const browser = new SampleBrowser(server);
    await browser.follow(
      (await dana.ask('POST', '/v1/people', { name: `p${password.length}`, roles: ['viewer'] })).body.link,
    );
    const answer = await browser.setUp(`p${password.length}`, password);
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body).toMatchObject({ code: 'password.unfit' });
  });

  it('is not told from an unknown name, and neither gets in', async () => {
    const [wrong, unknown] = [
      await new SampleBrowser(server).signIn('dana', OTHER),
      await new SampleBrowser(server).signIn('nobody', OTHER),
    ];
    expect(wrong).toMatchObject({ status: 401, body: { code: 'session.refused' }, cookie: undefined });
    expect(unknown.body).toEqual(wrong.body);
  });

  it('is guessed ever more slowly, also many at once; the right one waits too, until the time is over', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 10 }, () => new SampleBrowser(server).signIn('erin', OTHER)),
    );
    expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429]);
    const [refused] = guesses.filter(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('5');
    expect(refused?.body).toMatchObject({ code: 'rate.exceeded', retry_after_s: 5 });
    server.now += 4_999;
    expect((await new SampleBrowser(server).signIn('erin', OTHER)).status).toBe(429);
    server.now += 1;
    expect((await new SampleBrowser(server).signIn('erin', OTHER)).status).toBe(401);
    expect((await new SampleBrowser(server).signIn('erin', OTHER)).headers.get('retry-after')).toBe('10');
    expect((await new SampleBrowser(server).signIn('dana', SECRET)).status).toBe(200);
  });

  it('changes with the old one alone, and ends every other session', async () => {
    const elsewhere = new SampleBrowser(server);
    await elsewhere.signIn('dana', SECRET);
    const change = (password: string, new_password: string) =>
      dana.ask('POST', '/v1/session/password', { password, new_password });
    expect((await change(OTHER, SECRET)).body.code).toBe('session.refused');
    expect((await change(SECRET, 'short')).body.code).toBe('password.unfit');
    const before = dana.jar;
    expect((await change(SECRET, OTHER)).status).toBe(200);
    expect(dana.jar).not.toBe(before);
    expect(await dana.who()).toBe('dana');
    expect(await elsewhere.who()).toBe('session.over');
    expect((await new SampleBrowser(server).signIn('dana', SECRET)).status).toBe(401);
    expect((await new SampleBrowser(server).signIn('dana', OTHER)).status).toBe(200);
  });

  it('and no token stands in the store as it is', async () => {
    const people = JSON.stringify(await server.desk.store.people());
    expect(people).toContain('scrypt$10$8$1$');
    expect(people).not.toContain(OTHER);
    expect(await server.desk.store.session(Buffer.from(dana.token))).toBeUndefined();
  });
});

describe('a session', () => {
  let server: SampleServer;
  let dana: SampleBrowser;
  beforeAll(async () => {
    server = await SampleServer.open();
    dana = await firstPerson(server, 'dana', SECRET);
  }, 60_000);
  afterAll(() => server.close());

  it('outlives a restart of the server', async () => {
    await server.restart();
    expect(await dana.who()).toBe('dana');
  });

  it('ends when nobody used it for twelve hours, and after seven days of use', async () => {
    server.now += 12 * HOUR - 1;
    expect(await dana.who()).toBe('dana');
    server.now += 12 * HOUR;
    expect(await dana.who()).toBe('session.over');
    await dana.signIn('dana', SECRET);
    for (let hours = 6; hours < 7 * 24; hours += 6) {
      server.now += 6 * HOUR;
      expect(await dana.who(), `${hours} hours`).toBe('dana');
    }
    server.now += 6 * HOUR;
    expect(await dana.who()).toBe('session.over');
    await dana.signIn('dana', SECRET);
  });

  it('ends where it is signed out, and with it the cookie', async () => {
    const { token } = dana;
    const ended = await dana.ask('POST', '/v1/session/end', {});
    expect(ended).toMatchObject({ status: 200, body: { ended: true } });
    expect(dana.jar).toBe('');
    dana.jar = `surety_session=${token}`;
    expect(await dana.who()).toBe('session.over');
    dana.jar = '';
    expect(await dana.who()).toBe('session.missing');
    await dana.signIn('dana', SECRET);
  });

  it('is asked for with no key, and a key stands above a cookie', async () => {
    expect(await server.call('GET', '/v1/session')).toMatchObject({ status: 401, body: { code: 'session.missing' } });
    const key = await server.key('viewer', 'vera');
    const headers = { authorization: `Bearer ${key}` };
    expect((await dana.ask('GET', '/v1/keys', undefined, headers)).body.code).toBe('role.forbidden');
    expect((await dana.ask('GET', '/v1/keys')).status).toBe(200);
  });

  it.each([
    ['no header of the console', { 'x-surety': '' }],
    ['another value of it', { 'x-surety': 'yes' }],
    ['no origin', { origin: '' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['an origin that is none', { origin: 'null' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
  ])('changes nothing for a request with %s', async (_, headers: Record<string, string>) => {
    const before = (await server.entries()).length;
    expect(await dana.ask('POST', '/v1/agents', { name: 'forged' }, headers)).toMatchObject({
      status: 403,
      body: { code: 'session.forged' },
    });
    expect((await server.entries()).length).toBe(before);
    expect((await dana.ask('POST', '/v1/session/end', {}, headers)).body.code).toBe('session.forged');
    expect(await dana.who()).toBe('dana');
  });

  it('is read by no page of another site, and none signs its visitor in', async () => {
    expect((await dana.ask('GET', '/v1/holds', undefined, { 'sec-fetch-site': 'cross-site' })).body.code).toBe(
      'session.forged',
    );
    const visitor = new SampleBrowser(server);
    const { body } = await visitor.ask(
      'POST',
      '/v1/session',
      { name: 'dana', password: SECRET },
      { origin: 'https://evil.example' },
    );
    expect({ code: body.code, jar: visitor.jar }).toEqual({ code: 'session.forged', jar: '' });
  });

  it('may do what one of several roles may, and nothing besides', async () => {
    const rita = await join(server, dana, 'rita', ['auditor', 'reviewer'], OTHER);
    expect((await rita.ask('GET', '/v1/holds')).status).toBe(200);
    expect((await rita.ask('GET', '/v1/people')).status).toBe(200);
    const refused = await rita.ask('POST', '/v1/people', { name: 'x', roles: ['steward'] });
    expect(refused).toMatchObject({ status: 403, body: { code: 'role.forbidden' } });
    expect(String(refused.body.detail)).toMatch(/^None of the roles auditor, reviewer may do this/);
  });
});

describe('behind a proxy that ends TLS', () => {
  it('the cookie travels over nothing else, and the console may come from there', async () => {
    const server = await SampleServer.open({ publicUrl: 'https://surety.example.com' });
    const browser = new SampleBrowser(server);
    const link = String(await server.signInLink());
    expect(link).toMatch(/^https:\/\/surety\.example\.com\/welcome#token=/);
    const { cookie } = await browser.follow(link);
    expect(cookie).toMatch(/^__Host-surety_session=\w+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const origin = 'https://surety.example.com';
    expect((await browser.ask('POST', '/v1/session/end', {}, { origin: 'https://other.example.com' })).status).toBe(
      403,
    );
    expect((await browser.ask('POST', '/v1/session/end', {}, { origin })).status).toBe(200);
    await server.close();
  }, 60_000);
});

describe('a desk of samples', () => {
  it('lets its visitor look around by the link alone, at every start, and says that it is one', async () => {
    const server = await SampleServer.open({}, { sample: true });
    const browser = new SampleBrowser(server);
    const answer = await browser.follow(await server.signInLink());
    expect(answer.body).toMatchObject({ person: { name: 'visitor' }, must_set_up: false, sample: true });
    expect((await browser.ask('GET', '/v1/holds')).status).toBe(200);
    await server.restart();
    expect(await browser.who()).toBe('visitor');
    const again = new SampleBrowser(server);
    expect((await again.follow(await server.signInLink('dana.kim'))).body.person?.name).toBe('dana.kim');
    await server.close();
  }, 60_000);
});
