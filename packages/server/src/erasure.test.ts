/** Erasure, over HTTP: what was personal is gone from store and memory, and nothing that was decided changes. */
import { parseReceipt, verifyReceipt } from '@surety/core/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeEd25519, nodeSha256 } from './log/node-crypto.ts';
import { checkLedger } from './log/open.ts';
import { readLedger } from './operations/ledger/read.ts';
import { worldText } from './operations/world/open-world.ts';
import { codeOf, SampleHolds } from './server/sample-holds.ts';
import { list, type SampleServer } from './server/sample-server.ts';

const REASON = 'gdpr_art_17';

describe('an erasure', () => {
  let on: SampleHolds;
  let server: SampleServer;
  beforeAll(async () => {
    on = await SampleHolds.open();
    server = on.server;
  });
  afterAll(() => server.close());

  const erase = (body: object, asking = {}) =>
    server.call('POST', '/v1/subjects/erase', { reason: REASON, ...body }, asking);
  /** Everything in the world but how long the ledger is. */
  const derived = () => worldText(server.desk.writer.world).split('\n').slice(1).join('\n');
  /** Under whose names anything is kept at all. */
  async function kept(): Promise<Set<string>> {
    const seqs = (await server.entries()).map(({ seq }) => seq);
    return new Set((await server.desk.store.disclosures(seqs)).map(({ subject }) => subject));
  }
  const subjectOf = async (kind: 'customer' | 'conversation', value: string) =>
    (await server.desk.subjects.lookup({ kind, value })) ?? 'none';

  it('takes keys, disclosures, aliases and tags, and what followed from them stays', async () => {
    const agent = on.agent();
    const of = { conversation_id: `of ${agent}` };
    const trace = [{ role: 'user', content: 'My name is Ada Byron' }];
    // The conversation begins before its customer is known.
    const first = { args: { amount: 20, why: 'Ada asked' }, call_id: 'first', customer_id: undefined, trace, ...of };
    const allowed = await on.propose(agent, 20, first);
    expect(allowed.body).toMatchObject({ decision: 'allow' });
    await server.call('POST', `/v1/actions/${allowed.body.id}/report`, { status: 'executed', result: 'sent to Ada' });
    const held = await on.held(agent, 60, { call_id: 'second' });
    const other = await on.held(on.agent(), 60);
    const customer = await subjectOf('customer', `customer of ${agent}`);
    const conversation = await subjectOf('conversation', `of ${agent}`);
    expect(await kept()).toEqual(new Set([...(await kept()), customer, conversation]));
    const before = { world: derived(), entries: await server.entries() };

    const key = await server.key('viewer', 'eve');
    expect(codeOf(await erase({ customer_id: `customer of ${agent}` }, { key }))).toBe('role.forbidden');
    expect(codeOf(await erase({}))).toBe('request.malformed');
    expect(codeOf(await erase({ customer_id: 'nobody' }))).toBe('subject.unknown');
    expect(codeOf(await erase({ customer_id: 'x', reason: 'Ada Byron asked' }))).toBe('request.malformed');
    expect(derived()).toBe(before.world);

    const asking = { headers: { 'idempotency-key': 'ticket 7' }, as: 'gail.gov' };
    const erased = await erase({ customer_id: `customer of ${agent}` }, asking);
    expect(erased).toMatchObject({ status: 200, body: { subjects: 2 } });
    expect(Number(erased.body.disclosures)).toBeGreaterThanOrEqual(6);
    expect(await erase({ customer_id: `customer of ${agent}` }, asking)).toEqual(erased);
    expect(codeOf(await erase({ customer_id: `customer of ${agent}` }))).toBe('subject.unknown');

    const [one, two] = (await server.entries()).slice(before.entries.length);
    expect([one, two]).toMatchObject([
      { type: 'subject.erased', by: 'person:gail.gov', data: { subject: customer, reason: REASON } },
      { type: 'subject.erased', data: { subject: conversation, reason: REASON } },
    ]);
    for (const name of [customer, conversation]) {
      expect(await kept()).not.toContain(name);
      expect(await server.desk.store.subjectKeys([name])).toEqual([]);
      expect(await server.desk.subjects.find(name)).toBeUndefined();
    }
    expect((await server.entries()).slice(0, before.entries.length)).toEqual(before.entries);
    expect(derived()).toBe(before.world);

    // The recorded answers are still given, without what was erased; and none of it is anywhere any more.
    const again = await on.propose(agent, 20, first);
    expect(again.body).toMatchObject({ id: allowed.body.id, decision: 'allow', receipt: allowed.body.receipt });
    const second = await on.propose(agent, 60, { call_id: 'second' });
    expect(second.body).toMatchObject({
      id: held.body.id,
      decision: 'hold',
      args_sha256: null,
      reasons: [{ id: 'R-3', says: '' }],
    });
    const [card] = list((await server.call('GET', `/v1/holds?agent=${agent}`)).body.cards);
    expect(card).toMatchObject({ conversation_id: null, holds: [{ args: null, args_sha256: null }] });
    expect(codeOf(await on.answer(held, 'approve'))).toBe('hold.args_changed');
    expect((await on.answer(held, 'refuse', { args_sha256: undefined, note: 'erased' })).status).toBe(200);
    // Others are as they were.
    expect((await on.answer(other, 'approve')).status).toBe(200);
  });

  it('leaves doubt where something was: what the conversation said cannot be known, so a person decides', async () => {
    const agent = on.agent();
    await on.propose(agent, 5, { trace: [{ role: 'user', content: 'They were stolen' }] });
    await erase({ customer_id: `customer of ${agent}` });
    expect((await on.propose(agent, 6)).body).toMatchObject({ decision: 'hold', reasons: [{ id: 'trace_conflict' }] });
    expect((await on.propose(agent, 6, { conversation_id: 'a new one' })).body).toMatchObject({ decision: 'allow' });
  });

  it('by the conversation, where no customer was known', async () => {
    const agent = on.agent();
    await on.propose(agent, 5, { customer_id: undefined });
    const subject = await subjectOf('conversation', `of ${agent}`);
    expect((await erase({ conversation_id: `of ${agent}` })).body).toMatchObject({ subjects: 1 });
    expect(await kept()).not.toContain(subject);
  });

  it('is whole while others act for the same customer: nothing is sealed for them any more', async () => {
    const agent = on.agent();
    const customer_id = `customer of ${agent}`;
    const allowed = await on.propose(agent, 5);
    const subject = await subjectOf('customer', customer_id);
    const [erased, reported, ...proposed] = await Promise.all([
      erase({ customer_id }),
      server.call('POST', `/v1/actions/${allowed.body.id}/report`, { status: 'executed', result: 'done' }),
      ...Array.from({ length: 10 }, (_, i) => on.propose(agent, 1, { conversation_id: `beside ${i}` })),
    ]);
    expect(erased.status).toBe(200);
    expect([200, 503]).toContain(reported.status);
    for (const one of proposed) expect(one).toMatchObject({ status: 200, body: { decision: 'allow' } });
    expect(await kept()).not.toContain(subject);
    const fresh = await subjectOf('customer', customer_id);
    expect(fresh).not.toBe(subject);
    expect(
      (await server.call('POST', `/v1/actions/${allowed.body.id}/report`, { status: 'executed', result: 'done' }))
        .status,
    ).toBe(200);
  });

  it('leaves a ledger that verifies from its first entry, and the same world after a restart', async () => {
    const before = worldText(server.desk.writer.world);
    expect(await server.misfits()).toEqual([]);
    await server.restart();
    expect(worldText(server.desk.writer.world)).toBe(before);
    const { store, keys } = server.desk;
    await checkLedger(store, keys, { deep: true });
    for (const { seq } of await server.entries()) {
      const receipt = parseReceipt(await readLedger(server.desk).receipt(seq));
      const trust = { keys: [keys.log.key], ed25519: nodeEd25519, sha: nodeSha256 };
      expect(receipt.ok && verifyReceipt(receipt.value, trust).ok).toBe(true);
    }
  });
});
