/** Callers of a running gate: each proposes one action after the other and keeps what it was answered. */
import { expect } from 'vitest';
import type { ServerProcess } from './running.ts';

export interface Call {
  readonly conversation_id: string;
  readonly call_id: string;
  readonly customer_id?: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly id: string;
  readonly decision: 'allow' | 'hold' | 'deny';
  readonly receipt: { readonly seq: number };
  readonly [member: string]: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type At = Pick<ServerProcess, 'address' | 'key'>;

export async function ask(
  { address, key }: At,
  method: string,
  path: string,
  body?: unknown,
  as = 'ken',
): Promise<Reply> {
  const response = await fetch(address + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'surety-as': as,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Reply['body'] };
}

export const propose = (server: At, call: Call): Promise<Reply> =>
  ask(server, 'POST', '/v1/actions', { agent: 'bot', ...call });

/** The agent `bot` under a pact by which it refunds alone, at most so often a day. */
export async function preparePact(server: At, most: number): Promise<void> {
  const made = [await ask(server, 'POST', '/v1/agents', { name: 'bot' })];
  const pact = await ask(
    server,
    'POST',
    '/v1/pacts',
    { pact: 'pact.yaml', files: { 'pact.yaml': pactOf(most) } },
    'dana',
  );
  const { digest } = pact.body.pact as { digest: string };
  made.push(pact, await ask(server, 'POST', `/v1/pacts/${digest}/sign`, {}));
  made.push(await ask(server, 'POST', `/v1/pacts/${digest}/publish`, {}));
  made.push(await ask(server, 'POST', '/v1/agents/bot/state', { lane: 'refunds', state: 'limited' }));
  expect(made.filter(({ status }) => status !== 200)).toEqual([]);
}

const pactOf = (most: number): string => `
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
      refund:
        args: { type: object, required: [order_id, amount], additionalProperties: false, properties: { order_id: { type: string }, amount: { type: number, format: money, exclusiveMinimum: 0 } } }
        target: order_id
    never:
      - { id: R-1, says: Never more than a hundred, severity: major, on: [refund], unless: action.args.amount <= 10000 }
    limits:
      - { id: R-2, says: At most so many a day, severity: major, of: [refund], per: agent, window: 1d, count: ${most}, else: deny }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
    ask_a_human_if:
      - { id: R-3, says: Fifty and more, severity: minor, on: [refund], when: action.args.amount >= 5000 }
consequences: { tell: { kind: operational, notify: [maria] } }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
`;

/** What became of the calls: an answer, or none because nobody answered or it was answered that nothing is recorded. */
export class Calls {
  readonly answered = new Map<Call, Answer>();
  readonly open = new Set<Call>();
  readonly refused: Reply[] = [];
  /** Heard after each reply, or where there was none. */
  onReply: () => void = () => undefined;
  isOver = false;

  /** Proposes until it is over; a call that got no answer is tried again with the next of the servers. */
  async work(servers: readonly At[], next: () => Call | undefined, first: number): Promise<void> {
    for (let call = next(), turn = first; call && !this.isOver; turn++) {
      const reply = await this.#once(servers[turn % servers.length] as At, call);
      if (reply?.status === 200) call = next();
    }
  }

  async #once(server: At, call: Call): Promise<Reply | undefined> {
    this.open.add(call);
    const reply = await propose(server, call).catch(() => undefined);
    if (reply?.status === 200) {
      this.answered.set(call, reply.body as Answer);
      this.open.delete(call);
    } else if (reply) this.refused.push(reply);
    this.onReply();
    return reply;
  }

  /** Resolves once so many more were answered. */
  async more(count: number): Promise<void> {
    const until = this.answered.size + count;
    await this.until(() => this.answered.size >= until);
  }

  until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.onReply = () => {
        if (isDone()) resolve();
      };
      this.onReply();
    });
  }
}

/** Endless calls: each caller has its own conversations. */
export function callsOf(name: string, amount = (n: number) => 1 + (n % 40)): () => Call {
  let n = 0;
  return () => {
    n += 1;
    return {
      conversation_id: `${name}-${n % 64}`,
      call_id: `call_${n}`,
      tool: 'refund',
      args: { order_id: `W${n}`, amount: amount(n) },
    };
  };
}

/** Each in its turn, a few at a time. */
export async function each<T>(items: Iterable<T>, run: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let item = left.pop(); item !== undefined; item = left.pop()) await run(item);
    }),
  );
}
