/** Opens a desk: keys, store, ledger and world, with everything operations are prepared with. No HTTP yet. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from '../config.ts';
import { factSource } from '../connectors/fact-source.ts';
import { Anchor, readAnchor } from '../log/anchor.ts';
import { makeFolder } from '../log/folder.ts';
import { findKeys, type Keys, openKeys } from '../log/keys.ts';
import { ActionRecords } from '../operations/action/records.ts';
import type { Context } from '../operations/context.ts';
import { Memories } from '../operations/kept/memory.ts';
import { PactShelf } from '../operations/kept/pact-shelf.ts';
import { forgetErased, remember, traceReader } from '../operations/kept/remember.ts';
import { Views } from '../operations/kept/views.ts';
import { KeyRing } from '../operations/key/key-ring.ts';
import { type Committed, type Followed, Writer } from '../operations/perform.ts';
import { Names } from '../operations/personal/names.ts';
import { Subjects } from '../operations/personal/subjects.ts';
import type { Scenarios } from '../operations/sample/scenarios.ts';
import { Entrance } from '../operations/session/entrance.ts';
import type { Cost } from '../operations/session/password.ts';
import { type Opening, openLedger } from '../operations/world/open-ledger.ts';
import { type OpenedWorld, openWorld } from '../operations/world/open-world.ts';
import { keepSnapshot } from '../operations/world/snapshot.ts';
import type { Store } from '../store/port.ts';
import { openPostgres } from '../store/postgres/open.ts';
import { takeLock } from '../store/sqlite/lock.ts';
import { openSqlite } from '../store/sqlite/open.ts';
import { zoneOffset } from './zone-offset.ts';

export interface DeskOptions {
  readonly clock?: (() => number) | undefined;
  readonly deep?: boolean | undefined;
  /** The desk shows sample data from its first start on, and says so. */
  readonly sample?: boolean | undefined;
  /** Of a password's hash; tests take less than is safe. */
  readonly passwordCost?: Cost | undefined;
  /** What the sample desk shows on request. */
  readonly scenarios?: Scenarios | undefined;
  readonly continues?: Opening['continues'];
  /** The process cannot go on: 70 where durability is lost, 71 where the log was forked or rolled back. */
  readonly onFatal: (exitCode: 70 | 71, sentence: string) => void;
  readonly onCommitted?: ((committed: Committed) => void) | undefined;
  /** Of what other nodes appended. */
  readonly onFollowed?: ((followed: Followed) => void) | undefined;
}

export interface Desk extends Context {
  readonly keys: Keys;
  /** Entries that a snapshot spared from being folded at the start. */
  readonly spared: number;
  /** Finishes what waits, keeps a snapshot and the anchor, and closes the store. */
  close(): Promise<void>;
}

export async function openDesk(config: Config, options: DeskOptions): Promise<Desk> {
  const clock = options.clock ?? Date.now;
  makeFolder(config.dataDir);
  const keysDir = config.keysDir ?? join(config.dataDir, 'keys');
  const keys = findKeys(keysDir, config.origin) ?? firstKeys(config, keysDir);
  const store = await openStore(config, keys.origin);
  try {
    return await assemble(config, options, store, keys, clock);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** One process makes them: of two at once, one would sign with a key that the other's replaces on the disk. */
function firstKeys({ dataDir, origin }: Config, folder: string): Keys {
  const lock = takeLock(dataDir);
  try {
    return openKeys(folder, origin, holdsLedger(dataDir));
  } finally {
    lock.release();
  }
}

const holdsLedger = (folder: string): boolean =>
  ['ledger.sqlite', 'anchor'].some((name) => existsSync(join(folder, name)));

export const openStore = ({ dataDir, databaseUrl, databaseSchema }: Config, origin: string): Promise<Store> =>
  databaseUrl === undefined
    ? openSqlite({ folder: dataDir, origin })
    : openPostgres({ url: databaseUrl, origin, ...(databaseSchema === undefined ? {} : { schema: databaseSchema }) });

/** A folder belongs to one process, which takes up at once what it had begun before it died. */
const ownerOf = ({ databaseUrl }: Config): string =>
  databaseUrl === undefined ? 'the one process' : randomBytes(8).toString('hex');

async function assemble(
  config: Config,
  options: DeskOptions,
  store: Store,
  keys: Keys,
  clock: () => number,
): Promise<Desk> {
  const anchorPath = join(config.dataDir, 'anchor');
  const anchor = new Anchor(anchorPath, () => performance.now());
  const open = (deep: boolean): Promise<OpenedWorld> => {
    const note = readAnchor(anchorPath);
    return openWorld(store, keys, { deep, anchors: note === undefined ? [] : [note] });
  };
  const subjects = new Subjects(store, keys);
  const records = new ActionRecords(store, subjects);
  const memories = new Memories(zoneOffset, traceReader(store, subjects));
  const names = new Names(keys.request);
  const opened = await open(options.deep ?? false);
  const lost = (error: unknown) => options.onFatal(70, (error as Error).message);
  const writer = new Writer(
    {
      store,
      keys,
      subjects,
      clock,
      open: () => open(false),
      onCommitted(committed) {
        remember(committed, writer.world, memories, records);
        forgetErased(committed.entries, subjects, memories, records);
        void anchor.keep(committed.checkpoint).catch(lost);
        options.onCommitted?.(committed);
      },
      onFollowed(followed) {
        forgetErased(followed.entries, subjects, memories, records);
        void anchor.keep(followed.checkpoint).catch(lost);
        options.onFollowed?.(followed);
      },
      onRebuilt() {
        subjects.forgetAll();
        memories.forgetAll();
        records.forgetAll();
      },
      onFatal: options.onFatal,
    },
    opened,
  );
  const { continues } = options;
  await openLedger({ writer, names }, { origin: keys.origin, vkey: keys.logVkey, continues });
  const isSample = await markSample(store, writer.world.size, options.sample ?? false);
  return {
    store,
    keys,
    writer,
    views: new Views(store, ownerOf(config)),
    subjects,
    records,
    memories,
    names,
    ring: new KeyRing(store, clock),
    entrance: new Entrance(clock, isSample, { address: config.publicUrl, cost: options.passwordCost }),
    scenarios: options.scenarios,
    clock,
    shelf: new PactShelf(store),
    offset: zoneOffset,
    askSource: factSource((name) => config.secrets[name.toLowerCase()], clock),
    spared: opened.spared,
    async close() {
      await writer.close();
      if (opened.spared < writer.world.size) await keepSnapshot(store, writer.world, writer.position);
      await anchor.flush();
      await store.close();
    },
  };
}

/** The mark stays with the data: a desk of samples is one under every command, and real work never becomes one. */
async function markSample(store: Store, size: number, isAsked: boolean): Promise<boolean> {
  if ((await store.meta('sample')) === 'yes') return true;
  if (!isAsked) return false;
  if (size > 1)
    throw new ConfigError('This folder holds real work and cannot become a desk of samples; name another with --data');
  await store.side((tx) => tx.putMeta('sample', 'yes'));
  return true;
}
