/** The anchor: the newest committed checkpoint in a file, at most once a second and at shutdown. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKey, signCheckpoint } from '@surety/core/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Anchor, readAnchor } from './anchor.ts';
import { nodeEd25519 } from './node-crypto.ts';

const key = privateKey('ledger.example.com/support', new Uint8Array(32).fill(1));
const checkpointOf = (size: number): string =>
  signCheckpoint({ origin: key.key.name, size, root: new Uint8Array(32).fill(size) }, [key], nodeEd25519);

let folder: string;
let path: string;
let time = 0;
const now = (): number => time;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'surety-anchor-'));
  path = join(folder, 'anchor');
  time = 5_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the anchor', () => {
  it('is nothing before the first', () => {
    expect(readAnchor(path)).toBeUndefined();
  });

  it('keeps the first at once, and nothing beside it', async () => {
    await new Anchor(path, now).keep(checkpointOf(3));
    expect(readAnchor(path)).toBe(checkpointOf(3));
    expect(readdirSync(folder)).toEqual(['anchor']);
  });

  it('is written at most once a second, and holds the newest then', async () => {
    const anchor = new Anchor(path, now);
    await anchor.keep(checkpointOf(1));
    time += 999;
    await anchor.keep(checkpointOf(2));
    expect(readAnchor(path)).toBe(checkpointOf(1));
    time += 1;
    await anchor.keep(checkpointOf(3));
    expect(readAnchor(path)).toBe(checkpointOf(3));
  });

  it('is written at shutdown', async () => {
    const anchor = new Anchor(path, now);
    await anchor.keep(checkpointOf(1));
    await anchor.keep(checkpointOf(2));
    await anchor.flush();
    expect(readAnchor(path)).toBe(checkpointOf(2));
    rmSync(path);
    await anchor.flush();
    expect(readAnchor(path)).toBeUndefined();
  });

  it('never goes back', async () => {
    const anchor = new Anchor(path, now);
    await anchor.keep(checkpointOf(9));
    time += 2_000;
    await anchor.keep(checkpointOf(8));
    await anchor.flush();
    expect(readAnchor(path)).toBe(checkpointOf(9));
  });

  it('does not overlap with itself', async () => {
    const anchor = new Anchor(path, now);
    const first = anchor.keep(checkpointOf(1));
    time += 1_000;
    const second = anchor.keep(checkpointOf(2));
    const last = anchor.flush();
    await Promise.all([first, second, last]);
    expect(readAnchor(path)).toBe(checkpointOf(2));
    expect(readdirSync(folder)).toEqual(['anchor']);
  });

  it('takes nothing but checkpoints', async () => {
    await expect(new Anchor(path, now).keep('not a checkpoint')).rejects.toMatchObject({ code: 'bad_checkpoint' });
  });

  it('says that it cannot be written, every time, without trying a second time', async () => {
    const anchor = new Anchor(join(folder, 'gone', 'anchor'), now);
    await expect(anchor.keep(checkpointOf(1))).rejects.toMatchObject({ name: 'LogError', code: 'durability' });
    mkdirSync(join(folder, 'gone'));
    await expect(anchor.flush()).rejects.toMatchObject({ code: 'durability' });
    expect(readdirSync(join(folder, 'gone'))).toEqual([]);
  });

  it('survives what a crash left', async () => {
    writeFileSync(`${path}.new`, 'half of a check');
    await new Anchor(path, now).keep(checkpointOf(4));
    expect(readAnchor(path)).toBe(checkpointOf(4));
  });
});
