/** What a store promises, the same in both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  appendIds,
  bytesOf,
  digestOf,
  headAfter,
  listed,
  rowsAfter,
  writeIds,
} from '../../../../tools/test-batches.ts';
import { findEngines } from '../../../../tools/test-engines.ts';
import type { ApiKey, Lease, SideTx, Store } from './port.ts';

const { engines, absent } = await findEngines();

it.skipIf(absent)(`has a PostgreSQL to run on ${absent ?? ''}`, () => expect(engines).toHaveLength(2));

describe.each(engines)('A store on $name', (engine) => {
  beforeAll(() => engine.begin());
  afterAll(() => engine.end());

  /** A ledger of its own for each test, closed after it. */
  const on = (sentence: string, test: (store: Store, again: () => Promise<Store>) => Promise<void>) =>
    it(sentence, async () => {
      const ledger = `ledger "${sentence.slice(0, 20)}" ${ledgers++}`;
      let store = await engine.open(ledger);
      try {
        await test(store, async () => {
          await store.close();
          store = await engine.open(ledger);
          return store;
        });
      } finally {
        await store.close();
      }
    });
  let ledgers = 0;
  const refused = (code: string) => expect.objectContaining({ name: 'StoreError', code });

  on('begins with an empty ledger', async (store) => {
    expect(await store.head()).toEqual({
      size: 0,
      at: 0,
      root: digestOf(''),
      frontier: new Uint8Array(0),
      checkpoint: '',
    });
    expect(await listed(store.entries(0, 10))).toEqual([]);
    expect((await store.facts()).schema).toBe(3);
  });

  on('keeps entries, ascending and without gaps, over a reopening', async (store, again) => {
    const ids = Array.from({ length: 1_203 }, (_, k) => `a/${k}`);
    await appendIds(store, ids.slice(0, 700));
    await appendIds(store, ids.slice(700));
    const reopened = await again();
    const rows = await listed(reopened.entries(0, 5_000));
    expect(rows).toEqual(rowsAfter({ ...(await reopened.head()), size: 0 }, ids));
    expect(rows.every(({ body }) => Object.getPrototypeOf(body) === Uint8Array.prototype)).toBe(true);
    expect((await listed(reopened.entries(650, 501))).map((row) => row.idx)).toEqual(
      Array.from({ length: 501 }, (_, k) => 650 + k),
    );
    expect(await reopened.head()).toMatchObject({ size: 1_203, at: 2, checkpoint: 'checkpoint 1203\n' });
  });

  on('writes all of a batch or nothing', async (store) => {
    await appendIds(store, ['one']);
    const side = { requests: [{ idx: 1, tag: digestOf('two') }], subjects: [subject('s_a')] };
    const failing = store.append(async (tx) => {
      await writeIds(tx, ['two'], side, [{ level: 0, n: 0, hashes: digestOf('t') }]);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect((await store.head()).size).toBe(1);
    expect(await store.find(['one', 'two'])).toHaveLength(1);
    expect(await store.tiles(0, 0, 9)).toEqual([]);
    expect(await store.subjectKeys(['s_a'])).toEqual([]);
    expect(await store.append((tx) => tx.requests([1]))).toEqual(new Map([[1, null]]));
    await appendIds(store, ['two'], side);
    expect((await store.head()).size).toBe(2);
  });

  on('shows nothing of an append before it is committed', async (store) => {
    await store.append(async (tx) => {
      await writeIds(tx, ['one']);
      expect((await tx.entries(0)).map((row) => row.id)).toEqual(['one']);
      expect((await store.head()).size).toBe(0);
      expect(await listed(store.entries(0, 10))).toEqual([]);
    });
    expect((await store.head()).size).toBe(1);
  });

  on('refuses a batch that does not follow the head', async (store) => {
    await appendIds(store, ['one']);
    const write = (change: (rows: ReturnType<typeof rowsAfter>) => typeof rows, size = 0, at = 0) =>
      store.append((tx) => {
        const rows = change(rowsAfter(tx.head, ['two', 'three']));
        const next = headAfter(tx.head, rows);
        return tx.write(rows, [], { ...next, size: next.size + size, at: next.at + at }, {});
      });
    await expect(write((rows) => rows.toReversed())).rejects.toEqual(refused('refused'));
    await expect(write((rows) => rows.slice(1))).rejects.toEqual(refused('refused'));
    await expect(write((rows) => rows, 1)).rejects.toEqual(refused('refused'));
    await expect(write((rows) => rows, 0, -2)).rejects.toEqual(refused('refused'));
    await expect(write((rows) => rows.map((row) => ({ ...row, id: 'same' })))).rejects.toEqual(refused('refused'));
    await expect(write((rows) => rows.map((row, k) => (k ? { ...row, id: 'one' } : row)))).rejects.toEqual(
      refused('forked'),
    );
  });

  on('refuses a second batch in one transaction, and a transaction that is over', async (store) => {
    const twice = store.append(async (tx) => {
      await writeIds(tx, ['one']);
      await writeIds(tx, ['two']);
    });
    await expect(twice).rejects.toEqual(refused('refused'));
    const kept: SideTx[] = [];
    await store.side(async (tx) => {
      kept.push(tx);
    });
    await expect(kept[0]?.putMeta('late', 'x')).rejects.toEqual(refused('refused'));
    expect(await store.meta('late')).toBeUndefined();
  });

  on('refuses integers that are not safe and texts that a database would change', async (store) => {
    const write = (id: string, at: number) =>
      store.append((tx) => {
        const rows = rowsAfter(tx.head, [id]);
        return tx.write(rows, [], { ...headAfter(tx.head, rows), at }, {});
      });
    await expect(write('a', 2 ** 53)).rejects.toEqual(refused('refused'));
    await expect(write('a', 1.5)).rejects.toEqual(refused('refused'));
    await expect(write('a\0b', 1)).rejects.toEqual(refused('refused'));
    await expect(write('a\ud800', 1)).rejects.toEqual(refused('refused'));
    await write(`it's "quoted" \\ {a,b} é 😀 ;--`, 2 ** 53 - 1);
    expect(await store.head()).toMatchObject({ size: 1, at: 2 ** 53 - 1 });
    expect(await store.find([`it's "quoted" \\ {a,b} é 😀 ;--`])).toHaveLength(1);
  });

  on('keeps bytes as they are, none and 65,535 of them', async (store) => {
    const bodies = [new Uint8Array(0), Uint8Array.from({ length: 65_535 }, (_, k) => k % 256), bytesOf('after')];
    await store.append((tx) => {
      const rows = rowsAfter(tx.head, ['a', 'b', 'c']).map((row, k) => ({ ...row, body: bodies[k] ?? row.body }));
      return tx.write(rows, [], headAfter(tx.head, rows), {});
    });
    expect((await listed(store.entries(0, 3))).map((row) => row.body)).toEqual(bodies);
  });

  on('finds entries by id, and request tags by the entry', async (store) => {
    await appendIds(store, ['a', 'b', 'c'], {
      requests: [
        { idx: 0, tag: digestOf('a'), subject: 's_a' },
        { idx: 1, tag: digestOf('b') },
      ],
    });
    expect((await store.find(['c', 'a', 'x', 'a'])).map((row) => row.id).sort()).toEqual(['a', 'c']);
    expect(await store.find([])).toEqual([]);
    const tags = await store.append((tx) => tx.requests([0, 1, 2]));
    expect([tags.get(0), tags.get(1), tags.get(2)]).toEqual([digestOf('a'), digestOf('b'), null]);
  });

  on('answers what was asked ahead as it answers otherwise', async (store) => {
    await appendIds(store, ['a', "b'; DROP TABLE entry; --", 'c']);
    const ids = ['c', "b'; DROP TABLE entry; --", 'x'];
    await store.append(
      async (tx) => {
        expect((await tx.entries(1)).map((row) => row.idx)).toEqual([1, 2]);
        expect((await tx.entries(0)).length).toBe(3);
        expect((await tx.find(ids)).map((row) => row.idx).sort()).toEqual([1, 2]);
        expect((await tx.find(['a'])).map((row) => row.idx)).toEqual([0]);
        await writeIds(tx, ['x']);
        expect([(await tx.entries(1)).length, (await tx.find(ids)).length]).toEqual([3, 3]);
      },
      { from: 1, ids },
    );
    expect(await store.append((tx) => tx.find([]), { from: 9, ids: [] })).toEqual([]);
  });

  on('lets tiles grow', async (store) => {
    const tile = (level: number, n: number, text: string) => ({ level, n, hashes: bytesOf(text) });
    await appendIds(store, ['a'], {}, [tile(0, 0, 'full'), tile(1, 0, 'x')]);
    await appendIds(store, ['b'], {}, [tile(0, 1, 'full'), tile(1, 0, 'xy')]);
    expect(await store.tiles(0, 0, 2)).toEqual([tile(0, 0, 'full'), tile(0, 1, 'full')]);
    expect(await store.tiles(0, 1, 2)).toHaveLength(1);
    expect(await store.tiles(1, 0, 9)).toEqual([tile(1, 0, 'xy')]);
  });

  on('erases a subject and leaves every entry as it is', async (store) => {
    const sealed = (idx: number, name: string, of: string) => ({
      idx,
      commitment: digestOf(name),
      subject: of,
      sealed: bytesOf(`sealed ${name}`),
    });
    await appendIds(store, ['a', 'b'], {
      requests: [
        { idx: 0, tag: digestOf('a'), subject: 's_a' },
        { idx: 1, tag: digestOf('b'), subject: 's_b' },
      ],
      subjects: [subject('s_a'), subject('s_b')],
      aliases: [
        { tag: digestOf('mia@example.com'), subject: 's_a' },
        { tag: digestOf('ben@example.com'), subject: 's_b' },
      ],
      disclosures: [sealed(0, '1', 's_a'), sealed(1, '3', 's_b'), sealed(0, '2', 's_a'), sealed(0, '4', 's_b')],
    });
    const before = await listed(store.entries(0, 9));
    expect(await store.disclosures([0])).toEqual([sealed(0, '1', 's_a'), sealed(0, '2', 's_a'), sealed(0, '4', 's_b')]);
    const count = await store.append(async (tx) => {
      await writeIds(tx, ['erased/s_a']);
      return tx.erase('s_a');
    });
    expect(count).toBe(2);
    expect((await listed(store.entries(0, 9))).slice(0, 2)).toEqual(before);
    expect(await store.disclosures([0, 0, 7])).toEqual([sealed(0, '4', 's_b')]);
    expect([await store.disclosures([1]), await store.disclosures([])]).toEqual([[sealed(1, '3', 's_b')], []]);
    expect(await store.subjectKeys(['s_a', 's_b'])).toEqual([subject('s_b')]);
    expect(await store.aliases([digestOf('mia@example.com'), digestOf('ben@example.com')])).toHaveLength(1);
    const tags = await store.append((tx) => tx.requests([0, 1]));
    expect([tags.get(0), tags.get(1)]).toEqual([null, digestOf('b')]);
  });

  on('settles who an alias belongs to, and wraps living keys anew', async (store) => {
    const tag = digestOf('mia@example.com');
    const claimed = await Promise.all(
      ['s_b', 's_a'].map((of) => store.side((tx) => tx.claimAlias({ tag, subject: of }))),
    );
    expect(new Set(claimed).size).toBe(1);
    await store.side(async (tx) => {
      expect(await tx.addSubject(subject('s_b'))).toBe(true);
      expect(await tx.addSubject({ ...subject('s_b'), kek: 'kek-9' })).toBe(false);
      expect(await tx.addSubject(subject('s_a'))).toBe(true);
    });
    const anew = { subject: 's_b', kek: 'kek-2', wrapped: bytesOf('anew') };
    await store.side(async (tx) => {
      expect(await tx.subjectKeysAfter('', 9)).toEqual([subject('s_a'), subject('s_b')]);
      expect(await tx.rewrapSubject(anew, 'kek-1')).toBe(true);
      expect(await tx.rewrapSubject(anew, 'kek-1')).toBe(false);
      expect(await tx.rewrapSubject({ ...anew, subject: 's_erased' }, 'kek-1')).toBe(false);
    });
    expect(await store.subjectKeys(['s_a', 's_b', 's_c'])).toEqual(expect.arrayContaining([subject('s_a'), anew]));
  });

  on('undoes a side transaction that throws', async (store) => {
    const failing = store.side(async (tx) => {
      await tx.putMeta('zone', 'Europe/Berlin');
      await tx.putDisclosures([{ idx: 0, commitment: digestOf('1'), subject: 's_a', sealed: bytesOf('x') }]);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await store.meta('zone')).toBeUndefined();
    expect(await store.disclosures([0])).toEqual([]);
    await store.side((tx) => tx.putMeta('zone', 'Europe/Berlin'));
    await store.side((tx) => tx.putMeta('zone', 'Europe/Rome'));
    expect(await store.meta('zone')).toBe('Europe/Rome');
    await expect(store.side((tx) => tx.putMeta('schema', '2'))).rejects.toEqual(refused('refused'));
  });

  on('keeps content by its hash, the first that came', async (store) => {
    await store.side((tx) => tx.putBlob('aa', bytesOf('first')));
    await store.side((tx) => tx.putBlob('aa', bytesOf('second')));
    await store.side((tx) => tx.putBlob('bb', new Uint8Array(0)));
    expect([await store.blob('aa'), await store.blob('bb')]).toEqual([bytesOf('first'), new Uint8Array(0)]);
    expect(await store.blob('cc')).toBeUndefined();
  });

  on('keeps API keys by their hash, and their revocation', async (store) => {
    const key: ApiKey = {
      id: 'k_1',
      hash: digestOf('secret'),
      role: 'reviewer',
      name: 'Mia',
      scopes: ['hold.answer'],
      created: 5,
    };
    await store.side((tx) => tx.putKey(key));
    expect(await store.keys()).toEqual([key]);
    await store.side((tx) => tx.putKey({ ...key, expires: 9, revoked: 7, scopes: [] }));
    expect(await store.keys()).toEqual([{ ...key, expires: 9, revoked: 7, scopes: [] }]);
  });

  on('lets one owner at a time move a consumer', async (store) => {
    const taken = await store.lease('clock', 'node-1', 1_000, 31_000);
    expect(taken).toMatchObject({ name: 'clock', owner: 'node-1', next: 0, token: 1, attempts: 0 });
    expect(await store.lease('clock', 'node-2', 31_000, 61_000)).toBeUndefined();
    const first = taken as Lease;
    expect(await store.advance(first, 3)).toBe(true);
    expect(await store.advance(first, 4)).toBe(false);
    const second = (await store.lease('clock', 'node-2', 31_001, 61_001)) as Lease;
    expect(second).toMatchObject({ next: 3, token: 2 });
    expect(await store.advance({ ...first, next: 3 }, 5)).toBe(false);
    expect(await store.postpone({ ...first, next: 3 }, 1, 9)).toBe(false);
    expect(await store.postpone(second, 2, 40_000)).toBe(true);
    expect(await store.consumers()).toEqual([
      { name: 'clock', next: 3, owner: 'node-2', until: 61_001, attempts: 2, retryAt: 40_000 },
    ]);
    expect(await store.advance(second, 4)).toBe(true);
    expect((await store.lease('clock', 'node-2', 1, 2))?.attempts).toBe(0);
    await expect(store.advance(second, 2)).rejects.toEqual(refused('refused'));
  });

  on('moves a cursor together with its side or not at all', async (store) => {
    const lease = (await store.lease('views', 'n', 0, 1)) as Lease;
    const failing = store.advance(lease, 1, async (tx) => {
      await tx.putMeta('view', '1');
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await store.meta('view')).toBeUndefined();
    expect(await store.advance(lease, 1, (tx) => tx.putMeta('view', '1'))).toBe(true);
    expect(await store.advance(lease, 2, (tx) => tx.putMeta('view', '2'))).toBe(false);
    expect(await store.meta('view')).toBe('1');
  });

  on('keeps checkpoints for ever', async (store) => {
    for (const [size, note] of [
      [3, 'three'],
      [9, 'nine'],
      [3, 'three, cosigned'],
    ] as const)
      await store.keepCheckpoint({ size, note });
    expect(await store.keptCheckpoints(0)).toEqual([
      { size: 3, note: 'three, cosigned' },
      { size: 9, note: 'nine' },
    ]);
    expect(await store.keptCheckpoints(4)).toHaveLength(1);
  });

  on('keeps two snapshots of a fold, in parts', async (store) => {
    const put = (size: number, version = '1') =>
      store.putSnapshot({ fold: 'world', version, size, root: digestOf(`${size}`), parts: parts(size) });
    for (const size of [10, 20, 30]) await put(size);
    await put(15, '2');
    const newest = await store.snapshot('world', '1');
    expect(newest).toMatchObject({ size: 30, root: digestOf('30'), digest: digestOf('30 one30 two30 three') });
    expect(await listed(newest?.parts ?? parts(0))).toEqual(await listed(parts(30)));
    expect((await store.snapshot('world', '2'))?.size).toBe(15);
    expect(await store.snapshot('books', '1')).toBeUndefined();
    await put(30);
    expect((await store.snapshot('world', '1'))?.size).toBe(30);
  });

  on('offers no snapshot that was not finished', async (store) => {
    await store.putSnapshot({ fold: 'world', version: '1', size: 10, root: digestOf('10'), parts: parts(10) });
    const broken = store.putSnapshot({
      fold: 'world',
      version: '1',
      size: 20,
      root: digestOf('20'),
      parts: (async function* () {
        yield bytesOf('first');
        throw new Error('the fold stopped');
      })(),
    });
    await expect(broken).rejects.toThrow('the fold stopped');
    expect((await store.snapshot('world', '1'))?.size).toBe(10);
    await expect(
      store.putSnapshot({ fold: 'world', version: '1', size: 30, root: digestOf('30'), parts: [] }),
    ).rejects.toEqual(refused('refused'));
  });

  on('puts appends that come at once in one order', async (store) => {
    await Promise.all(
      Array.from({ length: 40 }, (_, k) =>
        store.append(async (tx) => {
          expect((await tx.entries(0)).length).toBe(tx.head.size);
          await writeIds(tx, [`a/${k}`]);
        }),
      ),
    );
    expect((await store.head()).size).toBe(40);
  });

  it('holds a ledger to its origin', async () => {
    await (await engine.open('origin', 'ledger.example.com/support')).close();
    const again = await engine.open('origin', 'ledger.example.com/support');
    expect(await again.meta('origin')).toBe('ledger.example.com/support');
    await again.close();
    await expect(engine.open('origin', 'other.example.com')).rejects.toEqual(refused('other_origin'));
    await (await engine.open('origin')).close();
  });

  it('is closed once and for all', async () => {
    const store = await engine.open('closing');
    await store.close();
    await store.close();
    await expect(store.head()).rejects.toEqual(refused('closed'));
    await expect(appendIds(store, ['late'])).rejects.toEqual(refused('closed'));
  });
});

const subject = (name: string) => ({ subject: name, kek: 'kek-1', wrapped: bytesOf(`key of ${name}`) });

async function* parts(size: number): AsyncGenerator<Uint8Array> {
  for (const word of ['one', 'two', 'three']) yield bytesOf(`${size} ${word}`);
}
