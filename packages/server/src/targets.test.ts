/** Weekly targets with consequences, over HTTP and over time: each follows once, whoever restarts and however many serve. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Placed } from '@surety/core/evidence';
import { formatWeek, HOUR, WEEK, weekAt, weekStart } from '@surety/core/terms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, makeDatabase, type TestDatabase } from '../../../tools/test-database.ts';
import { readConfig } from './config.ts';
import { advanceTrust } from './operations/trust/advance.ts';
import { worldText } from './operations/world/open-world.ts';
import { toPlaced } from './operations/writing/placed.ts';
import { type Answered, list, SampleServer, text } from './server/sample-server.ts';
import { type RunningServer, startServer } from './server.ts';

const PACT = `
pact: shop
format: 1
version: 1
says: What the refund agent may do.
author: dana.kim
agents: [bot]
currency: USD
zone: UTC
owners:
  billing: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: deny }
lanes:
  refunds:
    owner: billing
    mode: enforce
    may:
      refund: { args: { type: object, required: [amount], additionalProperties: false, properties: { amount: { type: number, format: money, exclusiveMinimum: 0 } } } }
    limits:
      - { id: R-2, says: At most 100000 dollars a day, severity: major, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: 100000.00 USD, else: deny }
    weekly_targets:
      - { id: R-4, metric: csat, at_least: 90%, window: 1w, min_sample: 10, severity: minor, then: [supervise, tell] }
      - { id: R-5, metric: first_contact_resolution, at_least: 50%, window: 1w, min_sample: 500, severity: minor, then: [tell] }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences:
  supervise: { kind: operational, set_state: supervised }
  tell: { kind: operational, notify: [maria.lopez] }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
trust: { preset: by_volume, volume_per_day: { refunds: 10 }, outcome_week: [] }
`;

type Call = (method: string, path: string, body?: unknown) => Promise<Answered>;

/** A week in which nobody is content. */
async function badWeek(call: Call, decision = 'allow'): Promise<void> {
  for (let n = 0; n < 20; n++) {
    const about = { agent: 'bot', conversation_id: `case-${decision}-${n}` };
    const { body } = await call('POST', '/v1/actions', { ...about, call_id: 'c', tool: 'refund', args: { amount: 1 } });
    expect(body).toMatchObject({ decision });
    if (decision === 'allow') await call('POST', `/v1/actions/${text(body.id)}/report`, { status: 'executed' });
    await call('POST', '/v1/outcomes', { ...about, outcome: 'resolved', closed_by: 'agent' });
    await call('POST', '/v1/outcomes', { ...about, outcome: 'csat', rating: 1 });
  }
}

const followed = (entries: readonly Placed[]): string[] =>
  entries.flatMap(({ type, by, data }) =>
    type === 'consequence.applied' && data.missed
      ? [`${by}: ${data.missed.target} ${data.missed.week} ${data.named}`]
      : [],
  );
const fresh = () => ({ size: -1, over: -1, week: -1 });

describe('a missed target', () => {
  let server: SampleServer;
  let week = '';
  beforeAll(async () => {
    server = await SampleServer.open({ ratePerMinute: 100_000 });
    await server.force(PACT);
    await server.call('POST', '/v1/agents', { name: 'bot' });
    server.now = weekStart(weekAt(server.now) + 1) + HOUR;
    week = formatWeek(weekAt(server.now));
    await server.call('POST', '/v1/agents/bot/state', { lane: 'refunds', state: 'limited' });
    await badWeek((method, path, body) => server.call(method, path, body));
  }, 60_000);
  afterAll(() => server.close());
  const both = () => [`system:trust: R-4 ${week} supervise`, `system:trust: R-4 ${week} tell`];
  const lane = async () => list((await server.call('GET', '/v1/agents/bot/trust')).body.lanes)[0];

  it('has no consequence before its week is mature', async () => {
    server.now = weekStart(weekAt(server.now) + 2) - 1;
    await advanceTrust(server.desk, fresh());
    expect(followed(await server.entries())).toEqual([]);
    expect(await lane()).toMatchObject({ state: 'limited', missed: [] });
  });

  it('has them by the clock alone, once, also over a restart before and one after', async () => {
    await server.restart();
    server.now += 1;
    await advanceTrust(server.desk, fresh());
    expect(followed(await server.entries())).toEqual(both());
    const before = worldText(server.desk.writer.world);
    await server.restart();
    expect(worldText(server.desk.writer.world)).toBe(before);
    await advanceTrust(server.desk, fresh());
    server.now += 3 * WEEK;
    await advanceTrust(server.desk, fresh());
    expect(followed(await server.entries())).toEqual(both());
    expect(await server.misfits()).toEqual([]);
  });

  it('says what was missed and what followed', async () => {
    const { state, history, missed } = (await lane()) ?? {};
    expect(state).toBe('supervised');
    expect(list(history)[0]).toMatchObject({ from: 'limited', to: 'supervised', reason: 'consequence' });
    expect(list(missed).map(({ sentence }) => text(sentence))).toEqual([
      `R-4 was missed in ${week} (at best 16.1 % in 20 cases, where the pact asks for at least 90 %), so it may be at most supervised and maria.lopez is told.`,
    ]);
  });

  it('is told by the clock also where it moves nobody any more', async () => {
    const next = formatWeek(weekAt(server.now));
    await badWeek((method, path, body) => server.call(method, path, body), 'hold');
    const from = server.desk.writer.world.size;
    server.now = weekStart(weekAt(server.now) + 2);
    await advanceTrust(server.desk, fresh());
    const entries = await server.entries(from);
    expect(entries.map(({ type }) => type)).toEqual(['consequence.applied', 'consequence.applied']);
    expect(followed(entries)).toEqual([`system:trust: R-4 ${next} supervise`, `system:trust: R-4 ${next} tell`]);
    await advanceTrust(server.desk, fresh());
    expect(server.desk.writer.world.size).toBe(from + 2);
  });
});

const postgres = await findPostgres();

describe.skipIf('absent' in postgres)('two servers on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-targets-'));
  let now = weekStart(2_922) + HOUR;
  let database: TestDatabase;
  const servers: RunningServer[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    database = await makeDatabase('url' in postgres ? postgres.url : '');
    for (const name of ['here', 'there']) {
      const of = { keysDir: join(folder, 'keys'), databaseUrl: database.url, port: 0, logLevel: 'silent' } as const;
      servers.push(
        await startServer(readConfig({}, { dataDir: join(folder, name), ratePerMinute: 100_000, ...of }), {
          clock: () => now,
          onFatal: (code, sentence) => faults.push(`${code} ${sentence}`),
        }),
      );
    }
  }, 60_000);
  afterAll(async () => {
    for (const server of servers) await server.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
    expect(faults).toEqual([]);
  });

  it('let it follow once between them, as the clocks of both see it at the same time', async () => {
    const [here] = servers as [RunningServer];
    const callAs =
      (as: string): Call =>
      async (method, path, body) => {
        const headers = {
          authorization: `Bearer ${here.localKey}`,
          'surety-as': as,
          'content-type': 'application/json',
        };
        const response = await fetch(here.address + path, { method, headers, body: JSON.stringify(body) });
        return { status: response.status, body: await response.json() } as Answered;
      };
    const call = callAs('ken');
    await call('POST', '/v1/agents', { name: 'bot' });
    const made = await callAs('dana')('POST', '/v1/pacts', { pact: 'pact.yaml', files: { 'pact.yaml': PACT } });
    const digest = text(made.body.pact?.digest);
    await call('POST', `/v1/pacts/${digest}/sign`, {});
    await call('POST', `/v1/pacts/${digest}/publish`, {});
    await call('POST', '/v1/agents/bot/state', { lane: 'refunds', state: 'limited' });
    await badWeek(call);
    const week = formatWeek(weekAt(now));
    const read = async (): Promise<string[]> => {
      const entries: Placed[] = [];
      for await (const row of here.desk.store.entries(0, 1_000_000)) entries.push(toPlaced(row));
      return followed(entries);
    };
    now = weekStart(weekAt(now) + 2);
    const both = [`system:trust: R-4 ${week} supervise`, `system:trust: R-4 ${week} tell`];
    await expect.poll(read, { timeout: 30_000 }).toEqual(both);
    await Promise.all(servers.map(({ desk }) => advanceTrust(desk, fresh())));
    expect(await read()).toEqual(both);
    for (const { desk } of servers) await desk.writer.catchUp();
    const [a, b] = servers.map(({ desk }) => worldText(desk.writer.world));
    expect(a).toBe(b);
  }, 60_000);
});
