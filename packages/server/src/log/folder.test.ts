/** A folder is made with those above it; where none can be, that is said instead of tried for ever. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from './folder.ts';

describe('makeFolder', () => {
  const root = mkdtempSync(join(tmpdir(), 'surety-folder-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('makes what is missing, readable by its owner alone, and leaves what is there', () => {
    makeFolder(join(root, 'a', 'b'));
    makeFolder(join(root, 'a', 'b'));
    expect(statSync(join(root, 'a', 'b')).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.platform !== 'linux')('ends where the system takes no folder', () => {
    expect(() => makeFolder('/proc/surety/data')).toThrow(/ENOENT|EACCES|EPERM/);
  });
});
