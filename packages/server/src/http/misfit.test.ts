/** What is wrong with a request is said in one sentence, at its place, and answered with the status of the closed list. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleServer } from '../server/sample-server.ts';

const PROPOSAL = { agent: 'bot', conversation_id: 'c', call_id: 'k', tool: 'x', args: {} };
const HAND_OVER = { ...PROPOSAL, call_id: 'h', tool: 'hand_over' };
const DEEP = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;

describe('a request that does not fit', () => {
  let server: SampleServer;
  let key: string;
  beforeAll(async () => {
    server = await SampleServer.open();
    key = await server.key('agent', 'bot');
  });
  afterAll(() => server.close());

  async function ask(method: string, path: string, body?: string, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(server.address + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const { code, detail, decision } = (await response.json()) as Readonly<Record<string, unknown>>;
    return { status: response.status, code, detail, decision, allow: response.headers.get('allow') };
  }
  const withArgs = (proposal: object, args: string) =>
    JSON.stringify({ ...proposal, args: 0 }).replace('"args":0', `"args":${args}`);

  it.each([
    [{ ...PROPOSAL, agent: 'a b' }, 'agent has to be a name of 1 to 96 letters, digits, dots, dashes and underscores'],
    [{ ...PROPOSAL, lane: 'Not a lane' }, 'lane has to be the name of a lane, such as refund_checks'],
    [{ ...PROPOSAL, urgent: true }, 'there is no member urgent'],
    [{ ...PROPOSAL, call_id: undefined }, 'call_id is missing'],
    [{ ...PROPOSAL, trace: ['hello'] }, 'trace.0 has to be of type object'],
    [{ ...PROPOSAL, confidence: 101 }, 'confidence has to be <= 100'],
    [[], 'the body has to be of type object'],
  ])('hears where, and what is asked for there: %j', async (body, says) => {
    expect(await ask('POST', '/v1/actions', JSON.stringify(body))).toMatchObject({
      status: 400,
      code: 'request.malformed',
      detail: `The request does not fit: ${says}`,
    });
  });

  it.each([
    [
      '/v1/actions/act_1',
      'The path does not fit: id has to be the id of an action, as the gate gave it: act_ and 32 of 0-9 and a-f',
    ],
    [`/v1/actions/act_${'0'.repeat(32)}?wait=31`, 'The query does not fit: wait has to be at most 30'],
    [`/v1/actions/act_${'0'.repeat(32)}?wait=1.5`, 'The query does not fit: wait has to be a whole number'],
    ['/v1/actions/%zz', 'The address is not percent-encoded UTF-8; encode its parts'],
    ['/v1/actions/%ED%A0%80', 'The address is not percent-encoded UTF-8; encode its parts'],
  ])('hears what is wrong with the address %s', async (path, detail) => {
    expect(await ask('GET', path)).toMatchObject({ status: 400, code: 'request.malformed', detail });
  });

  it.each([
    ['a number that no reader holds', '{"amount":1e400}', 'request.malformed', /number that is too large/],
    ['a name twice', '{"amount":1,"note":":\\\\\\":","amount":2}', 'request.malformed', /twice \(character \d+\)/],
    ['more depth than is taken', DEEP, 'request.too_deep', /deeper than 32/],
  ])('is refused with %s, unless it hands over to a person', async (_, args, code, detail) => {
    expect(await ask('POST', '/v1/actions', withArgs(PROPOSAL, args))).toMatchObject({
      status: 400,
      code,
      detail: expect.stringMatching(detail),
    });
    expect(await ask('POST', '/v1/actions', withArgs(HAND_OVER, args))).toMatchObject({
      status: 200,
      decision: 'allow',
    });
  });

  it('hears by which method an address is asked', async () => {
    expect(await ask('GET', '/v1/actions')).toMatchObject({ status: 405, code: 'method.unknown', allow: 'POST' });
    expect(await ask('DELETE', '/v1/agents/bot/trust')).toMatchObject({ status: 405, allow: 'GET, HEAD' });
    expect(await ask('DELETE', '/v1/agents/bot')).toMatchObject({ status: 404, code: 'route.unknown', allow: null });
  });

  it('is not made repeatable by a key that would be passed over', async () => {
    const asked = (length: number) =>
      server.call('POST', '/v1/agents/bot/stop', {}, { headers: { 'idempotency-key': 'k'.repeat(length) } });
    await server.call('POST', '/v1/agents', { name: 'bot' });
    expect((await asked(200)).status).toBe(200);
    expect(await asked(201)).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
  });

  it.each(['.', '..'])('names nobody %s: no address would lead there, and no stop', async (name) => {
    expect((await server.call('POST', '/v1/agents', { name })).status).toBe(400);
    expect((await server.call('POST', '/v1/people', { name, roles: ['viewer'] })).status).toBe(400);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', '400 Bad Request', 'request.malformed'],
    ['a method nobody has', 'FOO / HTTP/1.1\r\n\r\n', '400 Bad Request', 'request.malformed'],
    [
      'too long a header',
      `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      '413 Payload Too Large',
      'request.too_large',
    ],
  ])('is a problem too where it is %s', async (_, bytes, status, code) => {
    const answer = await raw(server.address, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\nContent-Type: application/problem\\+json\r\n`));
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code });
  });
});

const raw = (address: string, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.on('end', () => resolve(text)).on('error', reject);
  });
