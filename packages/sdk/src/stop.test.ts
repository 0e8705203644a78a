/** A stop bites on the agent's side at once, and spares nothing but reads and hand-overs. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openShop, type Shop } from '../test/shop.ts';
import type { Surety } from './client.ts';
import { guard } from './guard.ts';

let shop: Shop;
let client: Surety;
let person: Surety;
beforeAll(async () => {
  shop = await openShop();
  person = shop.person('maria.lopez');
});
afterAll(() => shop?.close());
afterEach(async () => {
  await shop.leave();
  const { stopped, lanes } = await person.agent.trust({ name: 'bot' });
  if (stopped || lanes.some((lane) => lane.stopped)) await person.agent.resume({ name: 'bot' }, { reason: 'over' });
});
beforeEach(async () => {
  client = shop.agent({ handOver: 'transfer_to_human', deadlineMs: 20_000 });
  await vi.waitFor(() => expect(client.gate.guide.isKnown).toBe(true), SECONDS);
  expect(client.gate.stops.isStopped(null)).toBe(false);
});

const SECONDS = { timeout: 20_000, interval: 20 };
const call = (call_id = 'c1') => ({ conversation_id: shop.conversation(), call_id });
const heard = (lane: string | null, stopped: boolean) =>
  vi.waitFor(() => expect(client.gate.stops.isStopped(lane)).toBe(stopped), SECONDS);
describe('a stop', () => {
  it('is heard, bites without the gate, and is lifted', async () => {
    const credit = guard(client, 'credit', () => 'paid');
    await person.agent.stop({ name: 'bot' }, { reason: 'a drill' });
    await heard(null, true);
    await shop.line.set('hung');
    expect(await credit({ amount: 1 }, call())).toMatchObject({ denied: { why: 'stopped', action: null } });
    await shop.line.set('through');
    await person.agent.resume({ name: 'bot' }, { reason: 'over' });
    await heard(null, false);
    expect(await credit({ amount: 1 }, call())).toMatchObject({ ok: 'paid' });
  });

  it('stops a lane in shadow too, which goes on otherwise when the gate is away', async () => {
    const note = guard(client, 'add_note', () => 'written');
    await person.agent.stop({ name: 'bot' }, { reason: 'a drill' });
    await heard(null, true);
    await shop.line.set('cut');
    expect(await note({ text: 'hello' }, call())).toMatchObject({ denied: { why: 'stopped' } });
  });

  it('spares hand-overs, and reads that move nothing', async () => {
    await person.agent.stop({ name: 'bot' }, { reason: 'a drill' });
    await heard(null, true);
    const tools = ['hand_over', 'transfer_to_human', 'get_order'].map((name) => guard(client, name, () => name));
    for (const state of ['through', 'cut'] as const) {
      await shop.line.set(state);
      for (const [i, tool] of tools.entries())
        expect(await tool({}, call(`${state}${i}`))).toMatchObject({ ok: expect.any(String) });
    }
  });

  it('of one lane leaves the others alone', async () => {
    await person.agent.stop({ name: 'bot' }, { lane: 'credits', reason: 'a drill' });
    await heard('credits', true);
    expect(await guard(client, 'credit', () => 'paid')({ amount: 1 }, call())).toMatchObject({
      denied: { why: 'stopped' },
    });
    expect(await guard(client, 'add_note', () => 'written')({ text: 'hello' }, call())).toMatchObject({
      ok: 'written',
    });
    await person.agent.resume({ name: 'bot' }, { lane: 'credits', reason: 'over' });
    await heard('credits', false);
  });

  it('is known to a client that starts after it, and to one that was cut off meanwhile', async () => {
    await shop.line.set('cut');
    await person.agent.stop({ name: 'bot' }, { lane: 'notes', reason: 'a drill' });
    await shop.line.set('through');
    await heard('notes', true);
    const late = shop.agent({ follow: false });
    await late.ready();
    expect([late.gate.stops.isStopped('notes'), late.gate.stops.isStopped('credits')]).toEqual([true, false]);
  });

  it('ends the wait for a person, and what was held does not run', async () => {
    let paid = 0;
    const refund = guard(client, 'refund', () => ++paid);
    const { conversation_id } = call();
    const waiting = refund({ order_id: 'W1', amount: 60 }, { conversation_id, call_id: 'c1', wait: 50_000 });
    await vi.waitFor(async () => expect((await person.hold.list()).open).toBeGreaterThan(0), SECONDS);
    await person.agent.stop({ name: 'bot' }, { reason: 'a drill' });
    expect(await waiting).toMatchObject({ denied: { why: expect.stringMatching(/stopped|expired|refused/) } });
    expect(paid).toBe(0);
  });

  it('catches what the gate had allowed and that has not run yet, and gives back what it reserved', async () => {
    let paid = 0;
    const credit = guard(client, 'credit', () => ++paid);
    const { conversation_id } = call();
    // The stop arrives while the answer is on its way: heard here first, then the allowed action would run.
    const { call: ask } = client.gate;
    const stopping: Surety = {
      ...client,
      gate: {
        ...client.gate,
        async call(name, given, options) {
          const answer = await ask(name, given, options);
          if (name === 'action.propose') {
            await person.agent.stop({ name: 'bot' }, { reason: 'a drill' });
            await heard(null, true);
          }
          return answer;
        },
      },
    };
    const late = guard(stopping, 'credit', () => ++paid);
    const outcome = await late({ amount: 1 }, { conversation_id, call_id: 'c1' });
    expect(outcome).toMatchObject({ denied: { why: 'stopped', action: expect.stringMatching(/^act_/) } });
    const id = 'denied' in outcome ? (outcome.denied.action ?? '') : '';
    expect(await person.action.show({ id })).toMatchObject({ decision: 'allow', reported: 'failed' });
    expect(await credit({ amount: 1 }, { conversation_id, call_id: 'c1' })).toMatchObject({
      denied: { why: 'stopped' },
    });
    expect(paid).toBe(0);
  });
});
