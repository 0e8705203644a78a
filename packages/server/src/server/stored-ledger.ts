/** Work on a ledger that is there and that nobody serves: its ids, and a new one that continues it. */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBase64 } from '@surety/core/crypto';
import { type Config, ConfigError } from '../config.ts';
import { makeFolderDurable } from '../log/key-files.ts';
import { findKeys } from '../log/keys.ts';
import { listIds } from '../log/list-ids.ts';
import { LogError } from '../log/log-error.ts';
import { checkLedger } from '../log/open.ts';
import { openDesk, openStore } from './open-desk.ts';

export { type ExportKeys, type ExportSource, exportLedger } from '../log/export.ts';

/** Every id, after every entry was checked. */
export const printIds = (config: Config, print: (id: string) => void): Promise<void> =>
  listIds(config.dataDir, ({ origin }) => openStore(config, origin), print);

export interface Continued {
  readonly origin: string;
  readonly continues: { readonly origin: string; readonly size: number; readonly root: string };
  /** Where the old one lies, read-only. */
  readonly kept: string;
}

const MOVED = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm', 'anchor', 'keys'];
const NEW = '.continuing';

/**
 * A ledger restored to before a checkpoint it released never goes on under its origin (ledger, section 7.3): a new one
 * begins whose entry 0 names it, and the old one is kept.
 */
export async function continueLedger(
  config: Config,
  { origin, reason, now }: { readonly origin: string; readonly reason: string; readonly now: number },
): Promise<Continued> {
  const { dataDir: folder } = config;
  if (config.databaseUrl !== undefined)
    throw new ConfigError(
      'On PostgreSQL a new ledger begins in a schema of its own: start with another SURETY_DATABASE_SCHEMA and SURETY_ORIGIN',
    );
  const keys = findKeys(join(folder, 'keys'), undefined);
  if (!keys || !existsSync(join(folder, 'ledger.sqlite')))
    throw new LogError('not_there', `${folder} holds no ledger to continue: name its folder with --data.`);
  if (origin === keys.origin)
    throw new LogError('other_origin', `The ledger's origin is ${origin} already: a new one needs another name.`);
  const fresh = join(folder, NEW);
  // The old one stays open, and its folder locked, until the new one is whole.
  const store = await openStore({ ...config, databaseUrl: undefined }, keys.origin);
  let continues: Continued['continues'];
  try {
    // Without its anchor: that it is older than what was released is why it ends.
    await checkLedger(store, keys);
    const { size, root } = await store.head();
    if (size === 0) throw new LogError('not_there', `The ledger in ${folder} has no entry: nothing is continued.`);
    continues = { origin: keys.origin, size, root: encodeBase64(root) };
    rmSync(fresh, { recursive: true, force: true });
    const desk = await openDesk(
      { ...config, dataDir: fresh, keysDir: undefined, origin },
      {
        continues,
        onFatal: (_code, sentence) => {
          throw new LogError('durability', sentence);
        },
      },
    );
    await desk.close();
  } finally {
    await store.close();
  }
  const kept = join(folder, 'kept', `${keys.origin.replace(/[^A-Za-z0-9.-]/g, '-')}-${continues.size}`);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  move(folder, kept);
  move(fresh, folder);
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(join(kept, 'continued.json'), `${JSON.stringify({ ...continues, by: origin, reason, at: now })}\n`, {
    mode: 0o400,
  });
  chmodSync(join(kept, 'ledger.sqlite'), 0o400);
  for (const path of [kept, folder]) makeFolderDurable(path);
  return { origin, continues, kept };
}

function move(from: string, to: string): void {
  for (const name of MOVED) if (existsSync(join(from, name))) renameSync(join(from, name), join(to, name));
}
