/** What a loss of power may leave of SQLite's write-ahead log: any beginning of it, and rubbish at its end. */
import { randomInt } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { LogError } from '../log/log-error.ts';
import { registerAgent } from '../operations/agent/register.ts';
import { SYSTEM } from '../operations/operation.ts';
import { openDesk } from './open-desk.ts';
import { printIds } from './stored-ledger.ts';

const COMMITS = 120;
const VARIANTS = 12;
const LOG = 'ledger.sqlite-wal';

describe('a torn write-ahead log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-torn-'));
  const image = join(folder, 'image');
  /** What was acknowledged, and how long the log was by then. */
  const acked: { readonly id: string; readonly end: number }[] = [];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const live = join(folder, 'live');
    const desk = await openDesk(readConfig({}, { dataDir: live }), {
      onFatal(_code, sentence) {
        throw new Error(sentence);
      },
    });
    for (let n = 0; n < COMMITS; n++) {
      await registerAgent(desk, SYSTEM('system:test'), { name: `agent-${n}`, party: 'operator' });
      acked.push({ id: `agent/agent-${n}`, end: statSync(join(live, LOG)).size });
    }
    // Nobody writes just now: these are the bytes that kill -9 leaves.
    cpSync(live, image, { recursive: true, filter: (path) => !/(?:\/lock|-shm|-journal|\/anchor)$/.test(path) });
    await desk.close();
    expect(acked.map(({ end }) => end)).toEqual([...new Set(acked.map(({ end }) => end))].sort((a, b) => a - b));
  });

  let made = 0;
  async function opened(damage: (log: string) => void, anchor?: string): Promise<string[]> {
    const copy = join(folder, `copy-${made++}`);
    cpSync(image, copy, { recursive: true });
    if (anchor !== undefined) writeFileSync(join(copy, 'anchor'), anchor);
    damage(join(copy, LOG));
    const ids: string[] = [];
    await printIds(readConfig({}, { dataDir: copy }), (id) => ids.push(id));
    return ids;
  }

  const all = () => ['ledger:opened', ...acked.map(({ id }) => id)];
  /** Entries whose commit lies wholly before a place in the log. */
  const before = (place: number): string[] => all().slice(0, 1 + acked.filter(({ end }) => end <= place).length);
  const first = () => acked[0]?.end ?? 0;
  const last = () => acked.at(-1)?.end ?? 0;

  it('opens with all that was acknowledged when it is whole', async () => {
    expect(await opened(() => undefined)).toEqual(all());
  });

  it('opens with what was acknowledged before the place where it was cut', async () => {
    const places = Array.from({ length: VARIANTS }, () => randomInt(first(), last()));
    for (const place of [...places, last() - 1, first()])
      expect(await opened((log) => truncateSync(log, place)), `cut at ${place}`).toEqual(before(place));
  });

  it('opens with what was acknowledged before a byte that was changed', async () => {
    for (let n = 0; n < VARIANTS; n++) {
      const place = randomInt(first(), last());
      const ids = await opened((log) => {
        const bytes = readFileSync(log);
        bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << randomInt(8)), place);
        writeFileSync(log, bytes);
      });
      expect(ids, `changed at ${place}`).toEqual(before(place));
    }
  });

  it('does not open where a checkpoint was released that is newer than what is left', async () => {
    const anchor = readFileSync(join(folder, 'live', 'anchor'), 'utf8');
    expect(await opened(() => undefined, anchor)).toEqual(all());
    const refused = await opened((log) => truncateSync(log, last() - 1), anchor).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LogError);
    expect(refused).toMatchObject({ code: 'rolled_back' });
  });
});
