/** The door of a real server: keys, roles on every route, bodies at and over their limits, routes that are not there. */
import { ROLES } from '@surety/core/terms';
import { ROUTES, type Route, WIRE_LIMITS } from '@surety/core/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, type ServerProcess, startServer } from './running.ts';

describe('the door', () => {
  let server: ServerProcess;
  const keys = new Map<string, string>();
  beforeAll(async () => {
    server = await startServer(makeFolder());
    for (const role of ROLES) {
      const made = await ask('POST', '/v1/keys', server.key, JSON.stringify({ role, name: role }));
      keys.set(role, made.body['key'] as string);
    }
  });
  afterAll(() => server.end('SIGKILL'));

  async function ask(method: string, path: string, key: string | undefined, body?: string) {
    const response = await fetch(server.address + path, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  }
  const propose = (body: string) => ask('POST', '/v1/actions', keys.get('agent'), body);
  const PLACES: Readonly<Record<string, string>> = {
    '/v1/actions/{id}': `act_${'0'.repeat(32)}`,
    '/v1/holds/{id}': `hld_${'0'.repeat(32)}`,
    '/v1/keys/{id}': 'nobody',
  };
  const pathOf = ({ path }: Pick<Route, 'path'>) =>
    path
      .replace(/^(\/v1\/\w+\/)\{id\}/, (start, base: string) => base + (PLACES[start] ?? 'x'))
      .replace('{name}', 'nobody')
      .replace('{digest}', `sha256:${'0'.repeat(64)}`);

  it.each(Object.entries(ROUTES))(
    'lets at %s in whom its route names, and nobody else',
    async (_, route: Route | Omit<Route, 'name'>) => {
      const { status, body } = await ask(route.method, pathOf(route), undefined, route.body && '{"no":"such"}');
      if (route.entry === 'open') {
        expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'request.malformed' });
        return;
      }
      expect({ status, code: body['code'] }).toEqual({
        status: 401,
        code: route.entry === 'session' ? 'session.missing' : 'key.missing',
      });
      for (const role of ROLES) {
        // What is asked is malformed on purpose: nothing happens to whom the door lets in.
        const { status, body } = await ask(route.method, pathOf(route), keys.get(role), route.body && '{"no":"such"}');
        if (route.may.includes(role) && route.entry === 'session') expect(body['code'], role).toBe('session.missing');
        else if (route.may.includes(role)) expect(status, `${role}: ${JSON.stringify(body)}`).not.toBe(403);
        else expect({ status, code: body['code'] }, role).toEqual({ status: 403, code: 'role.forbidden' });
      }
      const path = pathOf(route);
      const wrong = `${keys.get('steward')?.slice(0, -1)}_`;
      for (const key of ['local_x', 'surety_x_y', wrong])
        expect(await ask(route.method, path, key, route.body && '{}')).toMatchObject({
          status: 401,
          body: { code: 'key.unknown' },
        });
    },
  );

  it('takes a body of the largest size, and not one byte more', async () => {
    const sized = (bytes: number) => {
      const frame = { agent: 'agent', conversation_id: 'c', call_id: `c${bytes}`, tool: 'x', args: { a: '' } };
      const text = 'a'.repeat(bytes - JSON.stringify(frame).length);
      return JSON.stringify({ ...frame, args: { a: text } });
    };
    expect((await propose(sized(WIRE_LIMITS.bodyBytes))).status).not.toBe(413);
    expect(await propose(sized(WIRE_LIMITS.bodyBytes + 1))).toMatchObject({
      status: 413,
      body: { code: 'request.too_large' },
    });
  });

  it('takes a body as deep as the limit, and no deeper', async () => {
    // The body, its args, and what lies in them.
    const nested = (depth: number) => `${'{"a":'.repeat(depth - 2)}{}${'}'.repeat(depth - 2)}`;
    const deep = (depth: number) =>
      `{"agent":"agent","conversation_id":"c","call_id":"d${depth}","tool":"x","args":${nested(depth)}}`;
    expect((await propose(deep(WIRE_LIMITS.depth))).status).toBe(200);
    expect(await propose(deep(WIRE_LIMITS.depth + 1))).toMatchObject({
      status: 400,
      body: { code: 'request.too_deep' },
    });
  });

  it.each([
    ['broken JSON', '{"agent":'],
    ['no object', '[]'],
    ['a member nobody knows', '{"agent":"agent","conversation_id":"c","call_id":"e","tool":"x","args":{},"yes":1}'],
    ['a number as a name', '{"agent":1,"conversation_id":"c","call_id":"e","tool":"x","args":{}}'],
  ])('answers %s with one sentence and records nothing', async (_, text) => {
    const { status, body } = await propose(text);
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'request.malformed' });
    expect(body['detail']).toMatch(/^.{10,300}$/);
  });

  it('gives a repeated call the same answer, and other arguments a conflict', async () => {
    const body = (order: string) =>
      JSON.stringify({ agent: 'agent', conversation_id: 'r', call_id: 'c', tool: 'x', args: { order } });
    const first = await propose(body('W1'));
    expect(await propose(body('W1'))).toEqual(first);
    expect(await propose(body('W2'))).toMatchObject({ status: 409, body: { code: 'request.conflict' } });
  });

  it('knows no other route, method or media type', async () => {
    expect(await ask('GET', '/v1/nothing', keys.get('steward'))).toMatchObject({
      status: 404,
      body: { code: 'route.unknown' },
    });
    expect((await ask('DELETE', '/v1/agents', keys.get('steward'))).status).toBeGreaterThanOrEqual(404);
    const response = await fetch(`${server.address}/v1/agents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.get('steward')}`, 'content-type': 'text/plain' },
      body: 'name=bot',
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 415,
      body: { code: 'request.media' },
    });
  });

  it('keeps no key in what it logs or stores', async () => {
    expect(server.err()).toBe('');
    const { body } = await ask('GET', '/v1/keys', server.key);
    const shown = JSON.stringify(body);
    for (const key of keys.values()) expect(shown).not.toContain(key.split('_')[2]);
  });
});
