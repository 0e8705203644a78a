/** What the SDK's tests stand on: a real server with a pact in force, and a line to it that can be cut. */
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, readConfig, startServer } from '@surety/server';
import { createKey } from '../../server/src/operations/key/key-ring.ts';
import { type Surety, type SuretyOptions, surety } from '../src/client.ts';

const PACT = `
pact: shop
format: 1
version: 1
says: What the shop's agent may do.
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
      refund: { args: { type: object, required: [order_id, amount], additionalProperties: false, properties: { order_id: { type: string }, amount: { type: number, format: money, exclusiveMinimum: 0 } } }, target: order_id }
      hand_over: { queues: { general: billing } }
    never:
      - { id: R-1, says: Never refund more than the order, severity: critical, on: [refund], unless: action.args.amount <= order.total }
    ask_a_human_if:
      - { id: R-2, says: More than the agent decides alone, severity: major, on: [refund], when: action.args.amount > autonomy.most }
    limits:
      - { id: R-3, says: At most 10000 dollars a day, severity: major, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: 10000.00 USD, else: deny }
    parameters: { most: money }
    autonomy: { limited: { most: 50.00 USD, hold_sample: 0% }, autonomous: { most: 50.00 USD, hold_sample: 0% } }
  credits:
    owner: billing
    mode: enforce
    when_unreachable: deny
    may:
      label: { args: { type: object, required: [text], additionalProperties: false, properties: { text: { type: string } } }, unknown_args: drop }
      credit: { args: { type: object, required: [amount], additionalProperties: false, properties: { amount: { type: number, format: money, exclusiveMinimum: 0 } } } }
    limits:
      - { id: C-1, says: At most 10000 dollars a day, severity: major, of: [credit], per: agent, window: 1d, sum: action.args.amount, at_most: 10000.00 USD, else: deny }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
  notes:
    owner: billing
    mode: shadow
    may:
      tag: { args: { type: object, required: [text], additionalProperties: false, properties: { text: { type: string } } }, unknown_args: drop }
      add_note: { args: { type: object, required: [text], additionalProperties: false, properties: { text: { type: string } } } }
    never:
      - { id: N-1, says: Never write down a secret, severity: minor, when: action.args.text == "secret" }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
facts:
  order: { from: trace, tools: [get_order], where: { order_id: action.args.order_id }, take: latest, type: Order }
reads:
  get_order: { target: order_id }
types:
  Order: { order_id: string, total: money }
`;

/** A wire between client and server: it carries, or it swallows, or it is cut. */
export interface Line {
  readonly url: string;
  /** `hung`: whoever connects is heard, and nothing ever comes back. `cut`: whoever connects is cut off. */
  set(state: 'through' | 'hung' | 'cut'): Promise<void>;
  close(): Promise<void>;
}

async function layLine(to: () => number): Promise<Line> {
  const ends = new Set<Socket>();
  let state: 'through' | 'hung' | 'cut' = 'through';
  const keep = (socket: Socket) => {
    ends.add(socket);
    socket.on('error', () => {}).on('close', () => ends.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    keep(near);
    if (state === 'cut') return near.resetAndDestroy();
    if (state === 'hung') return near.resume();
    const far = keep(connect(to(), '127.0.0.1'));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    return near;
  });
  const drop = () =>
    Promise.all(
      [...ends].map((socket) => {
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.destroy();
        return closed;
      }),
    );
  // It listens as long as there is a line: a port that was let go might be somebody else's by then.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async set(next) {
      state = next;
      await drop();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await drop();
      await closed;
    },
  };
}

export interface Shop {
  readonly server: RunningServer;
  readonly line: Line;
  readonly folder: string;
  /** A client of the agent, over the line; closed with the shop. */
  agent(options?: Partial<SuretyOptions>): Surety;
  /** Lays the line again and closes every client: what they still had to say is said. */
  leave(): Promise<void>;
  /** The people of the desk, straight to the server. */
  person(name?: string): Surety;
  /** A conversation nobody had. */
  conversation(): string;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'surety-sdk-'));
  const start = () =>
    startServer(readConfig({}, { dataDir: join(folder, 'data'), port: 0, logLevel: 'silent' }), {
      onFatal: (_code, sentence) => {
        throw new Error(sentence);
      },
    });
  let server = await start();
  const line = await layLine(() => Number(new URL(server.address).port));
  const key = await createKey(server.desk.store, { role: 'agent', name: 'bot' }, Date.now());
  const clients: Surety[] = [];
  let conversations = 0;
  const shop: Shop = {
    get server() {
      return server;
    },
    line,
    folder,
    agent(options = {}) {
      const client = surety({ url: line.url, key, agent: 'bot', warn: () => {}, ...options });
      clients.push(client);
      return client;
    },
    person: (name = 'operator') => surety({ url: server.address, key: server.localKey, as: name }),
    conversation: () => `case-${++conversations}`,
    async leave() {
      await line.set('through');
      await Promise.all(clients.splice(0).map((client) => client.close()));
    },
    async restart() {
      await server.close();
      server = await start();
    },
    async close() {
      await shop.leave();
      await line.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await open(shop);
  return shop;
}

async function open(shop: Shop): Promise<void> {
  const operator = shop.person();
  await operator.agent.register({ name: 'bot' });
  const { pact } = await shop.person('dana.kim').pact.propose({ pact: 'pact.yaml', files: { 'pact.yaml': PACT } });
  await shop.person('ken.ito').pact.sign({ digest: pact.digest }, {});
  await operator.pact.publish({ digest: pact.digest }, {});
  for (const lane of ['refunds', 'credits', 'notes'])
    await operator.agent.state({ name: 'bot' }, { lane, state: 'limited', reason: 'a test' });
}

/** Where the next hold of a conversation can be answered. */
export async function holdOf(person: Surety, conversation_id: string) {
  const { cards } = await person.hold.list();
  const hold = cards.find((card) => card.conversation_id === conversation_id)?.holds[0];
  if (!hold?.args_sha256) throw new Error(`${conversation_id} has no open hold`);
  return { id: hold.id, args_sha256: hold.args_sha256 };
}
