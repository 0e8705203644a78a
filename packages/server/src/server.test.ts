/** The whole server, over real HTTP on a real SQLite ledger: a pact from proposal to force, an action from proposal to report. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { type RunningServer, startServer } from './server.ts';

const PACT = `
pact: shop
format: 1
version: 1
says: What the refund agent may do.
author: dana.kim
agents: [bot]
currency: USD
zone: America/New_York
owners:
  billing: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: route_to_owner }
lanes:
  refunds:
    owner: billing
    mode: enforce
    may:
      refund:
        args: { type: object, required: [order_id, amount], additionalProperties: false, properties: { order_id: { type: string }, amount: { type: number, format: money, exclusiveMinimum: 0 } } }
        target: order_id
      hand_over: { queues: { general: billing } }
    never:
      - { id: R-1, says: Never refund more than the order, severity: critical, on: [refund], unless: action.args.amount <= order.total }
    limits:
      - { id: R-2, says: At most 100 dollars a day, severity: major, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: 100.00 USD, else: deny }
    parameters: { most: money }
    autonomy: { limited: { most: 50.00 USD, hold_sample: 0% }, autonomous: { most: 50.00 USD, hold_sample: 0% } }
    ask_a_human_if:
      - { id: R-3, says: More than the agent decides alone, severity: major, on: [refund], when: action.args.amount > autonomy.most }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
facts:
  order: { from: trace, tools: [get_order], where: { order_id: action.args.order_id }, take: latest, type: Order }
reads:
  get_order: { target: order_id }
types:
  Order: { order_id: string, total: money }
`;

/** An answer as a test reads it: any member may be there. */
interface Loose {
  readonly [member: string]: Loose;
}
const text = (value: Loose | undefined): string => String(value);
const list = (value: Loose | undefined): Loose[] => Object.values(value ?? {});

describe('the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-server-'));
  let server: RunningServer;
  const start = () =>
    startServer(readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent' }), {
      onFatal: (_code, sentence) => {
        throw new Error(sentence);
      },
    });
  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function call(method: string, path: string, body?: unknown, as = 'operator') {
    const response = await fetch(server.address + path, {
      method,
      headers: {
        authorization: `Bearer ${server.localKey}`,
        'surety-as': as,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Loose };
  }
  const propose = (call_id: string, tool: string, args: unknown, more = {}) =>
    call('POST', '/v1/actions', { agent: 'bot', conversation_id: 'case-1', call_id, tool, args, ...more });

  it('takes a pact from proposal to force, and lets nobody sign what they wrote', async () => {
    expect((await call('POST', '/v1/agents', { name: 'bot' })).status).toBe(200);
    const proposed = await call('POST', '/v1/pacts', { pact: 'pact.yaml', files: { 'pact.yaml': PACT } }, 'dana.kim');
    expect(proposed.body).toMatchObject({ pact: { version: 1, signed_by: null } });
    const digest = text(proposed.body.pact?.digest);
    expect(await call('POST', `/v1/pacts/${digest}/sign`, {}, 'dana.kim')).toMatchObject({
      status: 409,
      body: { code: 'pact.same_person' },
    });
    expect((await call('POST', `/v1/pacts/${digest}/publish`, {}, 'ken')).body).toMatchObject({ code: 'pact.state' });
    expect((await call('POST', `/v1/pacts/${digest}/sign`, {}, 'ken')).status).toBe(200);
    expect((await call('POST', `/v1/pacts/${digest}/publish`, {}, 'ken')).body.pact?.in_force).toBe(true);
  });

  it('holds everything of a supervised agent, and a person answers', async () => {
    const read = await propose('c1', 'get_order', { order_id: 'W1' });
    expect(read.body).toMatchObject({ decision: 'allow', lane: null });
    await call('POST', `/v1/actions/${read.body.id}/report`, {
      status: 'executed',
      result: { order_id: 'W1', total: 99 },
    });
    const held = await propose('c2', 'refund', { order_id: 'W1', amount: 30 });
    expect(held.body).toMatchObject({ decision: 'hold', reasons: [{ id: 'state' }], hold: { owner: 'billing' } });
    const queue = await call('GET', '/v1/holds');
    expect(queue.body.cards).toMatchObject([
      { conversation_id: 'case-1', holds: [{ tool: 'refund', args: { amount: 30 } }] },
    ]);
    const [card] = list(queue.body.cards);
    const [hold] = list(card?.holds);
    const { id, args_sha256 } = hold ?? {};
    expect(
      (await call('POST', `/v1/holds/${id}/answer`, { answer: 'approve', args_sha256: '0'.repeat(64) }, 'maria.lopez'))
        .body.code,
    ).toBe('hold.args_changed');
    expect(
      (await call('POST', `/v1/holds/${id}/answer`, { answer: 'approve', args_sha256 }, 'maria.lopez')).status,
    ).toBe(200);
    const standing = await call('GET', `/v1/actions/${held.body.id}`);
    expect(standing.body).toMatchObject({ may_run: true, hold: { answer: 'approved', by: 'person:maria.lopez' } });
    await call('POST', `/v1/actions/${held.body.id}/report`, { status: 'executed', result: 'done' });
    expect((await call('GET', `/v1/actions/${held.body.id}`)).body).toMatchObject({
      may_run: false,
      reported: 'executed',
    });
  });

  it('decides by rules and limits once the agent is limited, and gives a repeated call the same answer', async () => {
    expect((await call('POST', '/v1/agents/bot/state', { lane: 'refunds', state: 'limited' })).status).toBe(200);
    const allowed = await propose('c3', 'refund', { order_id: 'W1', amount: 40 });
    expect(allowed.body).toMatchObject({ decision: 'allow', reservation: { limits: ['R-2'] } });
    expect(await propose('c3', 'refund', { order_id: 'W1', amount: 40 })).toEqual(allowed);
    expect(await propose('c3', 'refund', { order_id: 'W1', amount: 41 })).toMatchObject({ status: 409 });
    expect((await propose('c4', 'refund', { order_id: 'W1', amount: 40 })).body).toMatchObject({
      decision: 'deny',
      reasons: [{ id: 'R-2' }],
    });
    expect((await propose('c5', 'refund', { order_id: 'W1', amount: 99.01 })).body).toMatchObject({
      reasons: [{ id: 'R-1' }, { id: 'R-2' }, { id: 'R-3' }],
    });
    expect((await propose('c6', 'refund', { order_id: 'W2', amount: 1 })).body).toMatchObject({
      decision: 'hold',
      reasons: [{ id: 'R-1', why: 'doubt' }],
    });
  });

  it('stops at once, hands over what is open, and never refuses a hand-over', async () => {
    expect((await call('POST', '/v1/agents/bot/stop', { reason: 'a drill' })).body).toMatchObject({ handed_over: 1 });
    expect((await propose('c7', 'refund', { order_id: 'W1', amount: 1 })).body).toMatchObject({ decision: 'deny' });
    expect((await propose('c8', 'hand_over', { queue: 'general' })).body).toMatchObject({
      decision: 'allow',
      hand_over: { queue: 'general', owner: 'billing' },
    });
    expect((await call('POST', '/v1/agents/bot/resume', { reason: 'over' })).status).toBe(200);
  });

  it('comes up again where it was', async () => {
    const { worldText } = await import('./operations/world/open-world.ts');
    const before = worldText(server.desk.writer.world);
    await server.close();
    server = await start();
    expect(server.desk.spared).toBeGreaterThan(0);
    expect(worldText(server.desk.writer.world)).toBe(before);
    expect((await propose('c9', 'refund', { order_id: 'W1', amount: 20 })).body).toMatchObject({ decision: 'allow' });
    expect(readFileSync(join(folder, 'server.json'), 'utf8')).toContain(server.address);
  });
});
