/** A process that opens a desk and says how long that took, on the clock and on the processor, and its peak of memory. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { openDesk } from '../../../packages/server/dist/server/open-desk.js';

const [what, folder, origin] = process.argv.slice(2);
const cpu = process.cpuUsage();
const started = performance.now();

/** The control: the same bytes read and hashed. */
async function hashFile() {
  const hash = createHash('sha256');
  for await (const part of createReadStream(join(folder, 'ledger.sqlite'), { highWaterMark: 1 << 20 }))
    hash.update(part);
  return { size: 0, spared: 0, close: async () => hash.digest() };
}

async function open() {
  const desk = await openDesk({ dataDir: folder, origin, secrets: {} }, { onFatal: (code) => process.exit(code) });
  return { size: desk.writer.world.size, spared: desk.spared, close: () => desk.close() };
}

const opened = await (what === 'hash' ? hashFile() : open());
const ms = performance.now() - started;
const used = process.cpuUsage(cpu);
const mb = process.resourceUsage().maxRSS / 1_024;
console.log(
  JSON.stringify({ ms, cpuMs: (used.user + used.system) / 1e3, mb, size: opened.size, spared: opened.spared }),
);
await opened.close();
