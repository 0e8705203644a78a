/** What the console reads, through a real server on both databases: conversations, decisions in full, what today needs. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findPostgres, makeDatabase, type TestDatabase } from '../../../tools/test-database.ts';
import { SampleHistory } from './server/sample-history.ts';
import { type Loose, list, type SampleServer, text } from './server/sample-server.ts';

const postgres = await findPostgres();
const engines = ['SQLite', ...('url' in postgres ? ['PostgreSQL'] : [])];
const SLOW = 120_000;

it.skipIf('absent' in postgres)(`has a PostgreSQL to run on ${'absent' in postgres ? postgres.absent : ''}`, () =>
  expect(engines).toHaveLength(2),
);

describe.each(engines)('the views on %s', (engine) => {
  let on: SampleHistory;
  let server: SampleServer;
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = engine === 'PostgreSQL' && 'url' in postgres ? await makeDatabase(postgres.url) : undefined;
    on = await SampleHistory.open(database ? { databaseUrl: database.url } : {});
    server = on.server;
    await on.live();
  }, SLOW);
  afterAll(async () => {
    await on?.close();
    await database?.drop();
  }, SLOW);

  const decisionsOf = async (conversation: string): Promise<Loose[]> =>
    (await on.all('/v1/decisions', 'decisions', 50)).filter((row) => text(row['conversation_id']) === conversation);
  const full = (row: Loose | undefined): Promise<Loose> => on.read(`/v1/decisions/${text(row?.['id'])}`);
  const outcomes = (decision: Loose) =>
    Object.fromEntries(list(decision['rules']).map((rule) => [text(rule['id']), text(rule['outcome'])]));
  /** Everything that the tables hold. */
  async function rows(): Promise<unknown> {
    const { views, store, writer } = server.desk;
    await views.catchUp(writer.position.size, SLOW);
    const page = { before: undefined, limit: 10_000 };
    const conversations = await store.views.conversationsPage(undefined, page);
    return {
      conversations,
      items: await Promise.all(conversations.map(({ conversation }) => store.views.itemsOf(conversation, page))),
      decisions: await store.views.decisionsPage({ decisions: ['allow', 'hold', 'deny'] }, page),
      tallies: [...(await store.views.tallies(0))].sort(),
      stops: await store.views.stops(),
      version: await store.views.versionBefore('other', writer.position.size),
    };
  }

  it('show a conversation in its order, with what a person answered and what came of it', async () => {
    const shown = await on.read('/v1/conversations/long');
    expect(shown).toMatchObject({
      conversation_id: 'long',
      customer: 'of long',
      agent: 'bot',
      channel: 'chat',
      cut: false,
    });
    const items = list(shown['items']);
    expect(items.slice(0, 4)).toMatchObject([
      { item: 'message', role: 'customer', text: 'I want my money back' },
      { item: 'message', role: 'agent', text: 'Let me look.' },
      { item: 'call', tool: 'get_order', args: { order: 'W1' }, result: '{"order":"W1","total":80}' },
      { item: 'message', role: 'agent' },
    ]);
    const actions = items.filter((item) => text(item['item']) === 'action');
    expect(actions[0]).toMatchObject({
      tool: 'refund',
      decision: 'allow',
      reported: 'executed',
      result: { refund: 'r1' },
    });
    expect(actions[1]).toMatchObject({
      decision: 'hold',
      args: { order: 'W1', amount: 60 },
      reported: 'failed',
      result: 'no such card',
      hold: {
        owner: 'billing',
        answer: 'edited',
        by: 'person:maria.lopez',
        note: 'As agreed with Ada',
        edited_args: { order: 'W1', amount: 30 },
        acknowledged: { by: 'person:maria.lopez' },
      },
    });
    expect(actions.map((action) => text(action['decision']))).toEqual([
      'allow',
      'hold',
      'deny',
      'hold',
      'hold',
      'allow',
    ]);
    expect(items.at(-1)).toMatchObject({ item: 'outcome', outcome: 'csat', rating: 4 });
    const { conversation } = shown;
    expect(await on.read(`/v1/conversations/${text(conversation)}`)).toEqual(shown);
    const over = list((await on.read('/v1/conversations/over'))['items']);
    expect(over).toMatchObject([
      { item: 'action' },
      { item: 'hand_over', queue: 'general', owner: 'desk', cause: 'action' },
    ]);
    const late = list((await on.read('/v1/conversations/late'))['items']);
    expect(late).toMatchObject([
      { item: 'action', hold: { answer: 'expired' } },
      { item: 'hand_over', owner: 'desk', cause: 'hold' },
      { item: 'verdict', kind: 'given', verdict: 'ok', note: 'It was right' },
    ]);
  });

  it('judge every decision again as it was recorded', async () => {
    const decisions = await on.all('/v1/decisions', 'decisions', 50);
    expect(decisions.length).toBeGreaterThan(18);
    for (const row of decisions) {
      const decision = await full(row);
      expect(decision).toMatchObject({ decision: row['decision'], receipt: { seq: row['seq'] } });
      const again = decision['judged_again'];
      expect(again?.['agrees'] ?? null, JSON.stringify(decision)).toBe(decision['approval'] === null ? true : null);
      const fired = list(decision['rules']).filter((rule) => text(rule['outcome']) === 'fired');
      const reasons = list(decision['reasons']).map((reason) => text(reason['id']));
      if (decision['approval'] === null)
        expect(reasons).toEqual(expect.arrayContaining(fired.map((rule) => text(rule['id']))));
      expect(list(decision['rules']).some((rule) => text(rule['outcome']) === 'not_judged')).toBe(
        reasons.includes('schema'),
      );
    }
  });

  it('show every rule, limit and fact of a decision', async () => {
    const [last, , unknown, never, edited, first] = await decisionsOf('long');
    expect(await full(first)).toMatchObject({
      pact: { name: 'shop', version: 1 },
      version: 1,
      limits: [
        { id: 'R-6', used: 0, amount: 2_000, at_most: 10_000, left: 10_000, counts: 'money', per: 'customer' },
        { id: 'R-7', used: 0, amount: 1, at_most: 9, left: 9, counts: 'actions', window_ms: 86_400_000 },
      ],
      facts: [
        {
          name: 'order',
          from: 'trace',
          tool: 'get_order',
          value: { order: 'W1', total: 8_000 },
          units: { 'order.total': 'money' },
          currency: 'USD',
        },
        { name: 'shop', from: 'http', value: { frozen: false } },
      ],
      reported: 'executed',
      permitted: true,
    });
    expect(outcomes(await full(first))).toEqual(
      Object.fromEntries(['R-1', 'R-2', 'R-3', 'R-4', 'R-5', 'R-6', 'R-7', 'R-8'].map((id) => [id, 'passed'])),
    );
    const entries = list((await full(edited))['entries']).map((entry) => text(entry['type']));
    expect(entries).toEqual([
      'action.proposed',
      'action.decided',
      'hold.acknowledged',
      'hold.answered',
      'action.failed',
    ]);
    expect(outcomes(await full(edited))).toMatchObject({ 'R-1': 'passed', 'R-4': 'fired', 'R-5': 'fired' });
    const denied = await full(never);
    expect(outcomes(denied)).toMatchObject({ 'R-1': 'fired', 'R-2': 'passed' });
    expect(list(denied['rules'])[0]).toMatchObject({
      why: 'fired',
      decision: 'deny',
      values: { 'action.args.amount': 9_000, 'order.total': 8_000 },
      units: { 'action.args.amount': 'money', 'order.total': 'money' },
      currency: 'USD',
    });
    const [why] = list(denied['reasons']);
    expect(why).toMatchObject({ units: { 'order.total': 'money' }, currency: 'USD' });
    expect(list((await full(unknown))['rules'])[0]).toMatchObject({
      why: 'doubt',
      cause: 'missing_fact',
      fact: 'order',
    });
    expect(text(last?.['tool'])).toBe('note');
    const third = await full((await decisionsOf('third'))[0]);
    expect(third).toMatchObject({ decision: 'hold', reasons: [{ id: 'R-6', why: 'limit' }] });
    const money = { units: { used: 'money', amount: 'money', at_most: 'money' }, currency: 'USD' };
    expect(list(third['reasons'])[0]).toMatchObject(money);
    const { items } = await on.read('/v1/conversations/third');
    expect(list(list(items).find(({ id }) => id === third['id'])?.['reasons'])[0]).toMatchObject(money);
    expect(list(third['limits'])[0]).toMatchObject({ used: 9_000, amount: 4_500, left: 1_000 });
    const [gift] = await decisionsOf('odd');
    expect(await full(gift)).toMatchObject({ facts: [{ name: 'standing', from: 'caller', by: 'person:operator' }] });
    const approved = (await decisionsOf('again'))[0];
    expect(await full(approved)).toMatchObject({ decision: 'allow', judged_again: { agrees: null } });
    expect(outcomes(await full(approved))).toMatchObject({ 'R-4': 'fired' });
  });

  it('give the same rows page by page, at n and n + 1', async () => {
    for (const [path, name] of [
      ['/v1/decisions', 'decisions'],
      ['/v1/decisions?decision=hold', 'decisions'],
      ['/v1/decisions?agent=other&lane=talk', 'decisions'],
      ['/v1/conversations', 'conversations'],
      ['/v1/conversations?agent=other', 'conversations'],
    ] as const) {
      const whole = await on.all(path, name, 200);
      expect(whole.length).toBeGreaterThan(0);
      for (const limit of [1, whole.length, whole.length + 1]) expect(await on.all(path, name, limit)).toEqual(whole);
      const exact = await on.read(`${path}${path.includes('?') ? '&' : '?'}limit=${whole.length}`);
      expect(exact['next']).toBeNull();
    }
    for (const query of ['limit=0', 'limit=201', 'before=-1', 'before=x', 'decision=maybe'])
      expect((await server.call('GET', `/v1/decisions?${query}`)).status).toBe(400);
    expect((await server.call('GET', '/v1/conversations/nobody')).status).toBe(404);
    expect((await server.call('GET', `/v1/decisions/act_${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('tell what today needs', async () => {
    const today = await on.read('/v1/today');
    const decided = await on.all('/v1/decisions', 'decisions', 200);
    const count = (decision: string) => decided.filter((row) => text(row['decision']) === decision).length;
    expect(today).toMatchObject({
      holds: { open: 0, late: 0, mine: 0, oldest_at: null, by_lane: [] },
      stopped: [{ agent: 'other', lane: null, by: 'person:maria.lopez', reason: 'looks odd' }],
      decisions: { allow: count('allow'), hold: count('hold'), deny: count('deny') },
      hand_overs: 3,
      agents: 2,
      pacts_waiting: [],
    });
    const held = await on.propose('today', 'gift', { points: 10 });
    expect(held.body).toMatchObject({ decision: 'hold' });
    const mine = async (as: string) =>
      (await server.call('GET', '/v1/today', undefined, { as })).body['holds']?.['mine'];
    expect(await Promise.all(['sam.reed', 'omar.haddad', 'maria.lopez'].map(mine))).toEqual([1, 1, 0]);
    expect((await on.read('/v1/today'))['holds']).toMatchObject({
      open: 1,
      late: 0,
      conversations: 1,
      by_lane: [{ lane: 'talk', open: 1 }],
    });
    server.now += 15 * 60_000 + 1;
    expect((await on.read('/v1/today'))['holds']).toMatchObject({ open: 1, late: 1 });
    const since = new Date(server.now).toISOString();
    expect((await on.read(`/v1/today?since=${since}`))['decisions']).toMatchObject({ allow: 0, hold: 0, deny: 0 });
    expect((await server.call('GET', '/v1/today?since=now')).status).toBe(400);
    await server.call('POST', '/v1/agents/other/resume', { reason: 'looked at' });
    expect((await on.read('/v1/today'))['stopped']).toEqual([]);
  });

  it('are the same when they are built anew from the first entry', async () => {
    const live = await rows();
    await server.desk.views.rebuild();
    expect(await server.desk.store.views.itemsOf('c_', { before: undefined, limit: 9 })).toEqual([]);
    expect(await rows()).toEqual(live);
  });

  it('catch up with what was recorded and not taken in before the process ended', async () => {
    await rows();
    const before = server.desk.views.next;
    const { body } = await on.propose('unseen', 'refund', { order: 'W1', amount: 500 });
    await server.restart();
    const at = async () => (await server.desk.store.consumers()).find(({ name }) => name === 'views')?.next;
    expect(await at()).toBe(before);
    // The process that ended may hold its lease for two seconds more.
    await vi.waitFor(
      async () =>
        expect(list((await on.read('/v1/conversations?limit=1'))['conversations'])).toMatchObject([
          { conversation_id: 'unseen', open_holds: 1 },
        ]),
      { timeout: 20_000, interval: 100 },
    );
    expect(await full(body)).toMatchObject({ id: body['id'], judged_again: { agrees: true } });
    expect(await at()).toBe(server.desk.writer.position.size);
  });

  it('keep nothing personal: what was erased is shown as erased, and the rules keep their sentences', async () => {
    const before = await decisionsOf('long');
    const erase = { customer_id: 'of long', reason: 'gdpr_art_17' };
    expect((await server.call('POST', '/v1/subjects/erase', erase)).status).toBe(200);
    const { conversation } = before[0] as Loose;
    const shown = await on.read(`/v1/conversations/${text(conversation)}`);
    expect(shown).toMatchObject({ conversation_id: null, customer: null });
    const items = list(shown['items']);
    expect(items[0]).toMatchObject({ item: 'erased', steps: 5 });
    expect(items[1]).toMatchObject({ item: 'action', args: null, decision: 'allow', result: null });
    expect(items[2]).toMatchObject({ hold: { answer: 'edited', note: null, edited_args: null } });
    expect(JSON.stringify(shown)).not.toMatch(/Ada|money back/);
    const why = list(items[3]?.['reasons'])[0];
    expect(why).toMatchObject({ id: 'R-1', kind: 'never', says: 'Never more than the order', values: {} });
    const denied = await full(before[3]);
    expect(denied).toMatchObject({ args: null, args_sha256: null, judged_again: { agrees: null } });
    expect(outcomes(denied)).toMatchObject({ 'R-1': 'fired', 'R-2': 'not_judged' });
    const [row] = (await on.all('/v1/decisions?decision=deny', 'decisions', 50)).filter(
      (one) => text(one['id']) === text(before[3]?.['id']),
    );
    expect(row).toMatchObject({ conversation_id: null, says: 'Never more than the order' });
  });

  it('are for staff alone', async () => {
    const paths = ['/v1/today', '/v1/conversations', '/v1/conversations/long', '/v1/decisions', '/v1/decisions/act_0'];
    for (const [role, name] of [
      ['agent', 'bot'],
      ['connector', 'desk'],
    ] as const) {
      const key = await server.key(role, name);
      for (const path of paths)
        expect(await server.call('GET', path, undefined, { key })).toMatchObject({ status: 403 });
    }
    const viewer = await server.key('viewer', 'eve');
    expect((await server.call('GET', '/v1/today', undefined, { key: viewer })).status).toBe(200);
  });
});
