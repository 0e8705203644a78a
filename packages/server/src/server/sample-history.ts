/** A desk with a history of every kind, for tests of what the console reads. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.ts';
import { type Answered, type Loose, list, SampleServer, text } from './sample-server.ts';

const money = '{ type: number, format: money, exclusiveMinimum: 0 }';
const pact = (port: number) => `
pact: shop
format: 1
version: 1
says: What the agents of the shop may do.
author: dana.kim
agents: [bot, other]
currency: USD
zone: UTC
owners:
  billing: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: deny }
  desk: { primary: sam.reed, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: route_to_owner }
lanes:
  refunds:
    owner: billing
    mode: enforce
    may:
      refund: { args: { type: object, required: [order, amount], additionalProperties: false, properties: { order: { type: string }, amount: ${money} } }, target: order }
    never:
      - { id: R-1, says: Never more than the order, severity: critical, on: [refund], unless: action.args.amount <= order.total }
      - { id: R-2, says: Never while the source forbids it, severity: critical, on: [refund], when: shop.frozen }
      - { id: R-3, says: Never for stolen goods, severity: critical, on: [refund], when: 'trace.customer_said(["stolen"])' }
    ask_a_human_if:
      - { id: R-4, says: More than the agent decides alone, severity: major, on: [refund], when: action.args.amount > autonomy.most }
      - { id: R-5, says: The same order twice, severity: minor, mode: shadow, on: [refund], when: 'trace.times("refund", action.args.order) > 0' }
    limits:
      - { id: R-6, says: At most 100 a customer and day, severity: major, of: [refund], per: customer, window: 1d, sum: action.args.amount, at_most: 100.00 USD, else: hold }
      - { id: R-7, says: At most nine a day, severity: minor, of: [refund], per: agent, window: 1d, count: 9, else: deny }
    must:
      - { id: R-8, says: Say that it was refunded, severity: minor, when: 'trace.times("refund") > 0', do: [note], within: 3 replies, if_missed: none }
    parameters: { most: money }
    autonomy: { limited: { most: 50.00 USD, hold_sample: 0% }, autonomous: { most: 50.00 USD, hold_sample: 0% } }
  talk:
    owner: desk
    mode: enforce
    may:
      hand_over: { queues: { general: desk } }
      note: { args: { type: object, required: [text], additionalProperties: false, properties: { text: { type: string } } } }
      gift: { args: { type: object, required: [points], additionalProperties: false, properties: { points: { type: integer } } } }
    ask_a_human_if:
      - { id: T-1, says: More points than the caller vouches for, severity: minor, on: [gift], unless: action.args.points <= standing.points }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
evidence: { keep: 400d, personal: [trace.text, action.args.order, action.args.text], erase_after: 180d }
types:
  Order: { order: string, total: money }
  Shop: { frozen: bool }
  Standing: { points: int }
facts:
  order: { from: trace, tools: [get_order], where: { order: action.args.order }, take: latest, type: Order }
  shop: { from: http, url: "http://127.0.0.1:${port}/", timeout: 5s, max_age: 1m, type: Shop }
  standing: { from: caller, type: Standing }
reads:
  get_order: { target: order }
`;

const said = (content: string) => ({ role: 'user', content });
const looked = (order: string, total: number) => [
  {
    role: 'assistant',
    content: 'Let me look.',
    tool_calls: [
      { id: `look ${order}`, type: 'function', function: { name: 'get_order', arguments: JSON.stringify({ order }) } },
    ],
  },
  { role: 'tool', tool_call_id: `look ${order}`, content: JSON.stringify({ order, total }) },
];

export class SampleHistory {
  readonly server: SampleServer;
  readonly #source: Server;
  #calls = 0;

  private constructor(server: SampleServer, source: Server) {
    this.server = server;
    this.#source = source;
  }

  static async open(given: Partial<Config> = {}): Promise<SampleHistory> {
    const source = createServer((_request, response) => response.end('{"frozen":false}'));
    await new Promise<void>((go) => source.listen(0, '127.0.0.1', go));
    const server = await SampleServer.open({ ratePerMinute: 100_000, ...given });
    await server.force(pact((source.address() as AddressInfo).port));
    for (const name of ['bot', 'other']) {
      await server.call('POST', '/v1/agents', { name });
      for (const lane of ['refunds', 'talk'])
        await server.call('POST', `/v1/agents/${name}/state`, { lane, state: 'limited' });
    }
    return new SampleHistory(server, source);
  }

  async close(): Promise<void> {
    await this.server.close();
    await new Promise((go) => this.#source.close(go));
  }

  async propose(conversation: string, tool: string, args: object, more: object = {}): Promise<Answered> {
    this.server.now += 1_000;
    const call = `call ${++this.#calls}`;
    return this.server.propose(conversation, call, tool, args, { customer_id: `of ${conversation}`, ...more });
  }

  report({ body }: Answered, status = 'executed', result: unknown = 'done'): Promise<Answered> {
    return this.server.call('POST', `/v1/actions/${text(body.id)}/report`, { status, result });
  }

  answer({ body }: Answered, answer: string, more: object = {}): Promise<Answered> {
    const path = `/v1/holds/${text(body.hold?.id)}`;
    return this.server.call('POST', `${path}/answer`, { answer, args_sha256: body.args_sha256, ...more }, MARIA);
  }

  /** Conversations `long`, `third`, `stolen`, `over`, `odd` and `late`, and what came of them. */
  async live(): Promise<void> {
    const { server } = this;
    const trace = [said('I want my money back'), ...looked('W1', 80), ...looked('W2', 300)];
    const first = await this.propose('long', 'refund', { order: 'W1', amount: 20 }, { trace, channel: 'chat' });
    await this.report(first, 'executed', { refund: 'r1' });
    const held = await this.propose('long', 'refund', { order: 'W1', amount: 60 });
    await server.call('POST', `/v1/holds/${text(held.body.hold?.id)}/acknowledge`, {}, MARIA);
    await this.answer(held, 'edit', { args: { order: 'W1', amount: 30 }, note: 'As agreed with Ada' });
    await this.report(held, 'failed', 'no such card');
    await this.propose('long', 'refund', { order: 'W1', amount: 90 });
    await this.propose('long', 'refund', { order: 'W9', amount: 10 });
    await this.propose('long', 'refund', { order: 'W2', amount: 70 });
    await this.report(await this.propose('long', 'note', { text: 'Refunded' }));
    for (const name of ['one', 'two', 'third'])
      await this.report(
        await this.propose(
          name,
          'refund',
          { order: 'W3', amount: 45 },
          { trace: looked('W3', 80), customer_id: 'ada' },
        ),
      );
    await this.propose('stolen', 'refund', { order: 'W1', amount: 10 }, { trace: [said('it was stolen'), ...trace] });
    await this.propose('over', 'hand_over', { queue: 'general' }, { customer_id: undefined });
    await this.propose('odd', 'refund', { order: 'W1' });
    await this.propose('odd', 'unheard_of', { order: 'W1' });
    await this.propose('odd', 'refund', { order: 'W1', amount: 5 }, { agent: 'other', trace: looked('W1', 80) });
    await this.propose('odd', 'gift', { points: 5 }, { agent: 'other', facts: { standing: { points: 9 } } });
    await this.propose('odd', 'gift', { points: 10 }, { agent: 'other', facts: { standing: { points: 9 } } });
    const again = await this.propose('again', 'refund', { order: 'W1', amount: 55 }, { trace });
    await this.answer(again, 'approve');
    await this.propose('again', 'refund', { order: 'W1', amount: 55 });
    const late = await this.propose('late', 'gift', { points: 10 });
    server.now += 3_600_000;
    await server.tick();
    await server.call('POST', '/v1/outcomes', { conversation_id: 'long', agent: 'bot', outcome: 'csat', rating: 4 });
    await server.call('POST', '/v1/verdicts', { action: late.body.id, verdict: 'ok', note: 'It was right' });
    await server.call('POST', '/v1/agents/other/versions', { model: 'm2' });
    await server.call('POST', '/v1/agents/other/stop', { reason: 'looks odd' }, MARIA);
  }

  async read(path: string): Promise<Loose> {
    const { status, body } = await this.server.call('GET', path);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Every row, a page after the other. */
  async all(path: string, rows: string, limit: number): Promise<Loose[]> {
    const found: Loose[] = [];
    for (let before = ''; ; ) {
      const page = await this.read(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${before}`);
      found.push(...list(page[rows]));
      if (page['next'] === null) return found;
      before = `&before=${page['next']}`;
    }
  }
}

const MARIA = { as: 'maria.lopez' };
