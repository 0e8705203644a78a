/** The self-checks: what forbids a start, what is only said. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../store/sqlite/open.ts';
import { openKeys } from './keys.ts';
import { KNOWN_ANSWERS } from './known-answers.ts';
import { judgeFileSystem, judgeFsync, type SelfCheckOptions, selfCheck } from './self-check.ts';

let root: string;
let options: SelfCheckOptions;
let time: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'surety-self-check-'));
  time = 0;
  const now = () => {
    time += 1;
    return time;
  };
  options = { folder: join(root, 'data'), keys: join(root, 'keys'), now, minFreeBytes: 1 };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const namesOf = (checks: readonly { readonly name: string }[]) => checks.map(({ name }) => name);
const failed = (more: Partial<SelfCheckOptions> = {}) => selfCheck({ ...options, ...more }).filter(({ ok }) => !ok);

describe('the self-checks', () => {
  it.each(KNOWN_ANSWERS)('%s: %s', (_, __, isRight) => {
    expect(isRight()).toBe(true);
  });

  it('find nothing wrong before the first start, and make nothing', () => {
    const checks = selfCheck(options);
    expect(checks.every(({ ok, isWarning }) => ok && !isWarning)).toBe(true);
    expect(namesOf(checks)).toEqual(['sha256', 'merkle', 'ed25519', 'canonical', 'keys', 'data']);
    expect(readdirSync(root)).toEqual([]);
  });

  it('find nothing wrong after it, and leave nothing', async () => {
    openKeys(options.keys, 'ledger.example.com/support');
    const store = await openSqlite({ folder: options.folder, origin: 'ledger.example.com/support' });
    const before = readdirSync(options.folder).sort();
    const checks = selfCheck({ ...options, facts: await store.facts() });
    expect(checks.filter(({ ok, isWarning }) => !ok || isWarning)).toEqual([]);
    expect(namesOf(checks).slice(5)).toEqual(['disk', 'file system', 'fsync', 'database']);
    expect(readdirSync(options.folder).sort()).toEqual(before);
    await store.close();
  });

  it('say what is wrong with the keys', () => {
    openKeys(options.keys, 'ledger.example.com/support');
    expect(failed({ origin: 'ledger.example.com/sales' })).toMatchObject([
      { name: 'keys', says: expect.stringContaining('sales') },
    ]);
    chmodSync(join(options.keys, 'log.key'), 0o644);
    if (process.platform !== 'win32')
      expect(failed()).toMatchObject([{ name: 'keys', says: expect.stringContaining('chmod 600') }]);
    rmSync(join(options.keys, 'log.key'));
    expect(failed()).toMatchObject([{ name: 'keys', says: expect.stringContaining('lacks log.key') }]);
  });

  it('want room on the disk', () => {
    mkdirSync(options.folder);
    expect(failed({ minFreeBytes: 2 ** 60 })).toMatchObject([
      { name: 'disk', says: expect.stringContaining('--min-free') },
    ]);
    expect(failed()).toEqual([]);
  });

  it.each([
    [0x6969, 'NFS'],
    [0x517b, 'SMB'],
    [0xfe534d42, 'SMB'],
    [0xff534d42 | 0, 'SMB'],
    [0x01021997, '9P'],
  ])('refuse the file system %i', (type, says) => {
    expect(judgeFileSystem('surety-data', type)).toMatchObject({ ok: false, says: expect.stringContaining(says) });
    expect(judgeFileSystem('surety-data', 0xef53)).toMatchObject({ ok: true });
  });

  it('warn of an fsync that does nothing', () => {
    expect(judgeFsync([0.019, 0.019, 5])).toMatchObject({
      ok: true,
      isWarning: true,
      says: expect.stringContaining('19 µs'),
    });
    expect(judgeFsync([0.02, 0.02, 0.001])).toMatchObject({ ok: true, isWarning: false });
    mkdirSync(options.folder);
    expect(selfCheck({ ...options, now: () => 7 }).filter(({ isWarning }) => isWarning)).toMatchObject([
      { name: 'fsync' },
    ]);
  });

  it('pass on the warnings of the database', () => {
    mkdirSync(options.folder);
    const facts = {
      engine: 'postgres',
      version: '16.1',
      schema: 1,
      settings: {},
      warnings: ['The role may delete.'],
    } as const;
    expect(selfCheck({ ...options, facts }).at(-1)).toEqual({
      name: 'database',
      ok: true,
      isWarning: true,
      says: 'The role may delete.',
    });
  });
});
