/** A guarded tool against the real gate, over real HTTP. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { holdOf, openShop, type Shop } from '../test/shop.ts';
import type { Surety } from './client.ts';
import { guard } from './guard.ts';

let shop: Shop;
let client: Surety;
let person: Surety;
beforeAll(async () => {
  shop = await openShop();
  client = shop.agent();
  person = shop.person('maria.lopez');
  await client.ready();
});
afterAll(() => shop?.close());

interface Refund {
  readonly order_id: string;
  readonly amount: number;
}

/** A conversation in which the order is known, and a tool that counts what it really did. */
async function desk(total = 99) {
  const conversation_id = shop.conversation();
  const paid: Refund[] = [];
  const lookUp = guard(client, 'get_order', ({ order_id }: { order_id: string }) => ({ order_id, total }));
  await lookUp({ order_id: 'W1' }, { conversation_id, call_id: 'look' });
  const refund = guard(client, 'refund', (args: Refund) => {
    paid.push(args);
    return { refunded: args.amount };
  });
  return { conversation_id, paid, refund };
}
const held = (outcome: unknown) => outcome as { held: { action: string; why: string } };

describe('what the gate allows', () => {
  it('runs, and what became of it is on the record when the call returns', async () => {
    const { conversation_id, paid, refund } = await desk();
    const outcome = await refund({ order_id: 'W1', amount: 20 }, { conversation_id, call_id: 'c1' });
    expect(outcome).toEqual({ ok: { refunded: 20 }, action: expect.stringMatching(/^act_/) });
    expect(paid).toEqual([{ order_id: 'W1', amount: 20 }]);
    const id = 'ok' in outcome ? (outcome.action ?? '') : '';
    expect(await person.action.show({ id })).toMatchObject({ reported: 'executed', may_run: false });
  });

  it('runs with a copy of what was judged', async () => {
    const { conversation_id, paid, refund } = await desk();
    const args = { order_id: 'W1', amount: 20 };
    const running = refund(args, { conversation_id, call_id: 'c1' });
    args.amount = 9_000;
    await running;
    expect(paid).toEqual([{ order_id: 'W1', amount: 20 }]);
  });

  it('is reported as failed where the tool throws, and the error is the caller’s', async () => {
    const { conversation_id } = await desk();
    let tries = 0;
    const broken = guard(client, 'refund', (): never => {
      tries++;
      throw new Error('The bank is closed');
    });
    const call = { conversation_id, call_id: 'c1' };
    await expect(broken({ order_id: 'W1', amount: 20 }, call)).rejects.toThrow('The bank is closed');
    await expect(broken({ order_id: 'W1', amount: 20 }, call)).rejects.toThrow('The bank is closed');
    expect(tries).toBe(1);
    const again = await person.action.propose({
      agent: 'bot',
      ...call,
      tool: 'refund',
      args: { order_id: 'W1', amount: 20 },
    });
    expect(await person.action.show({ id: again.id })).toMatchObject({ reported: 'failed' });
  });

  it('runs once for one call, however often and at once it is asked for', async () => {
    const { conversation_id, paid, refund } = await desk();
    const ask = () => refund({ order_id: 'W1', amount: 20 }, { conversation_id, call_id: 'c1' });
    const outcomes = await Promise.all(Array.from({ length: 20 }, ask));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(await ask()).toEqual(outcomes[0]);
    expect(paid).toHaveLength(1);
  });

  it('lets twenty calls at once run once each', async () => {
    const { conversation_id, paid, refund } = await desk();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        refund({ order_id: 'W1', amount: i + 1 }, { conversation_id, call_id: `c${i}` }),
      ),
    );
    expect(outcomes.every((outcome) => 'ok' in outcome)).toBe(true);
    expect(paid.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });
});

describe('what the gate denies', () => {
  it('does not run, and says how to go on', async () => {
    const { conversation_id, paid, refund } = await desk(10);
    const outcome = await refund({ order_id: 'W1', amount: 20 }, { conversation_id, call_id: 'c1' });
    expect(outcome).toMatchObject({
      denied: { why: 'gate', reasons: [{ id: 'R-1' }] },
      tell_the_agent: expect.stringContaining('Never refund more'),
    });
    expect(paid).toEqual([]);
  });

  it('is a tool that no pact knows', async () => {
    const wipe = guard(client, 'wipe_disk', () => 'gone');
    expect(await wipe({}, { conversation_id: shop.conversation(), call_id: 'c1' })).toMatchObject({
      denied: { why: 'gate', reasons: [{ id: 'default' }] },
    });
  });

  it('is an id that belongs to other arguments, here and in another process', async () => {
    const { conversation_id, paid, refund } = await desk();
    const call = { conversation_id, call_id: 'c1' };
    await refund({ order_id: 'W1', amount: 20 }, call);
    expect(await refund({ order_id: 'W1', amount: 21 }, call)).toMatchObject({ denied: { why: 'conflict' } });
    const elsewhere = guard(shop.agent(), 'refund', (args: Refund) => paid.push(args));
    expect(await elsewhere({ order_id: 'W1', amount: 22 }, call)).toMatchObject({
      denied: { why: 'conflict', code: 'request.conflict' },
    });
    expect(paid).toHaveLength(1);
  });

  it.each([
    [
      'a circle',
      () => {
        const args: Record<string, unknown> = {};
        args['self'] = args;
        return args;
      },
    ],
    ['a big integer', () => ({ amount: 1n })],
  ])('are arguments that are no JSON: %s', async (_, make) => {
    const { conversation_id, paid } = await desk();
    const refund = guard(client, 'refund', (args: unknown) => paid.push(args as Refund));
    expect(await refund(make(), { conversation_id, call_id: 'c1' })).toMatchObject({ denied: { why: 'args' } });
    expect(paid).toEqual([]);
  });
});

describe('arguments that the pact writes otherwise than they were sent', () => {
  const sent = { text: 'hello', colour: 'red' };
  const ask = async (name: string) => {
    const ran: unknown[] = [];
    const outcome = await guard(client, name, (args: unknown) => ran.push(args))(sent, {
      conversation_id: shop.conversation(),
      call_id: 'c1',
    });
    return { outcome, ran };
  };

  it('never run as they were sent: what was judged runs, or nothing does', async () => {
    const { outcome, ran } = await ask('label');
    if ('ok' in outcome) expect(ran).toEqual([{ text: 'hello' }]);
    else expect({ outcome, ran }).toMatchObject({ outcome: { denied: { why: 'args' } }, ran: [] });
  });

  it('run as they were sent in shadow, where nothing is changed', async () => {
    expect(await ask('tag')).toMatchObject({ outcome: { ok: 1 }, ran: [sent] });
  });
});

describe('what the gate holds', () => {
  it('returns at once, and runs when it is asked for again after a person approved it', async () => {
    const { conversation_id, paid, refund } = await desk();
    const ask = () => refund({ order_id: 'W1', amount: 60 }, { conversation_id, call_id: 'c1' });
    expect(await ask()).toMatchObject({ held: { why: 'hold', hold: { owner: 'billing' }, reasons: [{ id: 'R-2' }] } });
    expect(held(await ask()).held.why).toBe('hold');
    const { id, args_sha256 } = await holdOf(person, conversation_id);
    await person.hold.answer({ id }, { answer: 'approve', args_sha256 });
    expect(await ask()).toMatchObject({ ok: { refunded: 60 } });
    expect(await ask()).toMatchObject({ ok: { refunded: 60 } });
    expect(paid).toEqual([{ order_id: 'W1', amount: 60 }]);
  });

  async function answered(answer: Parameters<Surety['hold']['answer']>[1]) {
    const { conversation_id, paid, refund } = await desk();
    const waiting = refund({ order_id: 'W1', amount: 60 }, { conversation_id, call_id: 'c1', wait: 50_000 });
    const { id, args_sha256 } = await vi.waitFor(() => holdOf(person, conversation_id), 20_000);
    await person.hold.answer({ id }, { args_sha256, ...answer });
    return { outcome: await waiting, paid, conversation_id };
  }

  it('waits for a person, and runs what was approved', async () => {
    const { outcome, paid } = await answered({ answer: 'approve' });
    expect(outcome).toMatchObject({ ok: { refunded: 60 } });
    expect(paid).toEqual([{ order_id: 'W1', amount: 60 }]);
  });

  it('runs the arguments a person put in their place', async () => {
    const { outcome, paid } = await answered({ answer: 'edit', args: { order_id: 'W1', amount: 55 } });
    expect(outcome).toMatchObject({ ok: { refunded: 55 } });
    expect(paid).toEqual([{ order_id: 'W1', amount: 55 }]);
  });

  it('does not run what was refused', async () => {
    const { outcome, paid } = await answered({ answer: 'refuse', reason: 'fraud' });
    expect(outcome).toMatchObject({ denied: { why: 'refused' }, tell_the_agent: expect.stringContaining('refused') });
    expect(paid).toEqual([]);
  });

  it('uses an approval once, whichever process asks', async () => {
    const { paid, conversation_id } = await answered({ answer: 'approve' });
    const elsewhere = guard(shop.agent(), 'refund', (args: Refund) => paid.push(args));
    expect(await elsewhere({ order_id: 'W1', amount: 60 }, { conversation_id, call_id: 'c1' })).toMatchObject({
      denied: { why: 'used' },
    });
    expect(paid).toHaveLength(1);
  });

  it('waits no longer than it is told', async () => {
    const { conversation_id, refund } = await desk();
    expect(await refund({ order_id: 'W1', amount: 60 }, { conversation_id, call_id: 'c1', wait: 100 })).toMatchObject({
      held: { why: 'hold' },
    });
  });

  it('goes on waiting while the line is cut, and hears the answer', async () => {
    const { conversation_id, paid, refund } = await desk();
    const waiting = refund({ order_id: 'W1', amount: 60 }, { conversation_id, call_id: 'c1', wait: 50_000 });
    const { id, args_sha256 } = await vi.waitFor(() => holdOf(person, conversation_id), 20_000);
    await shop.line.set('cut');
    await person.hold.answer({ id }, { answer: 'approve', args_sha256 });
    await shop.line.set('through');
    expect(await waiting).toMatchObject({ ok: { refunded: 60 } });
    expect(paid).toHaveLength(1);
  });
});

describe('what is in shadow', () => {
  it('goes on whatever is decided, and the record says what would have been', async () => {
    const written: string[] = [];
    const note = guard(client, 'add_note', ({ text }: { text: string }) => written.push(text));
    const outcome = await note({ text: 'secret' }, { conversation_id: shop.conversation(), call_id: 'c1' });
    expect(outcome).toMatchObject({ ok: 1 });
    const id = 'ok' in outcome ? (outcome.action ?? '') : '';
    expect(await person.action.show({ id })).toMatchObject({ decision: 'deny', enforced: false, reported: 'executed' });
    expect(written).toEqual(['secret']);
  });
});

describe('a hand-over', () => {
  it('runs, and a wrong queue becomes the lane’s owner', async () => {
    const to: unknown[] = [];
    const handOver = guard(client, 'hand_over', (_args: { queue: string }, { hand_over }) => to.push(hand_over));
    await handOver({ queue: 'general' }, { conversation_id: shop.conversation(), call_id: 'c1' });
    await handOver({ queue: 'nowhere' }, { conversation_id: shop.conversation(), call_id: 'c1' });
    expect(to).toEqual([
      { queue: 'general', owner: 'billing' },
      { queue: null, owner: 'billing' },
    ]);
  });

  it('of the agent’s own name runs though the pact denies it, and is named to the engineer', async () => {
    const warned: string[] = [];
    const own = shop.agent({ handOver: 'transfer_to_human', warn: (sentence) => warned.push(sentence) });
    const transfer = guard(own, 'transfer_to_human', () => 'transferred');
    expect(await transfer({}, { conversation_id: shop.conversation(), call_id: 'c1' })).toMatchObject({
      ok: 'transferred',
    });
    expect(warned).toEqual([expect.stringContaining('is: hand_over')]);
  });

  const circular: Record<string, unknown> = {};
  circular['itself'] = circular;
  it.each([
    ['no JSON', circular],
    ['too long to be sent', { summary: 'x'.repeat(1_100_000) }],
    ['nested too deeply', JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`) as unknown],
  ])('is on the record though its words are %s, and the tool gets all of them', async (_, words) => {
    const got: unknown[] = [];
    const handOver = guard(client, 'hand_over', (args: unknown) => got.push(args));
    const outcome = await handOver(words, { conversation_id: shop.conversation(), call_id: 'c1' });
    const id = 'ok' in outcome ? (outcome.action ?? '') : '';
    expect(await person.action.show({ id })).toMatchObject({ decision: 'allow', reported: 'executed' });
    expect(got).toEqual([words]);
  });

  it('runs under an id that is taken', async () => {
    const { conversation_id, refund } = await desk();
    await refund({ order_id: 'W1', amount: 20 }, { conversation_id, call_id: 'c1' });
    const handOver = guard(client, 'hand_over', () => 'a person');
    expect(await handOver({ queue: 'general' }, { conversation_id, call_id: 'c1' })).toMatchObject({ ok: 'a person' });
  });

  it('that failed may be tried again', async () => {
    let tries = 0;
    const handOver = guard(client, 'hand_over', () => {
      if (++tries === 1) throw new Error('The queue is full');
      return 'a person';
    });
    const call = { conversation_id: shop.conversation(), call_id: 'c1' };
    await expect(handOver({}, call)).rejects.toThrow('The queue is full');
    expect(await handOver({}, call)).toMatchObject({ ok: 'a person' });
    expect(await handOver({}, call)).toMatchObject({ ok: 'a person' });
    expect(tries).toBe(2);
  });
});
