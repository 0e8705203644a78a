/** Two servers on one PostgreSQL in one process, so that their worlds can be compared: what one records the other sees. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, makeDatabase, type TestDatabase } from '../../../../tools/test-database.ts';
import { readConfig } from '../config.ts';
import { worldText } from '../operations/world/open-world.ts';
import { type RunningServer, startServer } from '../server.ts';
import { type Answered, text } from './sample-server.ts';

const MOST = 40;
const PACT = `
pact: shop
format: 1
version: 1
says: What the refund agent may do.
author: dana
agents: [bot]
currency: USD
zone: UTC
owners:
  billing: { primary: maria, backup: omar, answer_within: 15m, if_late: { page: backup, after: 10m }, then: deny }
lanes:
  refunds:
    owner: billing
    mode: enforce
    may:
      refund: { args: { type: object, required: [order_id, amount], additionalProperties: false, properties: { order_id: { type: string }, amount: { type: number, format: money, exclusiveMinimum: 0 } } }, target: order_id }
    never:
      - { id: R-1, says: Never more than the order, severity: critical, on: [refund], unless: action.args.amount <= order.total }
    limits:
      - { id: R-2, says: At most so many a day, severity: major, of: [refund], per: agent, window: 1d, count: ${MOST}, else: deny }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
    ask_a_human_if:
      - { id: R-3, says: Fifty and more, severity: minor, on: [refund], when: action.args.amount >= 5000 }
consequences: { tell: { kind: operational, notify: [maria] } }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
facts:
  order: { from: trace, tools: [get_order], where: { order_id: action.args.order_id }, take: latest, type: Order }
reads:
  get_order: { target: order_id }
types:
  Order: { order_id: string, total: money }
`;

const postgres = await findPostgres();

describe.skipIf('absent' in postgres)('two servers on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-nodes-'));
  let database: TestDatabase;
  let [here, there] = [] as unknown as [RunningServer, RunningServer];
  const faults: string[] = [];

  const start = (name: string) =>
    startServer(
      readConfig(
        {},
        {
          dataDir: join(folder, name),
          keysDir: join(folder, 'keys'),
          databaseUrl: database.url,
          port: 0,
          logLevel: 'silent',
        },
      ),
      { onFatal: (code, sentence) => faults.push(`${code} ${sentence}`) },
    );
  beforeAll(async () => {
    database = await makeDatabase('url' in postgres ? postgres.url : '');
    here = await start('here');
    there = await start('there');
    await call(here, 'POST', '/v1/agents', { name: 'bot' });
    const made = await call(here, 'POST', '/v1/pacts', { pact: 'pact.yaml', files: { 'pact.yaml': PACT } }, 'dana');
    const digest = text(made.body.pact?.digest);
    await call(there, 'POST', `/v1/pacts/${digest}/sign`, {});
    await call(here, 'POST', `/v1/pacts/${digest}/publish`, {});
    await call(there, 'POST', '/v1/agents/bot/state', { lane: 'refunds', state: 'limited' });
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
    expect(faults).toEqual([]);
  });

  async function call(server: RunningServer, method: string, path: string, body?: unknown, as = 'ken') {
    const response = await fetch(server.address + path, {
      method,
      headers: {
        authorization: `Bearer ${server.localKey}`,
        'surety-as': as,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() } as Answered;
  }
  const propose = (server: RunningServer, at: string, call_id: string, tool: string, args: unknown, more = {}) =>
    call(server, 'POST', '/v1/actions', { agent: 'bot', conversation_id: at, call_id, tool, args, ...more });
  async function look(server: RunningServer, at: string, call_id: string, order_id: string, total: number) {
    const read = await propose(server, at, call_id, 'get_order', { order_id });
    const report = { status: 'executed', result: { order_id, total } };
    expect((await call(server, 'POST', `/v1/actions/${read.body.id}/report`, report)).status).toBe(200);
  }

  it('decides on one by what was reported to the other', async () => {
    await look(here, 'case-1', 'c1', 'W1', 60);
    expect((await propose(there, 'case-1', 'c2', 'refund', { order_id: 'W1', amount: 20 })).body.decision).toBe(
      'allow',
    );
    // Each remembers the conversation by now; what the one takes in next to the other's is not missed by either.
    await look(there, 'case-1', 'c3', 'W1', 10);
    await look(here, 'case-1', 'c4', 'W2', 30);
    for (const [server, id] of [
      [here, 'c5'],
      [there, 'c6'],
    ] as const) {
      const denied = await propose(server, 'case-1', id, 'refund', { order_id: 'W1', amount: 20 });
      expect(denied.body).toMatchObject({ decision: 'deny', reasons: [{ id: 'R-1', why: 'fired' }] });
      const allowed = await propose(server, 'case-1', `${id}-2`, 'refund', { order_id: 'W2', amount: 20 });
      expect(allowed.body.decision).toBe('allow');
    }
  });

  it('answers a hold on one for the agent that waits at the other', async () => {
    await look(here, 'case-2', 'c1', 'W1', 90);
    const held = await propose(here, 'case-2', 'c2', 'refund', { order_id: 'W1', amount: 60 });
    expect(held.body.decision).toBe('hold');
    const waiting = call(here, 'GET', `/v1/actions/${held.body.id}?wait=20`);
    const answer = { answer: 'approve', args_sha256: text(held.body.args_sha256) };
    // A look at the queue alone does not wait for the clock, which takes in the other's entries.
    await there.desk.writer.catchUp();
    const hold = text(held.body.hold?.id);
    expect((await call(there, 'POST', `/v1/holds/${hold}/answer`, answer, 'maria')).status).toBe(200);
    expect((await waiting).body).toMatchObject({ may_run: true, hold: { answer: 'approved', by: 'person:maria' } });
  });

  it('stops on one what the other would have allowed, and tells those who listen there', async () => {
    await look(there, 'case-3', 'c1', 'W1', 90);
    const asked = await propose(there, 'case-3', 'c2', 'refund', { order_id: 'W1', amount: 70 });
    const answer = { answer: 'approve', args_sha256: text(asked.body.args_sha256) };
    await call(there, 'POST', `/v1/holds/${text(asked.body.hold?.id)}/answer`, answer, 'maria');
    const { event } = await listen(there, 'agent.stopped');
    await call(here, 'POST', '/v1/agents/bot/stop', { reason: 'a drill' });
    const denied = await propose(there, 'case-3', 'c3', 'refund', { order_id: 'W1', amount: 1 });
    expect(denied.body).toMatchObject({ decision: 'deny', reasons: [{ id: 'stopped' }] });
    expect((await call(there, 'GET', `/v1/actions/${asked.body.id}`)).body.may_run).toBe(false);
    expect(await event).toContain('"agent":"bot"');
    await call(there, 'POST', '/v1/agents/bot/resume', { reason: 'over' });
    await look(here, 'case-3', 'c4', 'W1', 90);
    expect((await propose(here, 'case-3', 'c5', 'refund', { order_id: 'W1', amount: 1 })).body.decision).toBe('allow');
  });

  /** Once the stream is open: the first event of a kind. */
  async function listen(server: RunningServer, kind: string): Promise<{ event: Promise<string> }> {
    const headers = { authorization: `Bearer ${server.localKey}` };
    const response = await fetch(`${server.address}/v1/events`, { headers });
    const event = (async () => {
      let said = '';
      for await (const chunk of response.body ?? []) {
        said += Buffer.from(chunk).toString();
        const found = said.split('\n\n').find((one) => one.includes(`event: ${kind}\n`));
        // Leaving the loop closes the stream.
        if (found !== undefined) return found;
      }
      throw new Error(`The stream ended without ${kind}: ${said}`);
    })();
    return { event };
  }

  it('decides a call once that is sent to both at the same time, and finds one subject for a new customer', async () => {
    for (let n = 0; n < 10; n++) {
      const both = await Promise.all(
        [here, there].map((server) =>
          propose(server, `both-${n}`, 'c1', 'get_order', { order_id: 'W1' }, { customer_id: `customer-${n}` }),
        ),
      );
      expect(both[0]?.status).toBe(200);
      expect(both[1]).toEqual(both[0]);
      const more = await Promise.all(
        [here, there].map((server, i) =>
          propose(server, `more-${n}-${i}`, 'c1', 'get_order', { order_id: 'W1' }, { customer_id: `new-${n}` }),
        ),
      );
      const customers = await Promise.all(more.map(({ body }) => customerOf(Number(text(body.receipt?.seq)))));
      expect(customers[0]).toMatch(/^s_[a-z2-7]{26}$/);
      expect(customers[1]).toBe(customers[0]);
    }
  });

  async function customerOf(seq: number): Promise<string> {
    for await (const { body } of here.desk.store.entries(seq, 1))
      return (JSON.parse(Buffer.from(body).toString()) as { data: { customer: string } }).data.customer;
    return '';
  }

  it('goes on when many act in one conversation over both, and keeps to the limit', async () => {
    await look(here, 'crowd', 'look', 'W1', 90);
    const answers = await Promise.all(
      Array.from({ length: 64 }, async (_, n) => {
        const server = n % 2 === 0 ? here : there;
        const answer = await propose(server, 'crowd', `c${n}`, 'refund', { order_id: 'W1', amount: 1 });
        if (text(answer.body.decision) === 'allow' && n % 3 === 0)
          await call(server, 'POST', `/v1/actions/${answer.body.id}/report`, { status: 'executed', result: 'done' });
        return answer;
      }),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const allowed = answers.filter(({ body }) => text(body.decision) === 'allow');
    expect(allowed.length).toBeLessThanOrEqual(MOST);
  });

  it('has the same world and the same root in both', async () => {
    await Promise.all([here, there].map(({ desk }) => desk.writer.catchUp()));
    const [one, two] = [here.desk.writer, there.desk.writer];
    expect(worldText(one.world)).toBe(worldText(two.world));
    expect(one.position.root()).toEqual(two.position.root());
  });
});

it.skipIf('url' in postgres)(
  `two servers did not run: ${'absent' in postgres ? postgres.absent : ''}`,
  () => undefined,
);
