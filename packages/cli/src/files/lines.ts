/** A file written line by line: beside its place until it is whole, then moved there, so that nobody reads half of it. */

import { once } from 'node:events';
import { createWriteStream, openSync, renameSync, rmSync } from 'node:fs';

export interface Lines {
  write(line: string): Promise<void>;
  finish(): Promise<void>;
  /** Leaves what stood at the path as it was. */
  abandon(): void;
}

export function openLines(path: string): Lines {
  const beside = `${path}.${process.pid}.part`;
  // Opened here and now, so that no file can appear after it was abandoned.
  const stream = createWriteStream(beside, { fd: openSync(beside, 'w') });
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  return {
    async write(line) {
      if (failure) throw failure;
      if (!stream.write(`${line}\n`)) await once(stream, 'drain');
    },
    async finish() {
      if (failure) throw failure;
      stream.end();
      await once(stream, 'close');
      if (failure) throw failure;
      renameSync(beside, path);
    },
    abandon() {
      stream.destroy();
      rmSync(beside, { force: true });
    },
  };
}
