/** A snapshot and the rest give the world that all entries give, and a damaged or foreign one is not used. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORLD_VERSION, World } from '@surety/core/world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { type Desk, openDesk } from '../../server/open-desk.ts';
import { registerAgent } from '../agent/register.ts';
import { openWorld } from './open-world.ts';
import { readSnapshot, snapshotAside, worldText } from './snapshot.ts';

describe('a snapshot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-snapshot-'));
  const actor = { by: 'person:ken', roles: ['engineer'], scopes: [] } as const;
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(readConfig({}, { dataDir: folder, port: 0 }), {
      onFatal(_code, says) {
        throw new Error(says);
      },
    });
    for (let i = 0; i < 300; i++) await registerAgent(desk, actor, { name: `bot-${i}`, party: 'operator' });
  });
  afterAll(async () => {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('made beside the work is of the ledger as it stands', async () => {
    expect(await snapshotAside(desk.store)).toBe(desk.writer.world.size);
    const { size } = await desk.store.head();
    expect(worldText((await readSnapshot(desk.store, size)) ?? new World())).toBe(worldText(desk.writer.world));
  });

  it('spares its entries at the next start', async () => {
    await registerAgent(desk, actor, { name: 'later', party: 'operator' });
    const { world, spared } = await openWorld(desk.store, desk.keys, {});
    expect(spared).toBe(desk.writer.world.size - 1);
    expect(worldText(world)).toBe(worldText(desk.writer.world));
  });

  it('of another history is not used', async () => {
    const { size } = await desk.store.head();
    const foreign = {
      fold: 'world',
      version: WORLD_VERSION,
      size,
      root: new Uint8Array(32),
      parts: [new Uint8Array([123, 125])],
    };
    await desk.store.putSnapshot(foreign);
    expect(await readSnapshot(desk.store, size)).toBeUndefined();
    expect((await openWorld(desk.store, desk.keys, {})).spared).toBe(0);
  });
});
