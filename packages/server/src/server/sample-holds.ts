/** A desk whose agents are held for many reasons, and the calls about a hold, for tests. */
import type { Placed } from '@surety/core/evidence';
import { type Answered, type Loose, SampleServer, text } from './sample-server.ts';

const AGENTS = Array.from({ length: 40 }, (_, i) => `bot-${i}`);
const args =
  '{ type: object, required: [amount], additionalProperties: false, properties: { amount: { type: number, format: money, exclusiveMinimum: 0 }, why: { type: string } } }';

const plain =
  '{ type: object, required: [amount], additionalProperties: false, properties: { amount: { type: integer } } }';

export const holdsPact = (version: number, most: string) => `
pact: holds
format: 1
version: ${version}
says: What is held, and for whom.
author: dana.kim
agents: [${AGENTS.join(', ')}]
currency: USD
zone: UTC
owners:
  billing: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: deny }
  patient: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: keep_holding }
  desk: { primary: sam.reed, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: route_to_owner }
lanes:
  refunds:
    owner: billing
    mode: enforce
    may:
      refund: { args: ${args} }
    never:
      - { id: R-1, says: Never more than 500, severity: critical, on: [refund], when: action.args.amount > 50000 }
      - { id: R-2, says: Never for stolen goods, severity: critical, on: [refund], when: 'trace.customer_said(["stolen"])' }
    ask_a_human_if:
      - { id: R-3, says: More than the agent decides alone, severity: major, on: [refund], when: action.args.amount > autonomy.most }
    limits:
      - { id: R-4, says: At most 200 a day, severity: major, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: 200.00 USD, else: hold }
    parameters: { most: money }
    autonomy: { limited: { most: ${most}, hold_sample: 0% }, autonomous: { most: ${most}, hold_sample: 0% } }
  gifts:
    owner: patient
    mode: enforce
    may:
      gift: { args: ${plain} }
    limits:
      - { id: G-1, says: One a customer, severity: minor, of: [gift], per: customer, window: 1d, count: 1, else: hold }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
  talk:
    owner: desk
    mode: enforce
    may:
      hand_over: { queues: { general: desk } }
      note: { args: ${plain} }
    ask_a_human_if:
      - { id: T-1, says: A note is looked at, severity: minor, on: [note], when: action.args.amount > 0 }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
trust: { customers_per_week: 50 }
evidence: { keep: 400d, personal: [trace.text, action.args.why], erase_after: 180d }
`;

/** A held action as its answer needs it. */
export interface Held {
  readonly agent: string;
  readonly conversation: string;
  readonly action: string;
  readonly hold: string;
  readonly digest: string;
  readonly body: Loose;
}

export const codeOf = ({ body }: Answered): string => text(body.code);

export class SampleHolds {
  readonly server: SampleServer;
  #used = 0;
  #calls = 0;

  private constructor(server: SampleServer) {
    this.server = server;
  }

  static async open(): Promise<SampleHolds> {
    const server = await SampleServer.open({ ratePerMinute: 100_000 });
    await server.force(holdsPact(1, '50.00 USD'));
    for (const name of AGENTS) await server.call('POST', '/v1/agents', { name });
    for (const lane of ['refunds', 'gifts', 'talk'])
      await Promise.all(
        AGENTS.map((name) => server.call('POST', `/v1/agents/${name}/state`, { lane, state: 'limited' })),
      );
    return new SampleHolds(server);
  }

  /** An agent whose limits nobody has used. */
  agent(): string {
    const agent = AGENTS[this.#used++];
    if (agent === undefined) throw new Error('The sample has no more agents: give it more');
    return agent;
  }

  propose(agent: string, amount: number, more: object = {}): Promise<Answered> {
    return this.server.call('POST', '/v1/actions', {
      agent,
      conversation_id: `of ${agent}`,
      call_id: `call ${++this.#calls}`,
      tool: 'refund',
      args: { amount },
      customer_id: `customer of ${agent}`,
      ...more,
    });
  }

  async held(agent: string, amount: number, more: object = {}): Promise<Held> {
    const { body } = await this.propose(agent, amount, more);
    if (text(body.decision) !== 'hold') throw new Error(`It was not held: ${JSON.stringify(body)}`);
    const digest = text(body.args_sha256);
    return { agent, conversation: `of ${agent}`, action: text(body.id), hold: text(body.hold?.id), digest, body };
  }

  answer({ hold, digest }: Held, verb: string, more: object = {}, as = 'maria.lopez'): Promise<Answered> {
    return this.server.call('POST', `/v1/holds/${hold}/answer`, { answer: verb, args_sha256: digest, ...more }, { as });
  }

  async standing({ action }: Held): Promise<Loose> {
    return (await this.server.call('GET', `/v1/actions/${action}`)).body;
  }

  report({ action }: Held, status = 'executed'): Promise<Answered> {
    return this.server.call('POST', `/v1/actions/${action}/report`, { status, result: 'done' });
  }

  async entryAt(seq: unknown): Promise<Placed> {
    return (await this.server.entries(Number(seq)))[0] as Placed;
  }
}
