/** Trust, over HTTP: earned by evidence and a signature, lost in the transaction of what lost it, shown in sentences. */
import { DAY, formatWeek, HOUR, weekAt } from '@surety/core/terms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from './operations/operation.ts';
import { publishPact } from './operations/pact/publish.ts';
import { advanceTrust } from './operations/trust/advance.ts';
import { worldText } from './operations/world/open-world.ts';
import { type Loose, list, SampleServer, text } from './server/sample-server.ts';

const pact = (version: number, most: string) => `
pact: shop
format: 1
version: ${version}
says: What the refund agent may do.
author: dana.kim
agents: [bot]
currency: USD
zone: UTC
owners:
  billing: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: keep_holding }
lanes:
  refunds:
    owner: billing
    mode: enforce
    may:
      refund: { args: { type: object, required: [amount], additionalProperties: false, properties: { amount: { type: number, format: money, exclusiveMinimum: 0 } } } }
    never:
      - { id: R-1, says: Never more than 500, severity: critical, on: [refund], when: action.args.amount > 50000 }
    limits:
      - { id: R-2, says: At most so much a day, severity: major, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: ${most}, else: deny }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
on_violation: { critical: [tell] }
trust: { preset: by_volume, volume_per_day: { refunds: 10 } }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
`;

describe('trust', () => {
  let server: SampleServer;
  let calls = 0;
  const lane = async (): Promise<Loose> => {
    const { body } = await server.call('GET', '/v1/agents/bot/trust');
    return list(body.lanes)[0] ?? {};
  };
  const propose = (amount = 20, conversation = `case ${++calls}`) =>
    server.propose(conversation, `call ${++calls}`, 'refund', { amount });
  const report = (id: string, status = 'executed') => server.call('POST', `/v1/actions/${id}/report`, { status });
  const review = (decision: string, week = weekAt(server.now) - 1) =>
    server.call('POST', '/v1/weekly-reviews', { agent: 'bot', lane: 'refunds', week: formatWeek(week), decision });
  const typesAfter = async (type: string): Promise<string[]> => {
    const types = (await server.entries()).map((entry) => entry.type);
    return types.slice(types.lastIndexOf(type as (typeof types)[number]) + 1);
  };

  /** Proposed and signed already. */
  const publishWider = async () => {
    const [newest] = [...server.desk.writer.world.pacts.byDigest.keys()].slice(-1);
    return publishPact(server.desk, SYSTEM('system:author'), newest ?? '');
  };

  /** A draft that a person approves, that runs, and whose customer is content. */
  async function cleanConversation(): Promise<void> {
    const conversation = `case ${++calls}`;
    const { body } = await propose(20, conversation);
    if (text(body.decision) === 'hold')
      await server.call('POST', `/v1/holds/${text(body.hold?.id)}/answer`, {
        answer: 'approve',
        args_sha256: text(body.args_sha256),
      });
    await report(text(body.id));
    await server.call('POST', '/v1/outcomes', {
      agent: 'bot',
      conversation_id: conversation,
      outcome: 'resolved',
      closed_by: 'agent',
    });
  }

  beforeAll(async () => {
    server = await SampleServer.open({ ratePerMinute: 100_000 });
    await server.force(pact(1, '100000.00 USD'));
    await server.call('POST', '/v1/agents', { name: 'bot', party: 'acme' });
  }, 60_000);
  afterAll(() => server.close());

  it('begins supervised, and says in days what it takes', async () => {
    expect(await lane()).toMatchObject({
      state: 'supervised',
      effective_state: 'supervised',
      next_state: 'limited',
      by_hand: false,
      sampling: 1,
      scores: { conduct: { score: null } },
    });
    expect(text((await lane()).sentence)).toBe(
      'No conversation has been counted yet. 90 more clean conversations, about 9 days.',
    );
  });

  it('rises by evidence and a signed review, never by one of them alone', async () => {
    for (let i = 0; i < 92; i++) {
      await cleanConversation();
      server.now += 2 * HOUR;
    }
    const proven = await lane();
    expect(proven.state).toBe('supervised');
    expect(list(proven.streams).every(({ proven: is }) => is as unknown as boolean)).toBe(true);
    expect(list(proven.needs).join(' ')).toContain('A weekly review that widens');
    expect(text(proven.sentence)).toMatch(/^At most \d.* %.*; you allow \d+ %\./);
    expect(Number(proven.scores?.conduct?.score)).toBeGreaterThan(0);
    expect((await review('widen')).status).toBe(200);
    expect(await lane()).toMatchObject({ state: 'limited', effective_state: 'limited' });
    expect(await typesAfter('week.reviewed')).toEqual(['state.moved']);
    expect((await propose()).body).toMatchObject({ decision: 'allow' });
  }, 120_000);

  it('falls in the transaction of what broke it, and open conversations reach people', async () => {
    const denied = await propose(600);
    expect(denied.body).toMatchObject({ decision: 'deny' });
    await report(text(denied.body.id));
    expect(await typesAfter('action.executed')).toEqual([
      'state.moved',
      'consequence.applied',
      'consequence.applied',
      'consequence.applied',
      'consequence.applied',
    ]);
    const entries = await server.entries();
    const cause = entries.findLast(({ type }) => type === 'action.executed')?.seq;
    expect(entries.at(-1)).toMatchObject({
      by: 'system:trust',
      data: {
        consequence: 'notify',
        named: 'tell',
        cause: 'violation.critical',
        entry: cause,
        people: ['maria.lopez'],
      },
    });
    expect((await propose()).body).toMatchObject({ decision: 'deny', reasons: [{ id: 'state' }] });
    const fallen = await lane();
    expect(fallen).toMatchObject({ state: 'suspended', history: [{ from: 'limited', to: 'suspended' }, {}] });
    expect(text(fallen.sentence)).toBe(
      'Suspended. A critical rule was broken, and it reached a customer or a system. Only a person can release it.',
    );
    expect(await server.misfits()).toEqual([]);
  });

  it('stands as it stood after a restart, to the byte', async () => {
    const before = worldText(server.desk.writer.world);
    await server.restart();
    expect(worldText(server.desk.writer.world)).toBe(before);
    expect((await lane()).state).toBe('suspended');
  });

  it('is given back by a person who names the lane, under supervision', async () => {
    const resume = (body: object) => server.call('POST', '/v1/agents/bot/resume', body);
    expect((await resume({ reason: 'mended' })).status).toBe(409);
    expect((await resume({ reason: 'mended', lane: 'refunds' })).status).toBe(200);
    expect((await lane()).state).toBe('supervised');
  });

  it('narrows with a wider pact, and ends with its lease: for the gate at once, on the record by the clock', async () => {
    const set = (state: string) =>
      server.call('POST', '/v1/agents/bot/state', { lane: 'refunds', state, reason: 'a trial' });
    await set('autonomous');
    expect(await lane()).toMatchObject({ state: 'autonomous', by_hand: true });
    const wider = server.force(pact(2, '200000.00 USD'));
    await expect(wider).rejects.toMatchObject({
      code: 'pact.review_needed',
      message: expect.stringContaining('surety weekly review bot --lane refunds --decision widen'),
    });
    await review('keep');
    await expect(publishWider()).rejects.toMatchObject({ code: 'pact.review_needed' });
    await review('widen');
    server.now += 8 * DAY + 1;
    await expect(publishWider()).rejects.toMatchObject({ code: 'pact.review_needed' });
    await review('widen');
    await publishWider();
    expect(await lane()).toMatchObject({ state: 'limited', history: [{ reason: 'pact.widened' }, {}, {}, {}, {}] });
    await set('autonomous');
    server.now += 180 * DAY;
    expect(await lane()).toMatchObject({ effective_state: 'limited' });
    await advanceTrust(server.desk, { size: -1, over: -1, week: -1 });
    const [latest] = list((await lane()).history);
    expect(latest).toMatchObject({ from: 'autonomous', to: 'limited', reason: 'lease.expired' });
    const size = server.desk.writer.world.size;
    await advanceTrust(server.desk, { size: -1, over: -1, week: -1 });
    expect(server.desk.writer.world.size).toBe(size);
  });

  it('is not moved by what nobody can have seen', async () => {
    const { body } = await propose();
    const id = text(body.id);
    expect(await report(id)).toEqual(await report(id));
    expect((await report(id, 'failed')).status).toBe(409);
    const about = { agent: 'bot', conversation_id: 'case 1' };
    const outcome = { ...about, outcome: 'refund_reversed', action: `act_${'0'.repeat(32)}` };
    expect((await server.call('POST', '/v1/outcomes', outcome)).body).toMatchObject({ code: 'action.unknown' });
    expect((await server.call('POST', '/v1/outcomes', { ...outcome, action: id })).body).toMatchObject({
      code: 'action.unknown',
    });
    const stranger = { agent: 'bot', conversation_id: 'nobody’s', lane: 'refunds', verdict: 'violation' };
    const before = await lane();
    await server.call('POST', '/v1/verdicts', stranger);
    expect(await lane()).toEqual(before);
    const drill = { drill: 'stop', passed: true, took_ms: -1 };
    expect((await server.call('POST', '/v1/drills', drill)).status).toBe(400);
    const recorded = { name: 'other', party: 'recording' };
    expect((await server.call('POST', '/v1/agents', recorded)).body).toMatchObject({ code: 'request.malformed' });
  });
});
