/** Weeks, over HTTP: what helpdesk and people say becomes figures, and a person signs the review of a week that is over. */
import { DAY, formatTime, formatWeek, HOUR, MINUTE, weekAt, weekStart } from '@surety/core/terms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, type Loose, list, SampleServer, text } from './server/sample-server.ts';

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
  billing: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: route_to_owner }
lanes:
  refunds:
    owner: billing
    mode: enforce
    may:
      refund: { args: { type: object, required: [amount], additionalProperties: false, properties: { amount: { type: number, format: money, exclusiveMinimum: 0 } } } }
      hand_over: { queues: { general: billing } }
    never:
      - { id: R-1, says: Never more than 500, severity: critical, on: [refund], when: action.args.amount > 50000 }
    ask_a_human_if:
      - { id: R-3, says: More than the agent decides alone, severity: major, on: [refund], when: action.args.amount > 4000 }
    limits:
      - { id: R-2, says: At most 100000 dollars a day, severity: major, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: 100000.00 USD, else: deny }
    weekly_targets:
      - { id: R-4, metric: first_contact_resolution, at_least: 50%, window: 1w, min_sample: 10, severity: minor, then: [tell] }
      - { id: R-5, metric: policy_violation_rate, of_severity: critical, at_most: 10%, window: 1w, min_sample: 5, severity: major, then: [tell] }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
terms:
  account: bot_vendor
  fee: 0.99 USD
  resolution: { says: Resolved and not back within a week, cel: 'outcome.closed_by == "agent" && !outcome.reopened', settles_after: 7d }
`;

describe('a week', () => {
  let server: SampleServer;
  let week = 0;
  const weekly = (query = ''): Promise<Answered> =>
    server.call('GET', `/v1/metrics/weekly?week=${formatWeek(week)}${query}`);
  const figure = async (metric: string, query = ''): Promise<Loose> => {
    const { body } = await weekly(`&agent=bot&lane=refunds${query}`);
    return list(list(body.rows)[0]?.figures).find((one) => text(one.metric) === metric) ?? {};
  };
  const outcome = (conversation_id: string, what: string, more = {}): Promise<Answered> =>
    server.call('POST', '/v1/outcomes', { agent: 'bot', conversation_id, outcome: what, ...more });
  /** Entries that people and helpdesks make; what follows from evidence by itself may come meanwhile. */
  const told = async (): Promise<number> =>
    (await server.entries()).filter(({ type }) => type === 'week.reviewed' || type === 'outcome.observed').length;
  const review = (more = {}, asking = {}): Promise<Answered> =>
    server.call(
      'POST',
      '/v1/weekly-reviews',
      { agent: 'bot', lane: 'refunds', week: formatWeek(week), decision: 'keep', ...more },
      { as: 'lena.berg', ...asking },
    );

  beforeAll(async () => {
    server = await SampleServer.open();
    await server.call('POST', '/v1/agents', { name: 'bot' });
    await server.force(PACT);
    week = weekAt(server.now) + 1;
    server.now = weekStart(week) + HOUR;
    await server.call('POST', '/v1/agents/bot/state', { lane: 'refunds', state: 'limited' });
  });
  afterAll(() => server.close());

  it('takes in what the agent did, and what became of it', async () => {
    for (let i = 0; i < 24; i++) {
      const { body } = await server.propose(`case-${i}`, `call-${i}`, 'refund', { amount: 10 });
      expect(body).toMatchObject({ decision: 'allow' });
      await server.call('POST', `/v1/actions/${body.id}/report`, { status: 'executed', result: 'done' });
      if (i < 12) expect((await outcome(`case-${i}`, 'resolved', { closed_by: 'agent' })).status).toBe(200);
    }
    await server.propose('case-24', 'call-24', 'refund', { amount: 501 });
    const { body: held } = await server.propose('case-25', 'call-25', 'refund', { amount: 50 });
    server.now += MINUTE;
    await server.call('POST', `/v1/holds/${held.hold?.id}/acknowledge`, {}, { as: 'maria.lopez' });
    server.now += MINUTE;
    const { args_sha256 } = list(list((await server.call('GET', '/v1/holds')).body.cards)[0]?.holds)[0] ?? {};
    await server.call(
      'POST',
      `/v1/holds/${held.hold?.id}/answer`,
      { answer: 'approve', args_sha256 },
      { as: 'maria.lopez' },
    );
    for (let i = 0; i < 6; i++) await outcome(`case-${i}`, 'csat', { rating: i === 0 ? 1 : 5 });
    await outcome('case-0', 'csat', { rating: 4 });
    server.now += DAY;
    await outcome('case-1', 'reopened', { at: formatTime(server.now - HOUR) });
    expect(await server.misfits()).toEqual([]);
  });

  it('refuses what cannot have happened, with one sentence, and records nothing', async () => {
    const before = await told();
    const refusals: readonly (readonly [Promise<Answered>, number, string])[] = [
      [outcome('nobody', 'resolved'), 404, 'conversation.unknown'],
      [outcome('case-2', 'reopened', { at: formatTime(server.now + DAY) }), 400, 'request.malformed'],
      [outcome('case-2', 'reopened', { at: 'NaN' }), 400, 'request.malformed'],
      [outcome('case-2', 'csat'), 400, 'request.malformed'],
      [outcome('case-2', 'csat', { rating: 6 }), 400, 'request.malformed'],
      [outcome('case-2', 'csat', { rating: 4, satisfied: true }), 400, 'request.malformed'],
      [outcome('case-2', 'reopened', { closed_by: 'agent' }), 400, 'request.malformed'],
    ];
    for (const [answer, status, code] of refusals) {
      const { status: was, body } = await answer;
      expect([was, text(body.code)]).toEqual([status, code]);
      expect(text(body.detail).length).toBeGreaterThan(20);
    }
    expect(await told()).toBe(before);
  });

  it('shows a running week as young, and a past one with its intervals, targets and cost', async () => {
    expect((await weekly()).body).toMatchObject({ week: formatWeek(week), over: false });
    expect(await figure('fcr_agent_alone')).toMatchObject({ value: null, maturity: { known: 0, of: 12 } });
    server.now = weekStart(week) + 15 * DAY;
    const { body } = await weekly();
    expect(body).toMatchObject({ over: true, weeks: [formatWeek(week)] });
    expect(list(body.rows).map((row) => row.lane)).toEqual([null, 'refunds']);
    const fcr = await figure('fcr_agent_alone');
    expect(fcr).toMatchObject({ n: 12, met: 11, maturity: { known: 12, of: 12 } });
    expect(list(fcr.targets)).toMatchObject([{ id: 'R-4', status: 'met', n: 12 }]);
    expect(await figure('csat')).toMatchObject({ n: 6, met: 6, coverage: { known: 6, of: 12 } });
    expect(await figure('violations_blocked')).toMatchObject({ n: 26, met: 1 });
    const critical = await figure('violations_escaped_critical');
    expect(critical).toMatchObject({ n: 26, met: 0, value: 0 });
    expect(text(critical.says)).toBe('None in 26 actions: at most 12.9 %.');
    expect(list(critical.targets)).toMatchObject([{ id: 'R-5', status: 'met' }]);
    expect(await figure('escalated_to_acknowledged_p50')).toMatchObject({ n: 1, value: null });
    // 11 verified at 0.99 and one minute at 1.10, over 11: 0.99 + 0.10.
    expect(await figure('cost_per_verified_resolution')).toMatchObject({ value: null });
    expect(await figure('cost_per_verified_resolution', '&minute_minor=110')).toMatchObject({ value: 109, n: 11 });
  });

  it('is reviewed by a person who may, when it is over, in a lane that there is', async () => {
    const before = await told();
    const running = formatWeek(weekAt(server.now));
    const refusals: readonly (readonly [Promise<Answered>, number, string])[] = [
      [review({ week: running }), 409, 'week.state'],
      [review({ week: '2024-W01' }), 409, 'week.state'],
      [review({ week: '2025-W53' }), 400, 'request.malformed'],
      [review({ lane: 'talk' }), 404, 'lane.unknown'],
      [review({ agent: 'nobody' }), 404, 'agent.unknown'],
      [review({ decision: 'keep', to: 'supervised' }), 400, 'request.malformed'],
      [review({}, { key: await server.key('viewer', 'vera') }), 403, 'role.forbidden'],
    ];
    for (const [answer, status, code] of refusals) {
      const { status: was, body } = await answer;
      expect([was, text(body.code)]).toEqual([status, code]);
    }
    expect(await told()).toBe(before);
  });

  it('keeps the review with its note and the figures that were seen', async () => {
    const signed = await review({ decision: 'widen', note: 'Three clean weeks.' });
    expect(signed.status).toBe(200);
    const { review: one } = signed.body;
    expect(one).toMatchObject({ decision: 'widen', by: 'person:lena.berg', note: 'Three clean weeks.' });
    const entry = (await server.entries()).findLast(({ type }) => type === 'week.reviewed');
    expect(entry).toMatchObject({ type: 'week.reviewed', by: 'person:lena.berg', data: { decision: 'widen' } });
    expect(JSON.stringify(entry)).not.toContain('clean');
    const blob = await server.desk.store.blob(text(one?.figures_sha256));
    expect(new TextDecoder().decode(blob)).toContain('violations_escaped');
    expect((await server.call('GET', '/v1/weekly-reviews?agent=bot')).body).toMatchObject({ reviews: [one] });
    const { body } = await weekly('&agent=bot&lane=refunds');
    expect(list(body.rows)[0]?.review).toMatchObject({ decision: 'widen', receipt: signed.body.receipt });
    expect(await server.misfits()).toEqual([]);
  });

  it('is the same after a restart', async () => {
    const before = (await weekly()).body;
    await server.restart();
    expect((await weekly()).body).toEqual(before);
  });
});
