/** Makes a folder that only its owner can read, with those above it. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * One folder after the other: where the system takes none, as below /proc, Node's own recursion never ends.
 * @throws the system's error, with its code and path
 */
export function makeFolder(path: string): void {
  const full = resolve(path);
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(full);
  if (parent !== full && !existsSync(parent)) makeFolder(parent);
  mkdirSync(path, { mode: 0o700 });
}
