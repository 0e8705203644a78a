/** What the tables of the console's views promise, the same in both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendIds } from '../../../../tools/test-batches.ts';
import { findEngines } from '../../../../tools/test-engines.ts';
import type { ConversationChange, Lease, Store, ViewChanges } from './port.ts';

const { engines, absent } = await findEngines();

it.skipIf(absent)(`has a PostgreSQL to run on ${absent ?? ''}`, () => expect(engines).toHaveLength(2));

const changes = (given: Partial<ViewChanges>): ViewChanges => ({
  conversations: [],
  items: [],
  decisions: [],
  tallies: [],
  stops: [],
  versions: [],
  ...given,
});
const talk = (conversation: string, seq: number, given: Partial<ConversationChange> = {}): ConversationChange => ({
  conversation,
  agent: 'bot',
  openedAt: seq * 10,
  at: seq * 10,
  seq,
  allow: 0,
  hold: 0,
  deny: 0,
  openHolds: 0,
  handedOver: false,
  imported: false,
  named: undefined,
  ...given,
});

describe.each(engines)('The views on $name', (engine) => {
  beforeAll(() => engine.begin());
  afterAll(() => engine.end());
  let ledgers = 0;
  const on = (sentence: string, test: (store: Store) => Promise<void>) =>
    it(sentence, async () => {
      const store = await engine.open(`views ${ledgers++}`);
      try {
        await test(store);
      } finally {
        await store.close();
      }
    });
  const change = async (store: Store, given: Partial<ViewChanges>): Promise<void> => {
    const lease = (await store.lease('views', 'me', 1, 2)) as Lease;
    expect(await store.advance(lease, lease.next + 1, (tx) => tx.changeViews(changes(given)))).toBe(true);
  };
  const names = async (store: Store, agent: string | undefined, before: number | undefined, limit: number) =>
    (await store.views.conversationsPage(agent, { before, limit })).map(({ conversation }) => conversation);

  on('change with the cursor or not at all', async (store) => {
    const old = (await store.lease('views', 'me', 1, 2)) as Lease;
    await store.lease('views', 'other', 5, 9);
    const change = store.advance(old, 1, (tx) => tx.changeViews(changes({ items: [{ conversation: 'a', seq: 0 }] })));
    expect(await change).toBe(false);
    expect(await store.views.itemsOf('a', { before: undefined, limit: 9 })).toEqual([]);
  });

  on('add up what happened in a conversation, and keep the better names', async (store) => {
    await change(store, { conversations: [talk('a', 1, { allow: 2, openHolds: 1, named: { seq: 1, rank: 1 } })] });
    await change(store, {
      conversations: [
        talk('a', 7, { hold: 1, deny: 1, openHolds: -1, named: { seq: 7, rank: 0 } }),
        talk('a', 5, { agent: 'other', imported: true }),
      ],
    });
    await change(store, { conversations: [talk('a', -1, { at: 90, handedOver: true })] });
    const [first, second] = await store.views.conversationsNamed(['a', 'b']);
    expect(first).toEqual({
      conversation: 'a',
      agent: 'bot',
      openedAt: 10,
      lastAt: 70,
      lastSeq: 7,
      allow: 2,
      hold: 1,
      deny: 1,
      openHolds: 0,
      handedOver: true,
      imported: false,
      named: 1,
    });
    expect(second).toMatchObject({ agent: 'other', imported: true, handedOver: false });
    expect(second?.named).toBeUndefined();
  });

  on('give pages in the order of what happened last, at n and n + 1 rows', async (store) => {
    await change(store, { conversations: [1, 2, 3, 4].map((seq) => talk(`c${seq}`, seq)) });
    await change(store, { conversations: [talk('c1', 9), talk('d', 8, { agent: 'other' })] });
    expect(await names(store, undefined, undefined, 5)).toEqual(['c1', 'd', 'c4', 'c3', 'c2']);
    expect(await names(store, undefined, undefined, 4)).toEqual(['c1', 'd', 'c4', 'c3']);
    expect(await names(store, undefined, 3, 4)).toEqual(['c2']);
    expect(await names(store, 'bot', undefined, 2)).toEqual(['c1', 'c4']);
    expect(await names(store, 'bot', 4, 9)).toEqual(['c3', 'c2']);
    expect(await names(store, 'nobody', undefined, 9)).toEqual([]);
  });

  on('find decisions by agent, lane and decision alike', async (store) => {
    const rows = Array.from({ length: 130 }, (_, seq) => ({
      seq,
      conversation: `c${seq % 7}`,
      agent: `bot${seq % 2}`,
      lane: [null, 'refunds', 'replies'][seq % 3] ?? null,
      decision: ['allow', 'hold', 'deny', 'allow'][seq % 4] ?? '',
    }));
    await change(store, { decisions: rows });
    for (const agent of [undefined, 'bot0', 'bot1', 'none'])
      for (const lane of [undefined, 'refunds'])
        for (const decisions of [['allow', 'hold', 'deny'], ['deny'], []]) {
          const wanted = rows.filter(
            (row) =>
              row.seq < 100 &&
              (agent === undefined || row.agent === agent) &&
              (lane === undefined || row.lane === lane) &&
              decisions.includes(row.decision),
          );
          const found = await store.views.decisionsPage({ agent, lane, decisions }, { before: 100, limit: 9 });
          expect(found).toEqual(wanted.toReversed().slice(0, 9));
        }
  });

  on('count by the quarter of an hour, and know stops and versions', async (store) => {
    await change(store, {
      tallies: [
        { quarter: 4, what: 'allow', count: 2 },
        { quarter: 5, what: 'deny', count: 1 },
      ],
      stops: [
        { agent: 'a', lane: '', seq: 1 },
        { agent: 'a', lane: 'x', seq: 2 },
        { agent: 'b', lane: 'x', seq: 3 },
        { agent: 'b', lane: 'y', seq: 4 },
        { agent: 'b', lane: 'x', seq: undefined },
      ],
      versions: [
        { agent: 'a', seq: 10, version: 2 },
        { agent: 'a', seq: 20, version: 3 },
      ],
    });
    await change(store, {
      tallies: [{ quarter: 5, what: 'allow', count: 3 }],
      stops: [{ agent: 'a', lane: '', seq: undefined }],
    });
    expect(await store.views.tallies(4)).toEqual(
      new Map([
        ['allow', 5],
        ['deny', 1],
      ]),
    );
    expect(await store.views.tallies(5)).toEqual(
      new Map([
        ['allow', 3],
        ['deny', 1],
      ]),
    );
    expect(await store.views.stops()).toEqual([{ agent: 'b', lane: 'y', seq: 4 }]);
    expect(await Promise.all([10, 11, 20, 21].map((seq) => store.views.versionBefore('a', seq)))).toEqual([1, 2, 2, 3]);
  });

  on('are empty once they are emptied, and begin anew', async (store) => {
    await change(store, { items: [1, 2, 3].map((seq) => ({ conversation: 'a', seq })) });
    expect(await store.views.itemsOf('a', { before: 3, limit: 9 })).toEqual([2, 1]);
    await store.side((tx) => tx.emptyViews('views'));
    expect(await store.views.itemsOf('a', { before: undefined, limit: 9 })).toEqual([]);
    expect((await store.lease('views', 'me', 1, 2))?.next).toBe(0);
  });

  on('read entries by their indexes', async (store) => {
    await appendIds(store, ['one', 'two', 'three']);
    expect((await store.entriesAt([2, 0, 7, 2])).map(({ id }) => id)).toEqual(['one', 'three']);
    expect(await store.entriesAt([])).toEqual([]);
  });
});
