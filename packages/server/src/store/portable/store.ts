/** The store over a driver: everything that is the same in both databases. */
import { setImmediate as turn } from 'node:timers/promises';
import { type Row, type Store, StoreError } from '../port.ts';
import { appendTx, sideTx } from './changes.ts';
import { moveCursor, recordAttempt, takeLease } from './consumers.ts';
import {
  CONSUMER,
  entriesAt,
  entriesPage,
  findEntries,
  HEAD,
  keptFrom,
  sideReads,
  tilesBetween,
  toConsumer,
  toHead,
} from './reads.ts';
import { newestSnapshot, putSnapshot } from './snapshots.ts';
import type { Driver, Sql, Writer } from './sql.ts';
import { viewReads } from './views.ts';

/** Rows that are read at once: at most 32 MB where every entry is as large as one may be. */
const PAGE = 500;

export function storeOver(driver: Driver): Store {
  const { reads } = driver;
  const side: Store['side'] = (run) => driver.side((sql) => during(sql, (open) => run(sideTx(open))));
  return {
    ...sideReads(reads),
    views: viewReads(reads),
    facts: () => driver.facts(),
    append: (run, ahead) => driver.append((writer) => during(writer, (open) => run(appendTx(open))), ahead),
    async head() {
      const [row] = await reads.all(HEAD);
      if (!row) throw new StoreError('damaged', 'The ledger has no head: restore a backup.');
      return toHead(row);
    },
    entries: (from, limit) => pages(reads, from, limit),
    entriesAt: (idxs) => entriesAt(reads, idxs),
    find: (ids) => findEntries(reads, ids),
    tiles: (level, from, to) => tilesBetween(reads, level, from, to),
    async keepCheckpoint({ size, note }) {
      await driver.side((sql) =>
        sql.run(
          'INSERT INTO kept (size, note) VALUES ($1, $2) ON CONFLICT (size) DO UPDATE SET note = excluded.note',
          size,
          note,
        ),
      );
    },
    keptCheckpoints: (from) => keptFrom(reads, from),
    putSnapshot: (snapshot) => putSnapshot(driver, snapshot),
    snapshot: (fold, version) => newestSnapshot(reads, fold, version),
    consumers: async () => (await reads.all(`${CONSUMER} ORDER BY name`)).map(toConsumer),
    lease: (name, owner, now, until) => driver.side((sql) => takeLease(sql, name, owner, now, until)),
    advance: (lease, to, change) =>
      driver.side((sql) =>
        during(sql, async (open) => {
          const isMoved = await moveCursor(open, lease, to);
          if (isMoved) await change?.(sideTx(open));
          return isMoved;
        }),
      ),
    postpone: (lease, attempts, retryAt) => driver.side((sql) => recordAttempt(sql, lease, attempts, retryAt)),
    side,
    close: () => driver.close(),
  };
}

async function* pages(sql: Sql, from: number, limit: number): AsyncGenerator<Row> {
  let left = limit;
  let next = from;
  while (left > 0) {
    const rows = await entriesPage(sql, next, Math.min(PAGE, left));
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    next = last.idx + 1;
    left -= rows.length;
    await turn(); // SQLite answers at once: without this a long read would starve everyone else
  }
}

/** Runs with statements that end with the transaction: one kept for later must not land in somebody else's. */
async function during<S extends Sql | Writer, T>(sql: S, run: (open: S) => Promise<T>): Promise<T> {
  let isOver = false;
  const open = new Proxy(sql, {
    get(target, name) {
      if (isOver) throw new StoreError('refused', 'This transaction is over: ask the store for another.');
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  try {
    return await run(open);
  } finally {
    isOver = true;
  }
}
