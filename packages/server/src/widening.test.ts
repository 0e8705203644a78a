/** No way round a review widens: a lane that comes back is compared with what its agent stood under, and to narrow is no way up. */
import { formatWeek, weekAt } from '@surety/core/terms';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM } from './operations/operation.ts';
import { publishPact } from './operations/pact/publish.ts';
import { list, SampleServer } from './server/sample-server.ts';

const RULE = '    never: [{ id: R-1, says: Never the secret one, severity: critical, when: action.args.id == "x" }]\n';

interface Written {
  readonly name?: string;
  readonly agent?: string;
  readonly lane?: string;
  readonly rule?: string;
}
const pact = (version: number, { name = 'shop', agent = 'bot', lane = 'labels', rule = RULE }: Written = {}) => `
pact: ${name}
format: 1
version: ${version}
says: What the agent may do.
author: dana.kim
agents: [${agent}]
currency: USD
zone: UTC
owners: { desk: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, then: deny } }
lanes:
  ${lane}:
    owner: desk
    mode: enforce
    may: { label: { args: { type: object, required: [id], additionalProperties: false, properties: { id: { type: string } } } } }
${rule}    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences: {}
evidence: { keep: 400d, personal: [], erase_after: 180d }
`;

describe('a lane', () => {
  let server: SampleServer;
  const labels = async () => {
    const { body } = await server.call('GET', '/v1/agents/bot/trust');
    return list(body.lanes).find(({ lane }) => (lane as unknown) === 'labels');
  };

  beforeEach(async () => {
    server = await SampleServer.open();
    await server.call('POST', '/v1/agents', { name: 'bot', party: 'acme' });
    await server.force(pact(1));
    await server.call('POST', '/v1/agents/bot/state', { lane: 'labels', state: 'autonomous', reason: 'a trial' });
    expect(await labels()).toMatchObject({ state: 'autonomous' });
  }, 60_000);
  afterEach(() => server.close());

  it.each([
    ['that comes back after a version that calls it otherwise', pact(2, { lane: 'tags' }), pact(3, { rule: '' })],
    [
      'that comes back after a version that does not bind the agent',
      pact(2, { agent: 'other' }),
      pact(3, { rule: '' }),
    ],
    [
      'that comes back in another pact',
      pact(2, { lane: 'tags' }),
      pact(1, { name: 'annex', rule: '' }).replaceAll('label:', 'mark:'),
    ],
  ])('%s needs a review that widens, and narrows', async (_, leaving, wider) => {
    await server.force(leaving);
    expect(await labels()).toBeUndefined();
    await expect(server.force(wider)).rejects.toMatchObject({
      code: 'pact.review_needed',
      message: expect.stringContaining('surety weekly review bot --lane labels --decision widen'),
    });
    const week = formatWeek(weekAt(server.now) - 1);
    const review = { agent: 'bot', lane: 'labels', week, decision: 'widen' };
    expect((await server.call('POST', '/v1/weekly-reviews', review)).status).toBe(200);
    const [newest] = [...server.desk.writer.world.pacts.byDigest.keys()].slice(-1);
    await publishPact(server.desk, SYSTEM('system:author'), newest ?? '');
    expect(await labels()).toMatchObject({ state: 'limited' });
    expect(await server.misfits()).toEqual([]);
  });

  it('that comes back as it was goes on where it stood', async () => {
    await server.force(pact(2, { lane: 'tags' }));
    await server.force(pact(3));
    expect(await labels()).toMatchObject({ state: 'autonomous' });
  });

  it('is narrowed to no state above its own', async () => {
    const narrow = (to: string) => {
      const week = formatWeek(weekAt(server.now) - 1);
      return server.call('POST', '/v1/weekly-reviews', { agent: 'bot', lane: 'labels', week, decision: 'narrow', to });
    };
    expect((await narrow('supervised')).status).toBe(200);
    const before = server.desk.writer.world.size;
    expect(await narrow('autonomous')).toMatchObject({
      status: 409,
      body: {
        code: 'agent.state',
        detail: 'bot is supervised in labels; autonomous is more, so nothing is narrowed',
      },
    });
    expect(server.desk.writer.world.size).toBe(before);
    expect(await labels()).toMatchObject({ state: 'supervised' });
  });
});
