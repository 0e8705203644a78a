/** A port that can be had again: the system gives those above 32768 to anybody who asks for any, at any moment. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const [FROM, TO] = [20_000, 30_000];

export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
