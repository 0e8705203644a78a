/** Strata, over HTTP: which kind of work a conversation is stands in its decisions, and proofs take each in its share. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Loose, list, SampleServer, text } from './server/sample-server.ts';

const PACT = `
pact: desk
format: 1
version: 1
says: What the agent may note.
author: dana.kim
agents: [bot]
currency: USD
zone: UTC
owners:
  desk: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, then: deny }
lanes:
  notes:
    owner: desk
    mode: enforce
    may: { note: { args: { type: object, additionalProperties: false, properties: {} } } }
    limits:
      - { id: R-1, says: At most so many a day, severity: major, of: [note], per: agent, window: 1d, count: 1000, else: hold }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
define:
  by_phone: { says: The customer called, cel: conversation.channel == 'phone' }
reads: { look: {} }
trust: { strata: { by_phone: 30%, written: 70% } }
consequences: { tell: { kind: operational, notify: [maria.lopez] } }
on_violation: { critical: [tell] }
evidence: { keep: 400d, personal: [trace.text], erase_after: 180d }
`;

describe('strata', () => {
  let server: SampleServer;
  beforeAll(async () => {
    server = await SampleServer.open({ ratePerMinute: 100_000 });
    await server.force(PACT);
    await server.call('POST', '/v1/agents', { name: 'bot', party: 'acme' });
  }, 60_000);
  afterAll(() => server.close());

  let calls = 0;
  const propose = (tool: string, channel: string | undefined, conversation = `case ${++calls}`) =>
    server.call('POST', '/v1/actions', {
      agent: 'bot',
      conversation_id: conversation,
      call_id: `call ${++calls}`,
      tool,
      args: {},
      ...(channel === undefined ? {} : { channel }),
    });
  const strata = async () =>
    (await server.entries()).flatMap((entry) => (entry.type === 'action.decided' ? [entry.data.stratum ?? null] : []));

  it('stand in each decision of a lane: by the channel, and in doubt without one; a read has none', async () => {
    await propose('note', 'phone', 'called');
    await propose('note', 'mail');
    await propose('note', undefined);
    await propose('look', 'phone');
    await propose('hand_over', 'phone', 'called');
    expect(await strata()).toEqual(['by_phone', 'written', 'by_phone', null, null]);
  });

  it('let a proof take each kind in its share, and the lane says so', async () => {
    for (let i = 0; i < 40; i++) {
      const conversation = `mail ${i}`;
      const { body } = await propose('note', 'mail', conversation);
      const answer = { answer: 'approve', args_sha256: text(body.args_sha256) };
      await server.call('POST', `/v1/holds/${text(body.hold?.id)}/answer`, answer);
      await server.call('POST', `/v1/actions/${text(body.id)}/report`, { status: 'executed' });
      const outcome = { agent: 'bot', conversation_id: conversation, outcome: 'resolved', closed_by: 'agent' };
      await server.call('POST', '/v1/outcomes', outcome);
    }
    const { body } = await server.call('GET', '/v1/agents/bot/trust');
    const [lane = {} as Loose] = list(body.lanes);
    expect(list(lane.needs).join('\n')).toMatch(
      /^\d+ of 40 conversations count towards the proof, each kind of work in its share: 0 by phone, \d+ written\.$/m,
    );
  });
});
