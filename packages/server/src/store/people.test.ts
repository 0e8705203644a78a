/** What a store promises of people, their sessions and links, the same in both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../../tools/test-batches.ts';
import { findEngines } from '../../../../tools/test-engines.ts';

const { engines } = await findEngines();

describe.each(engines)('A store on $name', (engine) => {
  beforeAll(() => engine.begin());
  afterAll(() => engine.end());

  it('keeps people, their sessions and links', async () => {
    const store = await engine.open('people');
    const kim = { name: 'kim', roles: ['steward', 'reviewer'], created: 5 };
    const session = { hash: digestOf('s'), person: 'kim', created: 6, seen: 6, until: 90, mustSetUp: true };
    const link = { hash: digestOf('l'), person: 'kim', until: 50 };
    await store.side(async (tx) => {
      await tx.putPerson(kim);
      await tx.putPerson({ name: 'ann', roles: ['viewer'], created: 9 });
      await tx.addSession(session);
      await tx.addLink(link);
    });
    await store.close();
    const reopened = await engine.open('people');
    expect((await reopened.people()).map(({ name }) => name)).toEqual(['kim', 'ann']);
    expect(await reopened.session(digestOf('s'))).toEqual(session);
    expect(await reopened.session(digestOf('t'))).toBeUndefined();
    await reopened.side(async (tx) => {
      await tx.putPerson({ ...kim, roles: ['viewer'], password: 'scrypt$…', closed: 8 });
      await tx.seePerson('kim', 7);
      await tx.seeSession(digestOf('s'), 30);
    });
    expect(await reopened.person('kim')).toEqual({
      ...kim,
      roles: ['viewer'],
      password: 'scrypt$…',
      closed: 8,
      seen: 7,
    });
    expect((await reopened.session(digestOf('s')))?.seen).toBe(30);
    expect(await reopened.person('nobody')).toBeUndefined();
    await reopened.close();
  });

  it('gives a link once, and forgets what is over', async () => {
    const store = await engine.open('links');
    const session = { person: 'kim', created: 1, seen: 1, mustSetUp: false };
    await store.side(async (tx) => {
      for (const [name, until] of [
        ['a', 10],
        ['b', 20],
        ['c', 30],
      ] as const) {
        await tx.addSession({ ...session, hash: digestOf(name), until });
        await tx.addLink({ hash: digestOf(name), person: name, until });
      }
    });
    const taken = await Promise.all([1, 2].map(() => store.side((tx) => tx.takeLink(digestOf('b')))));
    expect(taken.filter((link) => link !== undefined)).toEqual([{ hash: digestOf('b'), person: 'b', until: 20 }]);
    await store.side((tx) => tx.dropOver(10));
    expect(await store.session(digestOf('a'))).toBeUndefined();
    expect(await store.side((tx) => tx.takeLink(digestOf('a')))).toBeUndefined();
    expect(await store.side((tx) => tx.dropLinksOf('c'))).toBe(1);
    expect(await store.side((tx) => tx.endSession(digestOf('b')))).toBe(true);
    expect(await store.side((tx) => tx.endSession(digestOf('b')))).toBe(false);
    expect(await store.side((tx) => tx.endSessionsOf('kim'))).toBe(1);
    await store.close();
  });
});
