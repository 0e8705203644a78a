/** Makes a folder that only its owner can read, with those above it. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * One folder after the other: where the system takes none, as below /proc, Node's own recursion never ends.
 * @throws the system's error, with its code and path
 */
export function makeFolder(path: string): void {
  const full = resolve(path);
  if (existsSync(full)) return;
  const parent = dirname(full);
  if (parent !== full) makeFolder(parent);
  mkdirSync(full, { mode: 0o700 });
}
