/** Facts from outside the conversation: of real sources over HTTP, of the caller, and a trace that was sent along. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, list, SampleServer, text } from './server/sample-server.ts';

const AGENTS = ['bot', 'other'];
const pact = (port: number) => `
pact: facts
format: 1
version: 1
says: What is decided by facts from outside.
author: dana.kim
agents: [${AGENTS.join(', ')}]
currency: USD
zone: UTC
owners:
  desk: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: deny }
lanes:
  credits:
    owner: desk
    mode: enforce
    may:
      credit: { args: { type: object, required: [points, source], additionalProperties: false, properties: { points: { type: integer }, source: { type: string } } } }
      hurry: { args: { type: object, required: [points, source], additionalProperties: false, properties: { points: { type: integer }, source: { type: string } } } }
      vip: { args: { type: object, required: [points], additionalProperties: false, properties: { points: { type: integer } } } }
      refund: { args: { type: object, required: [order, points], additionalProperties: false, properties: { order: { type: string }, points: { type: integer } } } }
    never:
      - { id: F-1, says: Never more than the source allows, severity: major, on: [credit], unless: action.args.points <= allowance.points }
      - { id: F-2, says: Never more than the caller vouches for, severity: major, on: [vip], unless: action.args.points <= standing.points }
      - { id: F-3, says: Never more than the order, severity: major, on: [refund], unless: action.args.points <= order.total }
      - { id: F-5, says: Never more than the source allows at once, severity: major, on: [hurry], unless: action.args.points <= soon.points }
    ask_a_human_if:
      - { id: F-4, says: Ten points are looked at, severity: minor, on: [credit, vip], when: action.args.points == 10 }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
evidence: { keep: 400d, personal: [trace.text, action.args.source, action.args.order], erase_after: 180d }
types:
  Allowance: { points: int }
  Order: { order: string, total: int }
facts:
  allowance: { from: http, url: "http://127.0.0.1:${port}/{source}", with: { source: action.args.source }, timeout: 5s, max_age: 1m, headers_from: desk, type: Allowance }
  soon: { from: http, url: "http://127.0.0.1:${port}/{source}", with: { source: action.args.source }, timeout: 100ms, max_age: 1m, type: Allowance }
  standing: { from: caller, type: Allowance }
  order: { from: trace, tools: [get_order], where: { order: action.args.order }, take: latest, type: Order }
reads:
  get_order: { target: order }
`;

/** What a source may do: each by its path. */
const SOURCES: Readonly<
  Record<string, (response: ServerResponse, headers: Readonly<Record<string, unknown>>) => void>
> = {
  good: (response) => response.end('{"points":50,"more":"is not read"}'),
  secret: (response, { authorization }) => response.end(`{"points":${authorization === 'Bearer s3cret' ? 50 : 0}}`),
  late: () => undefined,
  'wrong type': (response) => response.end('{"points":"many"}'),
  fraction: (response) => response.end('{"points":50.5}'),
  'no such key': (response) => response.end('{}'),
  'a list': (response) => response.end('[{"points":50}]'),
  null: (response) => response.end('null'),
  empty: (response) => response.end(),
  'not json': (response) => response.end('<html>50</html>'),
  'not utf-8': (response) => response.end(Buffer.from([0x22, 0xff, 0x22])),
  deep: (response) => response.end('['.repeat(30_000) + ']'.repeat(30_000)),
  'half a character': (response) => response.end('{"points":50,"\\ud800":"\\udfff","__proto__":{"points":1}}'),
  huge: (response) => response.end(`{"points":50,"x":"${'x'.repeat(1_000_000)}"}`),
  endless: (response) => {
    const go = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', go);
    };
    go();
  },
  '500': (response) => response.writeHead(500).end('{"points":50}'),
  '404': (response) => response.writeHead(404).end('{"points":50}'),
  redirect: (response) => response.writeHead(302, { location: '/good' }).end(),
  torn: (response) => response.destroy(),
};

describe('facts', () => {
  let source: Server;
  let asked: string[];
  let server: SampleServer;
  let calls = 0;
  beforeAll(async () => {
    source = createServer(({ url = '', headers }, response) => {
      const name = decodeURIComponent(url.slice(1));
      asked.push(name);
      (SOURCES[name] ?? SOURCES['404'])?.(response, headers);
    });
    asked = [];
    await new Promise<void>((ready) => source.listen(0, '127.0.0.1', ready));
    server = await SampleServer.open({ secrets: { desk: { authorization: 'Bearer s3cret' } } });
    await server.force(pact((source.address() as AddressInfo).port));
    for (const name of AGENTS) {
      await server.call('POST', '/v1/agents', { name, party: 'operator' });
      await server.call('POST', `/v1/agents/${name}/state`, { lane: 'credits', state: 'limited' });
    }
  });
  afterAll(async () => {
    await server.close();
    source.closeAllConnections();
    source.close();
  });

  const propose = (tool: string, args: object, more: object = {}, asking = {}): Promise<Answered> => {
    const call_id = `call ${++calls}`;
    const body = { agent: 'bot', conversation_id: call_id, call_id, tool, args, ...more };
    return server.call('POST', '/v1/actions', body, asking);
  };
  const reasons = ({ body }: Answered) => list(body.reasons).map(({ id, why }) => `${id} ${why}`);
  const decided = (answered: Answered) => [text(answered.body.decision), ...reasons(answered)];

  describe('of a source', () => {
    it('in time decide, and what it answered is on the record', async () => {
      expect(decided(await propose('credit', { points: 50, source: 'good' }))).toEqual(['allow']);
      const denied = await propose('credit', { points: 51, source: 'good' });
      expect(decided(denied)).toEqual(['deny', 'F-1 fired']);
      const seq = Number(denied.body.receipt?.seq);
      const [detail] = [...(await server.desk.subjects.open(server.desk.store, [seq])).values()];
      expect(text(detail?.value as never)).toContain('"points":50');
      expect(decided(await propose('credit', { points: 50, source: 'secret' }))).toEqual(['allow']);
    });

    it.each(Object.keys(SOURCES).filter((name) => !['good', 'secret', 'half a character', 'late'].includes(name)))(
      'that is %s leave doubt, which holds',
      async (name) => {
        expect(decided(await propose('credit', { points: 1, source: name }))).toEqual(['hold', 'F-1 doubt']);
      },
    );

    it('that is late leave doubt, which holds', async () => {
      expect(decided(await propose('hurry', { points: 1, source: 'late' }))).toEqual(['hold', 'F-5 doubt']);
    });

    it('with hostile names in it are read for what is declared, and nothing else', async () => {
      expect(decided(await propose('credit', { points: 50, source: 'half a character' }))).toEqual(['allow']);
      expect(decided(await propose('credit', { points: 51, source: 'half a character' }))).toEqual([
        'deny',
        'F-1 fired',
      ]);
    });

    it('cannot be sent elsewhere by an argument', async () => {
      asked.length = 0;
      for (const hostile of ['../good', '//example.com/good', '?x=/good', 'good#', '%2e%2e/good'])
        expect(decided(await propose('credit', { points: 1, source: hostile }))).toEqual(['hold', 'F-1 doubt']);
      expect(asked).not.toContain('good');
    });

    it('are asked again once they are older than they may be, and at an approval', async () => {
      asked.length = 0;
      server.now += 60_001;
      await propose('credit', { points: 1, source: 'good' });
      await propose('credit', { points: 2, source: 'good' });
      expect(asked).toEqual(['good']);
      const held = await propose('credit', { points: 10, source: 'good' });
      expect(decided(held)).toEqual(['hold', 'F-4 fired']);
      server.now += 60_001;
      const path = `/v1/holds/${held.body.hold?.id}/answer`;
      const approved = await server.call('POST', path, { answer: 'approve', args_sha256: text(held.body.args_sha256) });
      expect([approved.status, asked]).toEqual([200, ['good', 'good']]);
    });

    it('that have begun to forbid it refuse an approval', async () => {
      const held = await propose('credit', { points: 10, source: 'good' });
      server.now += 60_001;
      const good = SOURCES['good'] as (response: ServerResponse, headers: object) => void;
      (SOURCES as Record<string, unknown>)['good'] = SOURCES['empty'];
      const answer = () =>
        server.call('POST', `/v1/holds/${held.body.hold?.id}/answer`, {
          answer: 'approve',
          args_sha256: text(held.body.args_sha256),
        });
      (SOURCES as Record<string, unknown>)['good'] = (response: ServerResponse) => response.end('{"points":9}');
      expect((await answer()).body).toMatchObject({ code: 'hold.refused_by_pact' });
      (SOURCES as Record<string, unknown>)['good'] = good;
      server.now += 60_001;
      expect((await answer()).status).toBe(200);
    });
  });

  describe('of the caller', () => {
    it('count only from a key that may vouch for them', async () => {
      const facts = { standing: { points: 50 } };
      const vouches = await server.key('agent', 'bot', ['facts']);
      const plain = await server.key('agent', 'bot');
      const connector = await server.key('connector', 'helpdesk');
      expect(decided(await propose('vip', { points: 50 }, { facts }, { key: vouches }))).toEqual(['allow']);
      expect(decided(await propose('vip', { points: 50 }, { facts }, { key: connector }))).toEqual(['allow']);
      expect(decided(await propose('vip', { points: 51 }, { facts }, { key: vouches }))).toEqual(['deny', 'F-2 fired']);
      expect(decided(await propose('vip', { points: 1 }, { facts }, { key: plain }))).toEqual(['hold', 'F-2 doubt']);
      expect(decided(await propose('vip', { points: 1 }, {}, { key: vouches }))).toEqual(['hold', 'F-2 doubt']);
      const elsewhere = { conversation_id: 'x', agent: 'other', facts };
      expect((await propose('vip', { points: 1 }, elsewhere, { key: vouches })).status).toBe(403);
    });

    it('do not take the place of facts from elsewhere', async () => {
      const facts = { allowance: { points: 99 }, order: { order: 'W1', total: 99 } };
      expect(decided(await propose('credit', { points: 1, source: '404' }, { facts }))).toEqual(['hold', 'F-1 doubt']);
      expect(decided(await propose('refund', { order: 'W1', points: 1 }, { facts }))).toEqual(['hold', 'F-3 doubt']);
    });

    it('are on the record with the key, and stand at the approval', async () => {
      const connector = await server.key('connector', 'helpdesk');
      const held = await propose(
        'vip',
        { points: 10 },
        { facts: { standing: { points: 10 }, other: 1 } },
        { key: connector },
      );
      expect(decided(held)).toEqual(['hold', 'F-4 fired']);
      const opened = await server.desk.subjects.open(server.desk.store, [Number(held.body.receipt?.seq)]);
      const [detail] = [...opened.values()];
      expect(JSON.parse(text(detail?.value as never))).toMatchObject({
        vouched: { by: 'system:helpdesk', facts: { standing: { points: 10 } } },
      });
      const path = `/v1/holds/${held.body.hold?.id}/answer`;
      const edit = (points: number) =>
        server.call('POST', path, { answer: 'edit', args: { points }, args_sha256: text(held.body.args_sha256) });
      expect((await edit(11)).body).toMatchObject({ code: 'hold.refused_by_pact' });
      expect((await edit(9)).status).toBe(200);
    });
  });

  describe('of a trace that was sent along', () => {
    const looked = (id: string, total: number, order = 'W1') => [
      {
        role: 'assistant',
        tool_calls: [{ id, function: { name: 'get_order', arguments: JSON.stringify({ order }) } }],
      },
      { role: 'tool', tool_call_id: id, content: JSON.stringify({ order, total }) },
    ];
    const look = async (conversation_id: string, total: number, more = {}) => {
      const { body } = await propose('get_order', { order: 'W1' }, { conversation_id, call_id: 'look', ...more });
      await server.call('POST', `/v1/actions/${body.id}/report`, {
        status: 'executed',
        result: { order: 'W1', total },
      });
    };
    const refund = (conversation_id: string, points: number, more = {}) =>
      propose('refund', { order: 'W1', points }, { conversation_id, ...more });

    it('fill in what the ledger lacks', async () => {
      expect(decided(await refund('t1', 5))).toEqual(['hold', 'F-3 doubt']);
      expect(decided(await refund('t1', 5, { trace: looked('look', 7) }))).toEqual(['allow']);
      expect(decided(await refund('t1', 8))).toEqual(['deny', 'F-3 fired']);
    });

    it('say what was recorded, in the same words or others', async () => {
      await look('t2', 7);
      for (const trace of [
        looked('look', 7),
        [looked('look', 7)[0], { role: 'tool', tool_call_id: 'look', content: '{ "total": 7.0, "order":"W1" }' }],
      ])
        expect(decided(await refund('t2', 5, { trace }))).toEqual(['allow']);
    });

    it.each([
      ['another result', looked('look', 99)],
      ['other arguments', looked('look', 7, 'W2')],
      ['an unknown call before a known one', [...looked('before', 99), ...looked('look', 7)]],
    ])('and disagree hold: %s', async (is, trace) => {
      await look(`t3 ${is}`, 7);
      expect(decided(await refund(`t3 ${is}`, 5, { trace }))).toEqual(['hold', 'trace_conflict trace_conflict']);
      // What was recorded outranks it.
      expect(decided(await refund(`t3 ${is}`, 8))[0]).not.toBe('allow');
    });

    it('of a conversation that was another customer’s hold', async () => {
      await look('t4', 7, { customer_id: 'ada' });
      expect(decided(await refund('t4', 5, { customer_id: 'ada' }))).toEqual(['allow']);
      expect(decided(await refund('t4', 5, { customer_id: 'bob' }))).toEqual(['hold', 'trace_conflict trace_conflict']);
      expect(decided(await refund('t4', 5, { customer_id: 'ada' }))).toEqual(['allow']);
      const trace = [...looked('look', 7), ...looked('later', 99)];
      expect(decided(await refund('t4', 5, { customer_id: 'bob', trace }))[0]).toBe('hold');
      expect(decided(await refund('t4', 8, { customer_id: 'ada' }))).toEqual(['deny', 'F-3 fired']);
    });

    it('are taken once where many calls of a turn send them at once', async () => {
      const trace = [{ role: 'user', content: 'hello' }, ...looked('look', 7)];
      const many = await Promise.all(Array.from({ length: 12 }, (_, i) => refund('t5', 1 + (i % 3), { trace })));
      for (const one of many) expect(decided(one)).toEqual(['allow']);
      const name = server.desk.names.conversation('t5');
      const observed = (await server.entries()).filter(
        (entry) => entry.type === 'trace.observed' && entry.data.conversation === name,
      );
      expect(observed).toHaveLength(1);
    });
  });

  it('leave entries that fit their schema', async () => {
    expect(await server.misfits()).toEqual([]);
  });
});
