/** The gate is away: what that stops, what goes on without an answer, and what the gate hears of it later. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openShop, type Shop } from '../test/shop.ts';
import type { Surety, SuretyOptions } from './client.ts';
import { guard } from './guard.ts';

let shop: Shop;
let person: Surety;
beforeAll(async () => {
  shop = await openShop();
  person = shop.person();
});
afterAll(() => shop?.close());
afterEach(() => shop.leave());

const SECONDS = { timeout: 20_000, interval: 20 };
const call = (call_id = 'c1') => ({ conversation_id: shop.conversation(), call_id });
const size = () => shop.server.desk.writer.world.size;

/** The tools of an agent, and what they really did. */
function toolsOf(client: Surety) {
  const did: string[] = [];
  const tool = (name: string) => guard(client, name, (_args: unknown) => ({ did: did[did.push(name) - 1] }));
  return {
    did,
    refund: tool('refund'),
    credit: tool('credit'),
    note: tool('add_note'),
    read: tool('get_order'),
    handOver: tool('hand_over'),
    transfer: tool('transfer_to_human'),
    unknown: tool('wipe_disk'),
  };
}
const options: Partial<SuretyOptions> = { handOver: 'transfer_to_human', deadlineMs: 20_000 };
/** For a gate that never answers. */
const soon: Partial<SuretyOptions> = { ...options, deadlineMs: 1_000 };
async function met(more: Partial<SuretyOptions> = {}): Promise<Surety> {
  const client = shop.agent({ ...options, ...more });
  await vi.waitFor(() => expect(client.gate.guide.isKnown).toBe(true), SECONDS);
  return client;
}

describe.each(['cut', 'hung'] as const)('a gate that was never there (%s)', (state) => {
  it('denies all but a hand-over', async () => {
    await shop.line.set(state);
    const tools = toolsOf(shop.agent(soon));
    const names = ['refund', 'credit', 'note', 'read', 'unknown'] as const;
    for (const outcome of await Promise.all(names.map((name) => tools[name]({}, call()))))
      expect(outcome).toMatchObject({ denied: { why: 'unreachable', action: null } });
    expect(await Promise.all([tools.handOver({}, call()), tools.transfer({}, call())])).toEqual([
      { ok: { did: 'hand_over' }, action: null },
      { ok: { did: 'transfer_to_human' }, action: null },
    ]);
    expect(tools.did.sort()).toEqual(['hand_over', 'transfer_to_human']);
  });
});

describe.each(['cut', 'hung'] as const)('a gate that went away (%s)', (state) => {
  it('holds or denies by the lane, and lets only shadow, reads and hand-overs go on', async () => {
    const tools = toolsOf(await met(soon));
    await shop.line.set(state);
    const [refund, credit, unknown] = await Promise.all([
      tools.refund({ order_id: 'W1', amount: 1 }, call()),
      tools.credit({ amount: 1 }, call()),
      tools.unknown({}, call()),
    ]);
    expect(refund).toMatchObject({ held: { why: 'unreachable', hold: null } });
    expect([credit, unknown]).toMatchObject([{ denied: { why: 'unreachable' } }, { denied: { why: 'unreachable' } }]);
    const names = ['note', 'read', 'handOver', 'transfer'] as const;
    for (const outcome of await Promise.all(names.map((name) => tools[name]({ text: 'hello' }, call()))))
      expect(outcome).toMatchObject({ ok: {}, action: null });
    expect(tools.did.sort()).toEqual(['add_note', 'get_order', 'hand_over', 'transfer_to_human']);
  });

  it('hears later, in order and once, what went on without it', async () => {
    const client = await met(soon);
    const tools = toolsOf(client);
    await shop.line.set(state);
    const calls = [call(), call()];
    for (const one of calls) await tools.note({ text: 'secret' }, one);
    expect(client.gate.delivery.waiting).toBe(4);
    await shop.line.set('through');
    expect(await vi.waitUntil(() => client.flush(), SECONDS)).toBe(true);
    const seqs: number[] = [];
    for (const one of calls) {
      const { id } = await person.action.propose({ agent: 'bot', ...one, tool: 'add_note', args: { text: 'secret' } });
      const standing = await person.action.show({ id });
      expect(standing).toMatchObject({ decision: 'deny', enforced: false, reported: 'executed' });
      seqs.push(standing.receipt.seq);
    }
    expect(seqs[0]).toBeLessThan(seqs[1] ?? 0);
    // Told again, nothing is recorded again.
    const before = size();
    const [first = call()] = calls;
    const proposal = { agent: 'bot', ...first, tool: 'add_note', args: { text: 'secret' } };
    client.gate.delivery.keep({ proposal });
    await client.flush(5_000);
    expect(size()).toBe(before);
    expect(tools.did).toEqual(['add_note', 'add_note']);
  });

  it('decides again when it is back: the same call runs then, once', async () => {
    const tools = toolsOf(await met(soon));
    const one = call();
    await shop.line.set(state);
    expect(await tools.credit({ amount: 1 }, one)).toMatchObject({ denied: { why: 'unreachable' } });
    await shop.line.set('through');
    const again = async () => expect(await tools.credit({ amount: 1 }, one)).toMatchObject({ ok: { did: 'credit' } });
    await vi.waitFor(again, SECONDS);
    await again();
    expect(tools.did).toEqual(['credit']);
  });

  it('is waited for by a call that may wait', async () => {
    const client = await met(soon);
    const tools = toolsOf(client);
    const { conversation_id } = call();
    await tools.read({ order_id: 'W1' }, { conversation_id, call_id: 'look' });
    await shop.line.set(state);
    const waiting = tools.refund({ order_id: 'W1', amount: 1 }, { conversation_id, call_id: 'c1', wait: 50_000 });
    await shop.line.set('through');
    // What the order is was never told, so a person decides: the gate has answered.
    await vi.waitFor(async () => expect(JSON.stringify(await person.hold.list())).toContain(conversation_id), SECONDS);
    const { cards } = await person.hold.list();
    const hold = cards.find((card) => card.conversation_id === conversation_id)?.holds[0];
    await person.hold.answer({ id: hold?.id ?? '' }, { answer: 'approve', args_sha256: hold?.args_sha256 ?? '' });
    expect(await waiting).toMatchObject({ ok: { did: 'refund' } });
  });
});

describe('a report that the gate did not hear', () => {
  it('waits, and arrives once the server is there again', async () => {
    const client = await met();
    let line: Promise<void> | undefined;
    const credit = guard(client, 'credit', async () => {
      line = shop.line.set('cut');
      await line;
      return 'paid';
    });
    const outcome = await credit({ amount: 1 }, call());
    expect(outcome).toMatchObject({ ok: 'paid' });
    expect(client.gate.delivery.waiting).toBe(1);
    await shop.restart();
    await shop.line.set('through');
    expect(await vi.waitUntil(() => client.flush(), SECONDS)).toBe(true);
    const id = 'ok' in outcome ? (outcome.action ?? '') : '';
    expect(await shop.person().action.show({ id })).toMatchObject({ reported: 'executed' });
    person = shop.person();
  });

  it('survives the agent’s own end in a file, with what went on without an answer', async () => {
    const spool = join(shop.folder, 'spool');
    const client = await met({ spool });
    const tools = toolsOf(client);
    await shop.line.set('cut');
    const one = call();
    await tools.note({ text: 'hello' }, one);
    await client.close();
    await shop.line.set('through');
    const next = shop.agent({ ...options, spool });
    await vi.waitFor(() => expect(next.gate.delivery.waiting).toBe(0), SECONDS);
    const { id } = await person.action.propose({ agent: 'bot', ...one, tool: 'add_note', args: { text: 'hello' } });
    expect(await person.action.show({ id })).toMatchObject({ reported: 'executed' });
  });

  it('is not stuck behind one that the gate refuses', async () => {
    const warned: string[] = [];
    const client = await met({ warn: (sentence) => warned.push(sentence) });
    client.gate.delivery.keep({ action: `act_${'0'.repeat(32)}`, report: { status: 'executed' } });
    expect(await guard(client, 'credit', () => 'paid')({ amount: 1 }, call())).toMatchObject({ ok: 'paid' });
    expect(client.gate.delivery.waiting).toBe(0);
    expect(warned).toEqual([expect.stringContaining('action.unknown')]);
  });

  it.each([
    ['is too large', () => 'x'.repeat(2_000_000)],
    ['is too deep', () => Array.from({ length: 60 }).reduce((inner: unknown) => [inner], 1)],
    ['is no JSON', () => ({ amount: 1n })],
    ['is nothing', () => undefined],
  ])('is told without the result where that %s', async (_, result) => {
    const client = await met();
    const outcome = await guard(client, 'credit', result)({ amount: 1 }, call());
    expect(outcome).toMatchObject({ action: expect.stringMatching(/^act_/) });
    const id = 'ok' in outcome ? (outcome.action ?? '') : '';
    expect(await person.action.show({ id })).toMatchObject({ reported: 'executed' });
  });
});

describe('what the gate will not look at', () => {
  it('is a wrong key: no decision, so nothing runs but a hand-over', async () => {
    const tools = toolsOf(shop.agent({ ...options, key: 'surety_wrong_key' }));
    expect(await tools.credit({ amount: 1 }, call())).toMatchObject({
      denied: { why: 'unreachable', code: 'key.unknown' },
    });
    expect(await tools.transfer({}, call())).toMatchObject({ ok: {} });
  });

  it('is another agent’s action', async () => {
    const tools = toolsOf(shop.agent({ ...options, agent: 'other' }));
    expect(await tools.credit({ amount: 1 }, call())).toMatchObject({
      denied: { why: 'problem', code: 'agent.forbidden' },
    });
    expect(await tools.handOver({}, call())).toMatchObject({ ok: {} });
  });

  it('is a request that does not fit; a lane in shadow goes on all the same', async () => {
    const tools = toolsOf(await met());
    const wrong = { ...call(), confidence: 101 };
    expect(await tools.credit({ amount: 1 }, wrong)).toMatchObject({
      denied: { why: 'problem', code: 'request.malformed' },
    });
    expect(await tools.note({ text: 'hello' }, { ...call(), confidence: 101 })).toMatchObject({ ok: {}, action: null });
  });

  it('is no longer trace than it takes: the latest messages are sent', async () => {
    const tools = toolsOf(await met());
    const trace = Array.from({ length: 1_000 }, (_, i) => ({ role: 'user', content: `${i} ${'x'.repeat(2_000)}` }));
    expect(await tools.credit({ amount: 1 }, { ...call(), trace })).toMatchObject({ ok: { did: 'credit' } });
  });
});

it('a spool that cannot be opened is said when the client is made', () => {
  const path = join(shop.folder, 'taken');
  writeFileSync(`${path}.lock`, `${process.ppid}`);
  expect(() => shop.agent({ spool: path })).toThrow(`in use by process ${process.ppid}`);
});
