/** The server: a desk with its HTTP face and its consumers. Everything is wired here and nowhere else. */
import type { AddressInfo } from 'node:net';
import type { Placed } from '@surety/core/evidence';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { startClock } from './consumers/clock.ts';
import { startSnapshots } from './consumers/snapshots.ts';
import { startViews } from './consumers/views.ts';
import { makeApp } from './http/app.ts';
import { Doorkeeper } from './http/auth.ts';
import { addEventRoute } from './http/events.ts';
import { addHealthRoutes, type Health } from './http/health.ts';
import { addLedgerRoutes } from './http/ledger.ts';
import { addPages, CONSOLE } from './http/pages.ts';
import { freshSecret } from './operations/key/key-ring.ts';
import { welcome } from './operations/person/welcome.ts';
import { announce } from './server/announce.ts';
import { type Desk, type DeskOptions, openDesk } from './server/open-desk.ts';

export { type Config, ConfigError, readConfig, SETTINGS } from './config.ts';

/** Of entries that became durable, by this process or by another. */
type Hear = (entries: readonly Placed[], isOurs: boolean) => void;

const SWEEP_MS = 50;
/** For what was asked before the end; who has not taken their answer by then is cut off. */
const GRACE_MS = 5_000;

export interface RunningServer {
  /** `http://127.0.0.1:7400` */
  readonly address: string;
  /** Holds every right; it also stands in `server.json`, which only the process's user can read. */
  readonly localKey: string;
  readonly desk: Desk;
  /**
   * A link that lets its holder in once, within a day: the first person of a desk, or on a desk of samples whoever looks
   * around, as `as`. `undefined` where people are set up already.
   */
  signInLink(as?: string): Promise<string | undefined>;
  /** Stops taking requests, finishes what waits, keeps a snapshot, closes. */
  close(): Promise<void>;
}

export interface StartOptions extends DeskOptions {
  /** When commands begin to find it: one that ends sooner is not what another should go through. */
  readonly foundAfterMs?: number;
}

/** @example const server = await startServer(readConfig(process.env, { port: 0 }), { onFatal: process.exit }); */
export async function startServer(config: Config, options: StartOptions): Promise<RunningServer> {
  const heard: Hear[] = [];
  const desk = await openDesk(config, {
    ...options,
    onCommitted(committed) {
      for (const hear of heard) hear(committed.entries, true);
      options.onCommitted?.(committed);
    },
    onFollowed(followed) {
      for (const hear of heard) hear(followed.entries, false);
      options.onFollowed?.(followed);
    },
  });
  try {
    return await serve(config, desk, heard, options.foundAfterMs ?? 0);
  } catch (error) {
    await desk.close();
    throw error;
  }
}

async function serve(config: Config, desk: Desk, heard: Hear[], foundAfterMs: number): Promise<RunningServer> {
  const localKey = `local_${freshSecret()}`;
  const door = new Doorkeeper(desk, localKey);
  const app = await makeApp({
    context: desk,
    door,
    logLevel: config.logLevel,
    ratePerMinute: config.ratePerMinute,
    isBehindProxy: config.publicUrl !== undefined,
  });
  addLedgerRoutes(app, desk, door);
  const events = addEventRoute(app, desk, door);
  const health: Health = addHealthRoutes(app, desk);
  addPages(app, CONSOLE, desk.entrance.address.startsWith('https:'));
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.url === '/v1/actions') health.observeDecision(reply.elapsedTime / 1_000);
  });
  heard.push((entries, isOurs) => {
    // Each node counts its own: whoever adds them up counts nothing twice.
    if (isOurs) health.observe(entries);
    events.wake();
  });
  await app.listen({ host: config.host, port: config.port });
  const trouble = (error: unknown) => app.log.error(error);
  const consumers = [startClock(desk, trouble), startSnapshots(desk, trouble), startViews(desk, trouble)];
  const address = addressOf(app.server.address() as AddressInfo, config.host);
  const stop = async () => {
    health.drain();
    desk.writer.leave();
    events.close();
    for (const consumer of consumers) await consumer.stop();
    await closeApp(app);
  };
  let withdraw: () => void;
  try {
    withdraw = announce({ folder: config.dataDir, address, key: localKey, afterMs: foundAfterMs, trouble });
  } catch (error) {
    // It listens already: who ends here and leaves it open never ends.
    await stop();
    throw error;
  }
  if (desk.entrance.address === '') desk.entrance.address = address;
  return {
    address,
    localKey,
    desk,
    signInLink: (as) => welcome(desk, as),
    async close() {
      // First of all: no command comes this way any more, only to find it closed.
      withdraw();
      await stop();
      await desk.close();
    },
  };
}

/** A connection that is busy when the server stops listening is idle a moment later, and nobody else would close it. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const closing = app.close();
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
  await closing.finally(() => {
    clearInterval(sweep);
    clearTimeout(cut);
  });
}

function addressOf({ port }: AddressInfo, host: string): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
