/** The sample desk as a person starts it, kills it and starts it again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { surety } from '@surety/sdk';
import { describe, expect, it } from 'vitest';
import { answerOf, makeFolder, run } from './running.ts';

const SMALL = ['--port', '0', '--visits', '6'];
const QUICK = '20';

interface Pages {
  readonly next: number;
  readonly parked: readonly { readonly action: string }[];
}

async function startDesk(folder: string, speed = QUICK) {
  const running = run(['demo', '--data', folder, ...SMALL, '--speed', speed]);
  const address = await new Promise<string>((resolve, reject) => {
    running.child.stdout?.on('data', () => {
      const found = /listening on (http:\S+)\nsign in once, within a day: http:\S+\/welcome#token=\S+\n/.exec(
        running.out(),
      );
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    void running.ended.then((code) => reject(new Error(`surety demo ended with ${code}: ${running.err()}`)));
  });
  const { key } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { key: string };
  const client = surety({ url: address, key, as: 'looker', deadlineMs: 30_000 });
  return { ...running, address, client };
}

const pagesOf = (folder: string): Pages => JSON.parse(readFileSync(join(folder, 'sample-desk.json'), 'utf8')) as Pages;

/** Asks again until it is so; the test's own time limit ends what never comes. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('surety demo', () => {
  it('goes on after a kill with its data, shows what is asked for, and ends in order', {
    timeout: 240_000,
  }, async () => {
    const folder = makeFolder();
    const first = await startDesk(folder);
    const origin = await (
      await fetch(`${first.address}/v1/ledger/checkpoint`, { headers: { authorization: `Bearer ${keyOf(folder)}` } })
    ).text();
    expect(origin).toMatch(/^sample-desk\.example\/support\n/);
    const { conversation_ids, agent } = await first.client.sample.ask({ scenario: 'refunds' }, {});
    expect([agent, conversation_ids.length]).toEqual(['aria', 3]);
    const held = await until(async () => {
      const { cards } = await first.client.hold.list({ agent: 'aria' });
      return cards.find(({ conversation_id }) => conversation_id === conversation_ids[2]);
    });
    expect(held.holds[0]?.reasons.map(({ id }) => id)).toEqual(['P-10']);
    // The gate holds it a moment before the one who asked writes down that it waits.
    const isParked = () => pagesOf(folder).parked.some(({ action }) => action === held.holds[0]?.action);
    await until(async () => isParked() || undefined);
    const size = await sizeOf(first);
    await first.end('SIGKILL');

    const second = await startDesk(folder);
    expect(await sizeOf(second)).toBeGreaterThanOrEqual(size);
    const { next, parked } = pagesOf(folder);
    const [hold] = held.holds;
    expect(parked.map(({ action }) => action)).toContain(hold?.action);
    const { id = '', args_sha256, action = '' } = hold ?? {};
    await second.client.hold.answer({ id }, { answer: 'approve', ...(args_sha256 ? { args_sha256 } : {}) });
    await until(async () =>
      (await second.client.action.show({ id: action })).reported === 'executed' ? true : undefined,
    );
    await until(async () => (pagesOf(folder).next > next ? true : undefined));
    const { conversations } = await second.client.conversation.list({ limit: 100 });
    const ids = conversations.map(({ conversation_id }) => conversation_id);
    expect(new Set(ids).size).toBe(ids.length);

    const stopped = await second.client.agent.stop({ name: 'bolt' }, { reason: 'A look' });
    const denied = await until(async () => {
      const { decisions } = await second.client.decision.list({ agent: 'bolt', decision: 'deny', limit: 10 });
      return decisions.find(({ seq }) => seq > stopped.receipt.seq);
    });
    expect(denied.says).toMatch(/stopped/);
    expect(await second.end('SIGTERM')).toBe(0);
    expect(second.err()).not.toMatch(/defect|^\s+at /m);
  });

  it('asks for all three refunds, also while the reply after the first waits for a person', {
    timeout: 240_000,
  }, async () => {
    const desk = await startDesk(makeFolder(), '1');
    await desk.client.agent.state({ name: 'aria' }, { lane: 'reply_drafting', state: 'supervised' });
    const { conversation_ids } = await desk.client.sample.ask({ scenario: 'refunds' }, {});
    const cards = await until(async () => {
      const all = (await desk.client.hold.list({ agent: 'aria' })).cards;
      return all.some(({ conversation_id }) => conversation_id === conversation_ids[2]) ? all : undefined;
    });
    const first = cards.find(({ conversation_id }) => conversation_id === conversation_ids[0]);
    expect(first?.holds.map(({ tool }) => tool)).toEqual(['send_reply']);
    await desk.end('SIGTERM');
  });

  it('leaves a ledger alone that is not its own', { timeout: 120_000 }, async () => {
    const folder = makeFolder();
    await answerOf(['agent', 'add', 'bot', '--data', folder]);
    const { code, err } = await answerOf(['demo', '--data', folder, ...SMALL]);
    expect([code, err]).toEqual([
      2,
      `surety: ${folder} holds a ledger that is not the sample desk's; name another folder with --data\n`,
    ]);
  });
});

const keyOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { key: string }).key;

async function sizeOf({ client }: Awaited<ReturnType<typeof startDesk>>): Promise<number> {
  const { decisions } = await client.decision.list({ limit: 1 });
  return decisions[0]?.seq ?? 0;
}
