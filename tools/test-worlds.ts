/** The world of a ledger that nobody serves, opened as a server does and folded from its first entry. */
import { fold, World } from '@surety/core/world';
import { readConfig } from '../packages/server/src/config.ts';
import { openKeys } from '../packages/server/src/log/keys.ts';
import { checkLedger } from '../packages/server/src/log/open.ts';
import { worldText } from '../packages/server/src/operations/world/open-world.ts';
import { toPlaced } from '../packages/server/src/operations/writing/placed.ts';
import { openDesk, openStore } from '../packages/server/src/server/open-desk.ts';

export interface OpenedTwice {
  readonly isEqual: boolean;
  readonly size: number;
  /** Entries that a snapshot spared the first from folding. */
  readonly spared: number;
  readonly streams: number;
}

/** Leaves a snapshot behind, as an orderly end does. */
export async function openedTwice(dataDir: string, databaseUrl?: string, keysDir?: string): Promise<OpenedTwice> {
  const config = readConfig(
    {},
    {
      dataDir,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(keysDir === undefined ? {} : { keysDir }),
    },
  );
  const desk = await openDesk(config, {
    onFatal(_code, sentence) {
      throw new Error(sentence);
    },
  });
  const asServed = worldText(desk.writer.world);
  const { spared, keys } = desk;
  await desk.close();
  const store = await openStore(config, keys.origin);
  try {
    await checkLedger(store, openKeys(config.keysDir ?? `${dataDir}/keys`, undefined), { deep: true });
    const world = new World();
    const counts = new Map<string, number>();
    for await (const row of store.entries(0, Number.MAX_SAFE_INTEGER)) {
      const entry = toPlaced(row);
      if (entry.seq !== world.size) throw new Error(`Entry ${entry.seq} stands where ${world.size} belongs`);
      if (entry.stream !== undefined) {
        const n = (counts.get(entry.stream) ?? 0) + 1;
        if (entry.n !== n) throw new Error(`${entry.stream} has ${entry.n} where ${n} belongs`);
        counts.set(entry.stream, n);
      }
      fold(world, entry);
    }
    return { isEqual: worldText(world) === asServed, size: world.size, spared, streams: counts.size };
  } finally {
    await store.close();
  }
}
