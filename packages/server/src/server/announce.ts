/** `server.json`: by it commands find the server that runs on a folder. */
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.ts';

export interface Announcement {
  readonly folder: string;
  readonly address: string;
  /** The local key. */
  readonly key: string;
  /** Until then nobody finds it: who ends sooner is not what another should go through. */
  readonly afterMs: number;
  readonly trouble: (error: unknown) => void;
}

/** Gives how it is taken back. Only where nothing is waited for, what goes wrong is thrown. */
export function announce({ folder, address, key, afterMs, trouble }: Announcement): () => void {
  const path = join(folder, 'server.json');
  const text = `${JSON.stringify({ address, key, pid: process.pid })}\n`;
  if (afterMs === 0) {
    write(path, text);
    return () => takeAway(path);
  }
  const timer = setTimeout(() => {
    try {
      write(path, text);
    } catch (error) {
      trouble(error);
    }
  }, afterMs);
  return () => {
    clearTimeout(timer);
    takeAway(path);
  };
}

/** What stands there and is no file was not written here. */
function takeAway(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) rmSync(path, { force: true });
}

function write(path: string, text: string): void {
  try {
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    rmSync(`${path}.new`, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${path} cannot be written (${code}), by which commands find the server: make way for it`);
  }
}
