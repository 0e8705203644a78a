import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SuretyError } from './surety-error.ts';
import { connect } from './transport.ts';

const open: (Server | TcpServer)[] = [];
const sockets = new Set<Socket>();
async function listen(server: Server | TcpServer): Promise<string> {
  open.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const answering = (listener: RequestListener): Promise<string> => listen(createServer(listener));
const ask = (url: string, deadlineMs = 5_000) =>
  connect(url, 'key').ask({ method: 'POST', path: '/v1/actions', body: { a: 1 }, deadlineMs });
async function failure(asked: Promise<unknown>): Promise<SuretyError> {
  const error = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SuretyError);
  return error as SuretyError;
}
const problem = (code: string, detail: string) =>
  JSON.stringify({ type: 'about:blank', title: 'No', status: 409, detail, code });

describe('one question', () => {
  it('is sent with the key, and answered', async () => {
    const url = await answering((request, response) => {
      response.end(JSON.stringify([request.headers.authorization, request.url, request.headers['content-type']]));
    });
    expect(await ask(`${url}/desk/`)).toEqual(['Bearer key', '/desk/v1/actions', 'application/json']);
  });

  it('says a problem by its code', async () => {
    const url = await answering((_, response) => {
      response.writeHead(409).end(problem('request.conflict', 'Other arguments'));
    });
    expect(await failure(ask(url))).toMatchObject({
      code: 'request.conflict',
      status: 409,
      message: 'Other arguments',
    });
  });

  it.each([
    ['a page', 200, '<h1>Hello</h1>'],
    ['an error of a proxy', 502, '<h1>Bad gateway</h1>'],
    ['a code that nobody knows', 409, problem('made.up', 'Hm')],
    ['nothing at all', 200, ''],
  ])('takes %s for no answer', async (_, status, text) => {
    const url = await answering((_request, response) => {
      response.writeHead(status).end(text);
    });
    expect(await failure(ask(url))).toMatchObject({ code: 'gate.unreadable', status });
  });

  it('follows no redirect with its key', async () => {
    const asked: string[] = [];
    const elsewhere = await answering((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    const url = await answering((_, response) => {
      response.writeHead(307, { location: `${elsewhere}/v1/actions` }).end();
    });
    expect((await failure(ask(url))).code).toBe('gate.unreachable');
    expect(asked).toEqual([]);
  });

  it('is asked once more where the connection breaks', async () => {
    let connections = 0;
    const url = await answering((request, response) => {
      if (++connections === 1) request.socket.destroy();
      else response.end('{"ok":true}');
    });
    expect(await ask(url)).toEqual({ ok: true });
    expect(connections).toBe(2);
  });

  it('is not asked for ever', async () => {
    let connections = 0;
    const url = await answering((request) => {
      connections++;
      request.socket.destroy();
    });
    expect((await failure(ask(url))).code).toBe('gate.unreachable');
    expect(connections).toBe(2);
  });

  it('ends at its deadline where somebody listens and never answers', async () => {
    const url = await listen(createTcpServer(() => {}));
    expect(await failure(ask(url, 100))).toMatchObject({ code: 'gate.silent', status: null });
  });

  it('ends at its deadline where an answer begins and never ends', async () => {
    const url = await answering((_, response) => {
      response.write('{"a":');
    });
    expect((await failure(ask(url, 100))).code).toBe('gate.silent');
  });

  it('says that nobody listens', async () => {
    const server = createTcpServer();
    const url = await listen(server);
    open.splice(0);
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(ask(url))).toMatchObject({ code: 'gate.unreachable', message: expect.stringContaining(url) });
  });

  it('is not sent where it is too large or no JSON', async () => {
    const transport = connect('http://127.0.0.1:9', 'key');
    const send = (body: unknown, bytesMax?: number) =>
      failure(transport.ask({ method: 'POST', path: '/x', body, deadlineMs: 1_000, bytesMax }));
    expect((await send('x'.repeat(99), 100)).code).toBe('request.too_large');
    expect((await send('x'.repeat(98), 100)).code).toBe('gate.unreachable');
    expect((await send({ a: 1n })).code).toBe('request.malformed');
  });

  it.each([
    ['ftp://host', 'key', '`url` is "ftp://host"'],
    ['host', 'key', '`url` is "host"'],
    ['http://host', '', '`key` is empty'],
    ['http://host', 'two\nlines', '`key` is empty or no API key'],
  ])('refuses at once to be set up as %s with %j', (url, key, sentence) => {
    expect(() => connect(url, key)).toThrow(sentence);
  });
});
