/** A process that fills a folder with a history of a size, in large batches straight through the store. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { entryBytes } from '@surety/core/evidence';
import { openKeys } from '../../../packages/server/dist/log/keys.js';
import { Position } from '../../../packages/server/dist/log/position.js';
import { openSqlite } from '../../../packages/server/dist/store/sqlite/open.js';
import { history } from './history.js';

const BATCH = 4_096;
const [folder, size, origin] = process.argv.slice(2);
const keys = openKeys(join(folder, 'keys'), origin);
const store = await openSqlite({ folder, origin });
let position = Position.empty();

async function append(entries) {
  const rows = entries.map((entry) => {
    const bytes = entryBytes(entry);
    if (!bytes.ok) throw new Error(bytes.error.detail);
    return { idx: entry.seq, id: entry.id, type: entry.type, body: bytes.value };
  });
  const next = position.extend(
    rows.map(({ body }) => body),
    entries.at(-1).at,
  );
  const head = next.position.seal([keys.log], keys.origin);
  const side = { requests: rows.map(({ idx }) => ({ idx, tag: randomBytes(32) })) };
  await store.append((tx) => tx.write(rows, next.tiles, head, side));
  position = next.position;
}

let batch = [];
for (const entry of history(Number(size), keys)) {
  batch.push(entry);
  if (batch.length < BATCH) continue;
  await append(batch);
  batch = [];
}
if (batch.length > 0) await append(batch);
await store.close();
