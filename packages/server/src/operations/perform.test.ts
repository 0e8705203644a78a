/** The write path on a real SQLite store: what a batch does to its neighbours, and what is left when a statement fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Draft } from '@surety/core/evidence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Keys, openKeys } from '../log/keys.ts';
import { type AppendTx, type Store, StoreError, type StoreErrorCode } from '../store/port.ts';
import { openSqlite } from '../store/sqlite/open.ts';
import { UnavailableError } from './errors.ts';
import { type Operation, SYSTEM } from './operation.ts';
import { Writer } from './perform.ts';
import { Names } from './personal/names.ts';
import { Subjects } from './personal/subjects.ts';
import { openLedger } from './world/open-ledger.ts';
import { openWorld, worldText } from './world/open-world.ts';
import { toPlaced } from './writing/placed.ts';

const STATEMENTS = ['append', 'find', 'requests', 'entries', 'write'] as const;
type Statement = (typeof STATEMENTS)[number];

/** The next calls of a statement fail: before the real one, or after it (for `append`: after its commit). */
interface Fault {
  readonly statement: Statement;
  readonly when: 'before' | 'after';
  readonly code: StoreErrorCode;
  times: number;
}

/** A real store between whose statements a fault may strike. */
function strikable(store: Store): { store: Store; strike(fault: Fault | undefined): void; struck(): number } {
  let fault: Fault | undefined;
  let struck = 0;
  async function around<T>(statement: Statement, call: () => Promise<T>): Promise<T> {
    const mine = fault?.statement === statement && fault.times > 0 ? fault : undefined;
    if (mine?.when === 'before') fail(mine);
    const result = await call();
    if (mine) fail(mine);
    return result;
  }
  function fail(mine: Fault): never {
    mine.times--;
    struck++;
    throw new StoreError(mine.code, `${mine.statement} fails ${mine.when} it is done`);
  }
  const within = (tx: AppendTx): AppendTx => ({
    head: tx.head,
    entries: (from) => around('entries', () => tx.entries(from)),
    find: (ids) => around('find', () => tx.find(ids)),
    requests: (idxs) => around('requests', () => tx.requests(idxs)),
    subjectKeys: (subjects) => tx.subjectKeys(subjects),
    write: (...batch) => around('write', () => tx.write(...batch)),
    erase: (subject) => tx.erase(subject),
  });
  const proxy = new Proxy(store, {
    get(target, name) {
      if (name === 'append')
        return <T>(run: (tx: AppendTx) => Promise<T>) => around('append', () => store.append((tx) => run(within(tx))));
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return { store: proxy, strike: (next) => (fault = next), struck: () => struck };
}

/** Registers an agent by its name, so that the world shows what was decided. */
const REGISTER: Operation<string, number> = {
  route: 'agent.register',
  decide(world, name): Draft[] {
    if (name === 'defect') throw new TypeError('a defect in one operation');
    if (name === 'nothing') return [];
    if (name === 'no entry') return [{ id: 'not an id', type: 'agent.registered', data: { agent: name, party: 'p' } }];
    const party = `after ${world.agents.size}`;
    return [{ id: `agent/${name}`, type: 'agent.registered', data: { agent: name, party } }];
  },
  answer: ([entry]) => entry?.seq ?? -1,
};

const TWICE: Operation<undefined, number> = {
  route: 'agent.register',
  decide: () => ['x', 'y'].map((agent) => ({ id: 'same', type: 'agent.registered', data: { agent, party: 'p' } })),
  answer: ([entry]) => entry?.seq ?? -1,
};

const ERASE: Operation<string, number> = {
  route: 'subject.erase',
  erases: (subject) => [subject],
  decide: (_world, subject, { erased }) => [
    {
      id: 'erase',
      type: 'subject.erased',
      data: { subject, disclosures: erased.get(subject) ?? -1, reason: 'asked' },
    },
  ],
  answer: ([entry]) => (entry?.type === 'subject.erased' ? entry.data.disclosures : -1),
};

describe('the write path', () => {
  let folder: string;
  let real: Store;
  let keys: Keys;
  let names: Names;
  let strike: (fault: Fault | undefined) => void;
  let struck: () => number;
  let writer: Writer;
  let now = 1_000;
  let fatal: number[];

  async function open(over: Store): Promise<Writer> {
    const parts = {
      store: over,
      keys,
      subjects: new Subjects(over, keys),
      clock: () => now,
      open: () => openWorld(over, keys, {}),
      onCommitted: () => undefined,
      onFollowed: () => undefined,
      onRebuilt: () => undefined,
      onFatal: (code: 70 | 71) => fatal.push(code),
    };
    return new Writer(parts, await parts.open());
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'surety-perform-'));
    keys = openKeys(join(folder, 'keys'), 'perform.example/test');
    names = new Names(keys.request);
    real = await openSqlite({ folder, origin: keys.origin });
    const proxied = strikable(real);
    ({ strike, struck } = proxied);
    fatal = [];
    now = 1_000;
    writer = await open(proxied.store);
    await openLedger({ writer, names }, { origin: keys.origin, vkey: keys.logVkey });
  });
  afterEach(async () => {
    await real.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function register(name: string, more: { id?: string; tag?: string; by?: Writer } = {}): Promise<number> {
    const id = more.id ?? `agent/${name}`;
    const seq = await (more.by ?? writer).perform(REGISTER, {
      command: name,
      actor: SYSTEM('system:test'),
      ids: [id],
      tag: names.tag([more.tag ?? name]),
    });
    // Whoever is answered reads it back: nothing is answered before it is durable.
    if (seq >= 0) expect((await real.find([id])).map(({ idx }) => idx)).toEqual([seq]);
    return seq;
  }
  const outcomes = async (asked: readonly Promise<number>[]) =>
    (await Promise.allSettled(asked)).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)));
  const ids = async () => {
    const found: string[] = [];
    for await (const { id } of real.entries(0, 1_000)) found.push(id);
    return found;
  };
  /** The world is the fold of what is durable, from zero. */
  async function expectWhole(of = writer): Promise<void> {
    const { world } = await openWorld(real, keys, { deep: true });
    expect(worldText(of.world)).toBe(worldText(world));
    expect(of.position.size).toBe(world.size);
    expect(of.position.root()).toEqual((await real.head()).root);
  }

  describe('in one batch', () => {
    it('a refusal, a defect and what makes no entry leave their neighbours alone', async () => {
      const asked = ['one', 'defect', 'two', 'no entry', 'nothing', 'three'].map((name) => register(name));
      expect(await outcomes(asked)).toEqual([
        1,
        'TypeError: a defect in one operation',
        2,
        expect.stringMatching(/Surety is wrong here: agent.registered is no entry/),
        -1,
        3,
      ]);
      expect([...writer.world.agents.values()].map(({ party }) => party)).toEqual(['after 0', 'after 1', 'after 2']);
      await expectWhole();
    });

    it('a request whose entries would share an id is refused by itself', async () => {
      const twice = writer.perform(TWICE, {
        command: undefined,
        actor: SYSTEM('system:t'),
        ids: ['same'],
        tag: names.tag(1),
      });
      expect(await outcomes([register('one'), twice, register('two')])).toEqual([
        1,
        'Error: Surety is wrong here: two entries would be called same',
        2,
      ]);
      await expectWhole();
    });

    it('who may not do it is refused, and nothing of it is recorded', async () => {
      const asked = { command: 'x', ids: ['agent/x'], tag: names.tag('x') };
      const viewer = writer.perform(REGISTER, { ...asked, actor: { by: 'person:v', roles: ['viewer'], scopes: [] } });
      expect(await outcomes([viewer, register('y')])).toEqual([expect.stringMatching(/^ForbiddenError/), 1]);
    });

    it('equal ids: the same request hears the first one’s answer, another one hears of the conflict', async () => {
      const asked = [register('one'), register('one'), register('two', { id: 'agent/one', tag: 'two' })];
      expect(await outcomes(asked)).toEqual([1, 1, expect.stringMatching(/^ConflictError/)]);
      expect(await outcomes([register('one'), register('two', { id: 'agent/one', tag: 'two' })])).toEqual([
        1,
        expect.stringMatching(/^ConflictError/),
      ]);
      expect(await ids()).toEqual(['ledger:opened', 'agent/one']);
    });

    it('an id whose first request was refused is free for the second', async () => {
      const asked = [register('defect', { id: 'agent/two' }), register('two')];
      expect(await outcomes(asked)).toEqual([expect.stringMatching(/^TypeError/), 1]);
    });

    it('a thousand at once: each is answered from its own entry', async () => {
      const asked = Array.from({ length: 1_000 }, (_, i) => register(`a${i}`));
      const seqs = await Promise.all(asked);
      expect(new Set(seqs).size).toBe(1_000);
      await expectWhole();
    });
  });

  describe('when a clock goes back', () => {
    it('the time of entries stands still', async () => {
      await register('one');
      now = 400;
      await register('two');
      now = 1_001;
      await register('three');
      const at: number[] = [];
      for await (const row of real.entries(0, 9)) at.push(toPlaced(row).at);
      expect(at).toEqual([1_000, 1_000, 1_000, 1_001]);
    });
  });

  /** Each statement of an append, with what has to be there for it to be asked. */
  const AT: readonly (readonly [Statement, Fault['when']])[] = STATEMENTS.flatMap((statement) => [
    [statement, 'before'] as const,
    [statement, 'after'] as const,
  ]);

  /** So that every statement is asked: an id is known, and another node appended. */
  async function prepare(): Promise<void> {
    await register('known');
    await register('other', { by: await open(real) });
  }

  describe.each(AT)('a fault at %s, %s', (statement, when) => {
    it.each(['busy', 'unavailable', 'unknown_outcome'] as const)(
      '%s: it is tried again and lost for nobody',
      async (code) => {
        await prepare();
        strike({ statement, when, code, times: 1 });
        expect(await outcomes([register('new'), register('known'), register('next')])).toEqual([3, 1, 4]);
        expect(struck()).toBe(1);
        expect(fatal).toEqual([]);
        expect(await ids()).toEqual(['ledger:opened', 'agent/known', 'agent/other', 'agent/new', 'agent/next']);
        await expectWhole();
        expect(await register('later')).toBe(5);
      },
    );

    it.each([
      ['durability', 70],
      ['damaged', 70],
      ['forked', 71],
      ['rolled_back', 71],
    ] as const)('%s: the process ends with %s, and nobody hears of success', async (code, exit) => {
      await prepare();
      strike({ statement, when, code, times: 1 });
      const told = await outcomes([register('new'), register('known'), register('next')]);
      expect(new Set(told)).toEqual(
        new Set([`${new UnavailableError('The server cannot record anything any more and is ending')}`]),
      );
      expect(fatal).toEqual([exit]);
      expect(await outcomes([register('later')])).toEqual([told[0]]);
      // After a restart whoever asks again hears what was recorded, or it is recorded then: once.
      const again = await open(real);
      const seqs = await Promise.all(['new', 'known', 'next'].map((name) => register(name, { by: again })));
      expect(seqs).toEqual([3, 1, 4]);
      await expectWhole(again);
    });

    it('refused: those who asked hear so, and the next are served', async () => {
      await prepare();
      strike({ statement, when, code: 'refused', times: 1 });
      for (const one of await outcomes([register('new'), register('known'), register('next')]))
        expect(one).toMatch(/^UnavailableError/);
      expect(fatal).toEqual([]);
      expect(await outcomes([register('new'), register('next')])).toEqual([3, 4]);
      await expectWhole();
    });
  });

  it('a database that stays away: nobody waits for ever, and nothing is lost or made up', async () => {
    strike({ statement: 'write', when: 'after', code: 'unavailable', times: Number.POSITIVE_INFINITY });
    for (const one of await outcomes([register('one'), register('two')])) expect(one).toMatch(/^UnavailableError/);
    expect(await ids()).toEqual(['ledger:opened']);
    strike(undefined);
    expect(await outcomes([register('two'), register('one')])).toEqual([1, 2]);
    await expectWhole();
  });

  it('a commit nobody answered for, and another node that wrote after it: it happened, once', async () => {
    strike({ statement: 'append', when: 'after', code: 'unknown_outcome', times: 1 });
    const asked = register('one');
    const other = await open(real);
    expect([await asked, await register('two', { by: other })].sort()).toEqual([1, 2]);
    expect(await register('three')).toBe(3);
    await expectWhole();
  });

  it('a commit that did not happen, and another node in its place: decided again on the world as it is', async () => {
    strike({ statement: 'write', when: 'after', code: 'unavailable', times: 1 });
    const other = await open(real);
    const [one, two] = await Promise.all([register('one'), register('two', { by: other })]);
    expect([one, two].sort()).toEqual([1, 2]);
    await writer.catchUp();
    const parties = [...writer.world.agents.values()].map(({ party }) => party);
    expect(parties).toEqual(['after 0', 'after 1']);
    await expectWhole();
  });

  it.each(['before', 'after'] as const)(
    'an erasure that has to be tried again, %s: done with its entry, or not at all',
    async (when) => {
      const subjects = new Subjects(real, keys);
      const { name } = await subjects.resolve({ kind: 'customer', value: 'ada' });
      const sealed = { idx: 0, commitment: new Uint8Array(32), subject: name, sealed: new Uint8Array(9) };
      await real.side((tx) => tx.putDisclosures([sealed]));
      const erase = (role: 'steward' | 'viewer') =>
        writer.perform(ERASE, {
          command: name,
          actor: { by: 'person:gail', roles: [role], scopes: [] },
          ids: ['erase'],
          tag: names.tag(role),
        });
      await expect(erase('viewer')).rejects.toThrow(/The role viewer may not do this/);
      strike({ statement: 'write', when, code: 'refused', times: 1 });
      await expect(erase('steward')).rejects.toThrow(/nothing is known to be recorded/);
      expect(await real.subjectKeys([name])).toHaveLength(1);
      expect(await real.disclosures([0])).toHaveLength(1);
      strike({ statement: 'write', when, code: 'unavailable', times: 1 });
      expect(await erase('steward')).toBe(1);
      expect(await real.subjectKeys([name])).toEqual([]);
      expect(await real.disclosures([0])).toEqual([]);
      expect(await ids()).toEqual(['ledger:opened', 'erase']);
      expect(await erase('steward')).toBe(1);
    },
  );

  it('one process owns the folder: a second writer cannot be opened', async () => {
    await expect(openSqlite({ folder, origin: keys.origin })).rejects.toMatchObject({ code: 'locked' });
  });
});
