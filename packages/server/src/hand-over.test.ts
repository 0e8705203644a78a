/** A customer always reaches a person: every state × rule × limit × stop × queue × fault, over HTTP, is an allow on the record. */
import type { Placed } from '@surety/core/evidence';
import { TRUST_STATES, type TrustState } from '@surety/core/terms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, list, SampleServer, text } from './server/sample-server.ts';

const STOPS = ['running', 'agent stopped', 'lane stopped'] as const;
const RULES = { silent: 'hello', never: 'forbidden', doubt: 'doubtful', ask: 'delicate' } as const;
const LIMITS = { free: 'fresh', full: 'worn' } as const;
/** Whom it is asked to go to, by which tool, with whose lane behind it. */
const QUEUES = {
  'a listed queue': { tool: 'hand_over', args: { queue: 'legal' } },
  'an unknown queue': { tool: 'hand_over', args: { queue: 'nowhere' } },
  'no queue': { tool: 'hand_over', args: {} },
  'malformed args': { tool: 'hand_over', args: ['queue', 7] },
  'its own tool': { tool: 'to_person', args: { queue: 'legal', why: 'asked for' } },
  'its own tool in a lane in shadow': { tool: 'to_quiet', args: {} },
} as const;
const FAULTS = ['none', 'missed duty', 'trace conflict'] as const;
/** What a gate that is in a hurry, or broken, may send along. */
const BROKEN = {
  'no args': { args: undefined },
  'args of another type': { args: { queue: { deep: [1, null] }, more: true } },
  'its own tool with args of another type': { tool: 'to_person', args: { why: 5 } },
  'a trace that cannot be read': { trace: [{ role: 'tool', content: 5 }, { role: 'nobody' }] },
  'a trace that is too long': { trace: Array.from({ length: 401 }, () => ({ role: 'user', content: 'hello?' })) },
  'members out of range': { confidence: 500, channel: '', calls_in_turn: 0, lane: 'Not A Lane', customer_id: '' },
  'members nobody knows': { urgency: 'high', priority: 1 },
  'a channel the pact does not have': { channel: 'carrier pigeon' },
  'a lane that is another': { lane: 'quiet' },
  'half a character': { conversation_id: 'half \ud800', customer_id: '\udfff', args: { summary: '\ud800' } },
  'names of members of objects': { args: JSON.parse('{"__proto__":{"queue":"legal"},"constructor":1}') as unknown },
  'a long summary': { args: { summary: 'x'.repeat(600_000) } },
  'a summary that is longer on the record': { args: { summary: '"'.repeat(500_000) } },
  'a trace that is longer on the record': { trace: [{ role: 'user', content: '"'.repeat(500_000) }] },
} as const;

const name = (state: TrustState, stop: (typeof STOPS)[number]) => `${state}-${stop.replace(' ', '-')}`;
const BOUND = TRUST_STATES.flatMap((state) => STOPS.map((stop) => name(state, stop)));
const UNBOUND = ['free', 'free-stopped', 'nobody'];

const PACT = `
pact: persons
format: 1
version: 1
says: Who reaches a person.
author: dana.kim
agents: [filler, ghost, ${BOUND.join(', ')}]
currency: USD
zone: UTC
owners:
  desk: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: route_to_owner }
  law: { primary: sam.reed, backup: omar.haddad, answer_within: 15m, if_late: { page: backup, after: 10m }, then: route_to_owner }
lanes:
  talk:
    owner: desk
    mode: enforce
    may:
      hand_over: { queues: { legal: law, general: desk } }
      to_person:
        is: hand_over
        args: { type: object, additionalProperties: false, properties: { queue: { enum: [legal, general] }, why: { type: string } } }
        queues: { legal: law, general: desk }
      note: { args: { type: object, additionalProperties: false, properties: {} } }
    never:
      - { id: P-1, says: Not for a forbidden matter, severity: major, on: [hand_over, to_person, note], when: 'trace.customer_said(["forbidden"])' }
      - { id: P-2, says: Not while the order is in doubt, severity: major, on: [hand_over, to_person, note], when: 'trace.customer_said(["doubtful"]) && order.total > 5' }
    ask_a_human_if:
      - { id: P-3, says: A delicate matter, severity: minor, when: 'trace.customer_said(["delicate"])' }
    must:
      - { id: P-4, says: A promise is noted, severity: major, when: 'trace.customer_said(["promise"])', do: [note], within: 1 reply, if_missed: hold }
    limits:
      - { id: P-5, says: One a day, severity: minor, of: [note], per: customer, window: 1d, count: 1, else: deny }
    autonomy: { limited: { hold_sample: 100% }, autonomous: { hold_sample: 0% } }
  quiet:
    owner: law
    mode: shadow
    may:
      to_quiet: { is: hand_over, args: { type: object, additionalProperties: false, properties: {} }, queues: {} }
    never:
      - { id: Q-1, says: Not for a forbidden matter, severity: major, on: [to_quiet], when: 'trace.customer_said(["forbidden"])' }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
facts:
  order: { from: trace, tools: [get_order], take: latest, type: Order }
reads:
  get_order: {}
types:
  Order: { total: money }
`;

interface Case {
  readonly is: string;
  readonly body: Record<string, unknown>;
}

/** The customer's words decide which rule speaks. */
function traceOf(fault: (typeof FAULTS)[number], rule: keyof typeof RULES): unknown[] {
  const said = { role: 'user', content: `This is ${RULES[rule]}` };
  if (fault === 'missed duty')
    return [
      said,
      { role: 'user', content: 'A promise' },
      ...['a', 'b'].map((content) => ({ role: 'assistant', content })),
    ];
  if (fault === 'none') return [said];
  const look = { id: 'look', function: { name: 'get_order', arguments: '{"id":"W1"}' } };
  const result = { role: 'tool', tool_call_id: 'look', content: '{"total":7}' };
  return [said, { role: 'assistant', tool_calls: [look] }, result];
}

function* casesOf(agents: readonly string[]): Iterable<Case> {
  for (const agent of agents)
    for (const fault of FAULTS)
      for (const rule of Object.keys(RULES) as (keyof typeof RULES)[])
        for (const [limit, customer] of Object.entries(LIMITS))
          for (const [queue, { tool, args }] of Object.entries(QUEUES)) {
            if (tool !== 'hand_over' && UNBOUND.includes(agent)) continue;
            const is = [agent, fault, rule, limit, queue].join(' × ');
            const conversation_id = fault === 'trace conflict' ? `conflict ${agent}` : `of ${is}`;
            const trace = traceOf(fault, rule);
            yield { is, body: { agent, conversation_id, call_id: is, tool, args, customer_id: customer, trace } };
          }
}

describe('a customer always reaches a person', () => {
  let server: SampleServer;
  beforeAll(async () => {
    server = await SampleServer.open({ ratePerMinute: 100_000 });
    await server.force(PACT);
    for (const agent of ['filler', ...BOUND, 'free', 'free-stopped'])
      await server.call('POST', '/v1/agents', { name: agent });
    const set = (agent: string, what: string, body: object) => server.call('POST', `/v1/agents/${agent}/${what}`, body);
    await set('filler', 'state', { lane: 'talk', state: 'autonomous' });
    await set('free-stopped', 'stop', {});
    for (const state of TRUST_STATES)
      for (const stop of STOPS) {
        const agent = name(state, stop);
        for (const lane of ['talk', 'quiet']) {
          if (state !== 'supervised') expect((await set(agent, 'state', { lane, state })).status).toBe(200);
          if (stop === 'lane stopped') expect((await set(agent, 'stop', { lane })).status).toBe(200);
        }
        if (stop === 'agent stopped') expect((await set(agent, 'stop', {})).status).toBe(200);
      }
    const note = { agent: 'filler', conversation_id: 'worn out', tool: 'note', args: {}, customer_id: LIMITS.full };
    expect((await server.call('POST', '/v1/actions', { ...note, call_id: '1' })).body).toMatchObject({
      decision: 'allow',
    });
    expect((await server.call('POST', '/v1/actions', { ...note, call_id: '2' })).body).toMatchObject({
      decision: 'deny',
    });
  });
  afterAll(() => server.close());

  /** Each agent looked an order up, which its trace will contradict. */
  async function lookUp(agents: readonly string[]): Promise<void> {
    for (const agent of agents) {
      const look = {
        agent,
        conversation_id: `conflict ${agent}`,
        call_id: 'look',
        tool: 'get_order',
        args: { id: 'W1' },
      };
      const { body } = await server.call('POST', '/v1/actions', look);
      await server.call('POST', `/v1/actions/${body.id}/report`, { status: 'executed', result: { total: 3 } });
    }
  }

  async function all(cases: readonly Case[]): Promise<[Case, Answered][]> {
    const answered: [Case, Answered][] = [];
    for (let i = 0; i < cases.length; i += 100)
      answered.push(
        ...(await Promise.all(
          cases
            .slice(i, i + 100)
            .map(async (one): Promise<[Case, Answered]> => [one, await server.call('POST', '/v1/actions', one.body)]),
        )),
      );
    return answered;
  }

  it.each([
    ['bound by the pact', [...BOUND, 'ghost']],
    ['bound by none', UNBOUND],
  ])('%s', async (_, agents) => {
    await lookUp(agents);
    const cases = [...casesOf(agents)];
    const answers = await all(cases);
    const refused = answers.flatMap(([{ is }, { status, body }]) =>
      status === 200 && text(body.decision) === 'allow' && String(body.enforced) === 'true' && body.hand_over
        ? []
        : [`${is}: ${status} ${JSON.stringify(body)}`],
    );
    expect(refused).toEqual([]);
    const decided = new Map(
      (await server.entries()).flatMap((entry) =>
        entry.type === 'action.decided' ? [[entry.seq, entry as Placed<'action.decided'>]] : [],
      ),
    );
    for (const [{ is, body: asked }, { body }] of answers) {
      const entry = decided.get(Number(body.receipt?.seq));
      expect(entry?.data, is).toMatchObject({ decision: 'allow', enforced: true, tool: asked['tool'] });
      expect(entry?.data.routed_to, is).toEqual(body.hand_over);
      expect(entry?.data.hold, is).toBeUndefined();
    }
    const some = answers.filter((_one, i) => i % 10 === 0);
    expect(await all(some.map(([one]) => one))).toEqual(some);
  });

  it('goes where it was sent unless a rule or an unknown queue redirects it to the owner of the lane', async () => {
    const agent = name('autonomous', 'running');
    const to = async (rule: keyof typeof RULES, args: object) => {
      const call_id = `to ${rule} ${JSON.stringify(args)}`;
      const trace = traceOf('none', rule);
      const asked = { agent, conversation_id: call_id, call_id, tool: 'hand_over', args, trace };
      const { body } = await server.call('POST', '/v1/actions', asked);
      return [body.hand_over, list(body.reasons).map(({ id, why }) => `${id} ${why}`)];
    };
    const law = { queue: 'legal', owner: 'law' };
    const owner = { queue: null, owner: 'desk' };
    expect(await to('silent', { queue: 'legal' })).toEqual([law, []]);
    expect(await to('never', { queue: 'legal' })).toEqual([owner, ['P-1 fired']]);
    expect(await to('doubt', { queue: 'legal' })).toEqual([owner, ['P-2 doubt']]);
    expect(await to('ask', { queue: 'legal' })).toEqual([law, []]);
    expect(await to('silent', { queue: 'nowhere' })).toEqual([owner, ['schema schema']]);
    expect(await to('silent', {})).toEqual([owner, []]);
  });

  it.each(Object.entries(BROKEN))('with %s', async (is, broken) => {
    for (const agent of [name('autonomous', 'running'), name('suspended', 'agent stopped'), 'nobody']) {
      if ('tool' in broken && agent === 'nobody') continue;
      const asked = { agent, conversation_id: is, call_id: is, tool: 'hand_over', args: { queue: 'legal' }, ...broken };
      const answer = await server.call('POST', '/v1/actions', asked);
      expect(answer).toMatchObject({ status: 200, body: { decision: 'allow', hand_over: {} } });
      expect(await server.call('POST', '/v1/actions', asked)).toEqual(answer);
    }
  });

  it('with a call id that another tool, or other words, have used', async () => {
    const agent = name('limited', 'running');
    const ask = (tool: string, args: object) =>
      server.call('POST', '/v1/actions', { agent, conversation_id: 'same id', call_id: 'same', tool, args });
    expect((await ask('note', {})).body).toMatchObject({ decision: 'hold' });
    const first = await ask('hand_over', { queue: 'legal' });
    expect(first).toMatchObject({ status: 200, body: { decision: 'allow', hand_over: { queue: 'legal' } } });
    expect(await ask('hand_over', { queue: 'legal' })).toEqual(first);
    expect(await ask('hand_over', { queue: 'general' })).toMatchObject({ status: 200, body: { decision: 'allow' } });
    expect((await ask('note', {})).body).toMatchObject({ decision: 'hold' });
  });

  it('leaves entries that fit their schema', async () => {
    expect(await server.misfits()).toEqual([]);
  });
});

describe('past the rate of its key', () => {
  it('the built-in tool and one of the operator’s own, also after a restart', async () => {
    const server = await SampleServer.open({ ratePerMinute: 3 });
    try {
      await server.force(PACT);
      await server.call('POST', '/v1/agents', { name: 'filler' });
      const key = await server.key('connector', 'gate');
      const ask = (agent: string, tool: string, call_id: string) =>
        server.call('POST', '/v1/actions', { agent, conversation_id: 'c', call_id, tool, args: {} }, { key });
      for (const round of [1, 2]) {
        for (let i = 0; i < 3; i++) expect((await ask('free', 'note', `n${round}${i}`)).status).toBe(200);
        expect((await ask('filler', 'note', 'n')).status).toBe(429);
        // After the restart nobody has looked at the pact yet.
        expect((await ask('filler', 'to_person', `p${round}`)).body).toMatchObject({ decision: 'allow' });
        for (let i = 0; i < 5; i++)
          expect((await ask('filler', 'hand_over', `h${round}${i}`)).body).toMatchObject({ decision: 'allow' });
        await server.restart();
      }
    } finally {
      await server.close();
    }
  });
});
