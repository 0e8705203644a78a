import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as server from '@surety/server';
import { afterAll, describe, expect, it } from 'vitest';
import { employ } from './at-work.ts';
import { Diary } from './diary.ts';
import { buildHistory, timeOf } from './history.ts';
import { play } from './play.ts';
import { SampleClock } from './sample-clock.ts';
import { once } from './set-up.ts';
import type { Waiting } from './talk.ts';
import { type Kind, planVisit, QUALITY, SLIPS, type Slip } from './visit.ts';

const BEGINS = Date.UTC(2026, 0, 5);
const folder = mkdtempSync(join(tmpdir(), 'surety-sample-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Decided {
  readonly id: string;
  readonly lane: string | null;
  readonly agent: string;
  readonly decision: string;
  readonly at: string;
  readonly tool: string;
}

/** A desk in a folder of its own, with the keys of the first: what is drawn from them is the same then. */
async function openDesk(name: string, visits: number) {
  const dataDir = join(folder, name);
  const config = server.readConfig({}, { dataDir, port: 0, logLevel: 'silent', keysDir: join(folder, `${name}-keys`) });
  const diary = Diary.begin(dataDir, { seed: 7, visits, begins: BEGINS });
  const clock = new SampleClock();
  clock.begin(timeOf(diary.pages, 0));
  const running = await server.startServer(
    { ...config, origin: 'sample-desk.example/support' },
    {
      clock: clock.read,
      sample: true,
      onFatal(_code, sentence) {
        throw new Error(sentence);
      },
    },
  );
  const parts = await employ({ address: running.address, localKey: running.localKey, diary, clock });
  const decisions = async (): Promise<Decided[]> => {
    const all: Decided[] = [];
    for (let before: number | undefined; ; ) {
      const { decisions, next } = await parts.people
        .as('floor.lead')
        .decision.list({ limit: 100, ...(before === undefined ? {} : { before }) });
      all.push(...decisions);
      if (next === null) return all;
      before = next;
    }
  };
  return {
    parts,
    decisions,
    async close() {
      await parts.leave();
      await running.close();
    },
  };
}

const write = (desk: Awaited<ReturnType<typeof openDesk>>) => {
  const troubles: unknown[] = [];
  const options = {
    goesOn: () => true,
    onVisit: () => undefined,
    onTrouble: (error: unknown) => void troubles.push(error),
  };
  return buildHistory(desk.parts, options).then(() => troubles);
};

describe('the history of the sample desk', () => {
  it('is the same for the same seed, lies in the past, and says that it is a sample', {
    timeout: 240_000,
  }, async () => {
    const one = await openDesk('one', 26);
    cpSync(join(folder, 'one-keys'), join(folder, 'two-keys'), { recursive: true });
    const two = await openDesk('two', 26);
    expect(await write(one)).toEqual([]);
    expect(await write(two)).toEqual([]);
    const [first, second] = [await one.decisions(), await two.decisions()];
    const plain = (all: readonly Decided[]) => all.map(({ id, decision, tool }) => `${id} ${tool} ${decision}`).sort();
    expect(plain(second)).toEqual(plain(first));
    expect(new Set(first.map(({ agent }) => agent))).toEqual(new Set(['aria', 'bolt']));
    for (const { at } of first) expect(Date.parse(at) - BEGINS).toBeLessThan(36 * 86_400_000);
    const { agents } = await one.parts.people.as('floor.lead').agent.list();
    for (const { purpose } of agents) expect(purpose).toMatch(/^sample/);
    await one.close();
    await two.close();
  });

  it('meets every lane, every decision and every kind of rule', { timeout: 240_000 }, async () => {
    const desk = await openDesk('slips', 1);
    const { parts } = desk;
    // Evidence of what goes wrong here narrows the lanes; each visit is to meet the rules of a limited agent.
    const widen = async () => {
      for (const lane of ['ticket_triage', 'reply_drafting', 'escalation_routing', 'refund_checks'])
        for (const name of ['aria', 'bolt'])
          await once(() => parts.people.as('head.of.support').agent.state({ name }, { lane, state: 'limited' }));
    };
    const floor = {
      now: parts.clock.read,
      pause: async (seconds: number) => parts.clock.moveTo(parts.clock.read() + seconds * 1_000),
      async untilAnswered({ hold, bad }: Waiting) {
        const found = (await parts.people.openHolds()).find(({ action }) => action === hold.action);
        if (found)
          await parts.people.answer(found, bad ? { answer: 'refuse', reason: bad } : { answer: 'approve' }, false);
      },
    };
    let n = 100;
    for (const [kind, slips] of Object.entries(SLIPS) as [Kind, readonly Slip[]][])
      for (const slip of ['none' as const, ...new Set(slips)]) {
        await widen();
        const visit = planVisit(parts.stock, 7, n++, QUALITY, { kind, slip });
        await play(visit, parts.stock, { agent: parts.agents[visit.agent], shop: parts.shop, floor });
      }
    const decisions = await desk.decisions();
    const lanes = new Set(decisions.map(({ lane }) => lane));
    expect([...lanes].sort()).toEqual(
      [null, 'escalation_routing', 'refund_checks', 'reply_drafting', 'ticket_triage'].sort(),
    );
    expect(new Set(decisions.map(({ decision }) => decision))).toEqual(new Set(['allow', 'hold', 'deny']));
    const kinds = new Set<string>();
    const rules = new Set<string>();
    for (const { id } of decisions.filter(({ decision, tool }) => decision !== 'allow' || tool === 'hand_over')) {
      const { reasons } = await parts.people.as('floor.lead').decision.show({ id });
      for (const reason of reasons) {
        kinds.add(reason.kind);
        rules.add(reason.id);
      }
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['never', 'ask_a_human_if', 'limit', 'must', 'schema']));
    expect([...rules]).toEqual(
      expect.arrayContaining([
        'T-1',
        'R-1',
        'R-2',
        'R-3',
        'E-1',
        'E-3',
        'E-4',
        'T-3',
        'P-1',
        'P-2',
        'P-3',
        'P-4',
        'P-5',
      ]),
    );
    await desk.close();
  });
});
