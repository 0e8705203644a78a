/** People of a desk: invited, given roles, closed; and there is always a steward left, whatever happens at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { firstPerson, join, SampleBrowser } from './server/sample-browser.ts';
import { list, SampleServer } from './server/sample-server.ts';

const SECRET = 'a sentence nobody guesses';
const OTHER = 'another one of that kind';
const DAY = 86_400_000;

describe('people', () => {
  let server: SampleServer;
  let dana: SampleBrowser;
  beforeAll(async () => {
    server = await SampleServer.open();
    dana = await firstPerson(server, 'dana', SECRET);
  }, 60_000);
  afterAll(() => server.close());
  /** A minute later, so that no brake of an earlier test holds. */
  beforeEach(() => {
    server.now += 60_000;
  });
  const listed = async () => list((await dana.ask('GET', '/v1/people')).body.people);

  it('are invited by a link, under a name that stays', async () => {
    const invited = await dana.ask('POST', '/v1/people', {
      name: 'ann.lee',
      roles: ['reviewer', 'viewer', 'reviewer'],
    });
    expect(invited.body).toMatchObject({
      person: { name: 'ann.lee', roles: ['reviewer', 'viewer'], state: 'invited' },
    });
    const ann = new SampleBrowser(server);
    expect(await ann.follow(invited.body.link)).toMatchObject({
      body: { person: { name: 'ann.lee' }, must_set_up: true },
    });
    expect((await ann.setUp('ben', SECRET)).body.code).toBe('person.named');
    expect((await ann.setUp('ann.lee', SECRET)).status).toBe(200);
    expect((await ann.setUp('ann.lee', OTHER)).body.code).toBe('person.set_up');
    expect(await listed()).toMatchObject([{ name: 'dana' }, { name: 'ann.lee', state: 'active' }]);
    expect(JSON.stringify(await listed())).not.toContain('scrypt');
  });

  it('have names that nobody else has, not even in other letters', async () => {
    for (const name of ['ann.lee', 'ANN.lee'])
      expect((await dana.ask('POST', '/v1/people', { name, roles: ['viewer'] })).body.code).toBe('person.exists');
    for (const body of [
      { name: 'a b', roles: ['viewer'] },
      { name: 'x', roles: [] },
      { name: 'x', roles: ['agent'] },
      { name: 'x', roles: ['king'] },
      { name: 'x', roles: ['viewer'], password: SECRET },
    ])
      expect((await dana.ask('POST', '/v1/people', body)).status, JSON.stringify(body)).toBe(400);
    const twice = await Promise.all(
      ['eve', 'Eve'].map((name) => dana.ask('POST', '/v1/people', { name, roles: ['viewer'] })),
    );
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('who are locked out get a new link, which voids the one before and their old password', async () => {
    const bob = await join(server, dana, 'bob', ['reviewer'], SECRET);
    const [first, second] = [
      await dana.ask('POST', '/v1/people/bob/link', {}),
      await dana.ask('POST', '/v1/people/bob/link', {}),
    ];
    const again = new SampleBrowser(server);
    expect((await again.follow(first.body.link)).body.code).toBe('link.over');
    expect((await again.follow(second.body.link)).status).toBe(200);
    expect((await again.setUp('bob', OTHER)).status).toBe(200);
    expect(await bob.who()).toBe('session.over');
    expect((await new SampleBrowser(server).signIn('bob', SECRET)).status).toBe(401);
    const late = await dana.ask('POST', '/v1/people/bob/link', {});
    server.now += DAY;
    expect((await new SampleBrowser(server).follow(late.body.link)).body.code).toBe('link.over');
    await dana.signIn('dana', SECRET);
    expect((await dana.ask('POST', '/v1/people/nobody/link', {})).body.code).toBe('person.unknown');
  });

  it('have other roles from the next request on', async () => {
    const cleo = await join(server, dana, 'cleo', ['viewer'], SECRET);
    expect((await cleo.ask('GET', '/v1/people')).status).toBe(403);
    expect((await dana.ask('POST', '/v1/people/cleo/roles', { roles: ['auditor'] })).body).toMatchObject({
      roles: ['auditor'],
    });
    expect((await cleo.ask('GET', '/v1/people')).status).toBe(200);
    expect((await cleo.ask('POST', '/v1/people/cleo/roles', { roles: ['steward'] })).status).toBe(403);
  });

  it('who are closed are out at once: sessions, links and keys; and their name is given to nobody', async () => {
    const gus = await join(server, dana, 'gus', ['engineer'], SECRET);
    const key = await server.key('engineer', 'gus');
    const { link } = (await dana.ask('POST', '/v1/people/gus/link', {})).body;
    expect((await server.call('GET', '/v1/holds', undefined, { key })).status).toBe(200);
    expect((await dana.ask('POST', '/v1/people/gus/close', {})).body).toMatchObject({ name: 'gus', state: 'closed' });
    expect(await gus.who()).toBe('session.over');
    expect((await new SampleBrowser(server).follow(link)).body.code).toBe('link.over');
    expect((await new SampleBrowser(server).signIn('gus', SECRET)).body.code).toBe('session.refused');
    expect((await server.call('GET', '/v1/holds', undefined, { key })).body.code).toBe('key.unknown');
    for (const [path, body] of [
      ['/v1/people/gus/roles', { roles: ['viewer'] }],
      ['/v1/people/gus/link', {}],
      ['/v1/people/gus/close', {}],
    ] as const)
      expect((await dana.ask('POST', path, body)).body.code, path).toBe('person.closed');
    expect((await dana.ask('POST', '/v1/people', { name: 'gus', roles: ['viewer'] })).body.code).toBe('person.exists');
  });

  it('keep a steward: the last one is neither closed nor made anything else', async () => {
    await dana.ask('POST', '/v1/people', { name: 'invited', roles: ['steward'] });
    for (const ask of [
      dana.ask('POST', '/v1/people/dana/close', {}),
      dana.ask('POST', '/v1/people/dana/roles', { roles: ['viewer'] }),
    ])
      expect(await ask).toMatchObject({ status: 409, body: { code: 'person.last_steward' } });
    expect(await dana.who()).toBe('dana');
  });

  it('keep a steward when two close each other at once', async () => {
    const stu = await join(server, dana, 'stu', ['steward'], SECRET);
    const closed = await Promise.all([
      dana.ask('POST', '/v1/people/stu/close', {}),
      stu.ask('POST', '/v1/people/dana/close', {}),
    ]);
    expect(closed.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = (await server.desk.store.people()).filter(
      ({ roles, closed, password }) => roles.includes('steward') && closed === undefined && password !== undefined,
    );
    expect(left).toHaveLength(1);
  });
});
