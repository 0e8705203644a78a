/** A line to a database that can be cut: at once, or just after a COMMIT went through and before its answer came. */
import { connect, createServer, type Socket } from 'node:net';

export interface Line {
  /** The database as it is reached through the line. */
  readonly url: string;
  /** Nothing goes through, and nobody gets a new connection. */
  cut(): void;
  mend(): void;
  /** Resolves when the next COMMIT went through and its connection was cut. */
  cutAtCommit(): Promise<void>;
  close(): Promise<void>;
}

export async function openLine(database: string): Promise<Line> {
  const target = new URL(database);
  const open = new Set<Socket>();
  let isCut = false;
  let onCommit: (() => void) | undefined;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect({ host: target.hostname, port: Number(target.port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    far.on('data', (bytes) => near.write(bytes));
    near.on('data', (bytes) => {
      if (!onCommit || !bytes.includes('COMMIT')) {
        far.write(bytes);
        return;
      }
      const heard = onCommit;
      onCommit = undefined;
      near.removeAllListeners('close');
      near.destroy();
      // Only what the database has taken in was sent for certain.
      far.removeAllListeners('data');
      far.once('data', () => {
        far.destroy();
        heard();
      });
      far.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(database);
  url.port = String(typeof address === 'object' ? address?.port : '');
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    cutAtCommit: () =>
      new Promise((resolve) => {
        onCommit = resolve;
      }),
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
