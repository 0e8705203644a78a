/**
 * Where a command reaches the data: the server that runs on the folder, as its `server.json` says, or one that is
 * started here for as long as the command takes. Either way it is asked over HTTP, so that both answer the same.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Surety, surety } from '@surety/sdk';
import { AskError, text, type Values } from '../command.ts';
import { seen } from '../terminal/seen.ts';
import { atTheDoor, type Server, TakenError, toAskError } from './door.ts';
import { actorOf, folderOf, given, setting } from './options.ts';

export interface Desk {
  readonly address: string;
  /** Whether a server was running already. */
  readonly isRunning: boolean;
  readonly client: Surety;
  /** What is answered at a path that the routes do not describe: the ledger's own files, health. */
  read(path: string): Promise<Uint8Array>;
}

export interface DeskOptions {
  /** Whether the command makes the ledger where there is none. */
  readonly creates?: boolean;
  /** Who acts, where nobody was named. */
  readonly as?: string;
}

interface Found {
  readonly address: string;
  readonly key: string;
}

/** A server that is busy answers late; where none is, that is known at once. */
const LOOK_MS = 15_000;
const ANSWER_MS = 600_000;
/** A command that takes longer lets others through; whoever comes before waits for it to end. */
const LONG_MS = 2_000;
const WAIT_MS = 10_000;
const PAUSE_MS = 100;

export async function withDesk<T>(
  values: Values,
  run: (desk: Desk) => Promise<T>,
  { creates = false, as }: DeskOptions = {},
): Promise<T> {
  const who = actorOf(values, as);
  const folder = folderOf(values);
  const end = performance.now() + WAIT_MS;
  for (;;) {
    try {
      const found = await findServer(folder);
      if (found) return await run(deskAt(found, who, true));
      if (!creates) checkThere(folder, values);
      return await atTheDoor((server) => withServerHere(server, values, (here) => run(deskAt(here, who, false))));
    } catch (error) {
      if (!(error instanceof TakenError) || performance.now() > end) throw toAskError(error);
    }
    await new Promise((go) => setTimeout(go, PAUSE_MS));
  }
}

function checkThere(folder: string, values: Values): void {
  if (text(values, 'database-url') !== undefined || setting('SURETY_DATABASE_URL') !== undefined) return;
  if (!existsSync(join(folder, 'ledger.sqlite')))
    throw new AskError(`there is no ledger in ${folder}; name its folder with --data DIR, or begin with surety start`);
}

/** The server of the folder, if it answers and knows the key. What a killed one left behind is no server. */
export async function findServer(folder: string): Promise<Found | undefined> {
  const found = readServerFile(join(folder, 'server.json'));
  if (!found) return undefined;
  try {
    const response = await fetch(`${found.address}/v1/ledger/checkpoint`, {
      headers: { authorization: `Bearer ${found.key}` },
      redirect: 'error',
      signal: AbortSignal.timeout(LOOK_MS),
    });
    await response.arrayBuffer();
    return response.ok ? found : undefined;
  } catch {
    return undefined;
  }
}

function readServerFile(path: string): Found | undefined {
  try {
    const { address, key } = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
    return typeof address === 'string' && typeof key === 'string' ? { address, key } : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM')
      throw new AskError(`${path} may not be read by this user; run the command as the user of the server`);
    return undefined;
  }
}

async function withServerHere<T>(server: Server, values: Values, run: (found: Found) => Promise<T>): Promise<T> {
  const { host, port, publicUrl } = server.readConfig(process.env, given(values));
  const config = server.readConfig(process.env, {
    ...given(values),
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    // A link that is made here leads to where the server will listen, not to this one, which is gone by then.
    publicUrl: publicUrl ?? `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`,
  });
  const running = await server.startServer(config, {
    foundAfterMs: LONG_MS,
    onFatal(exitCode, sentence) {
      process.stderr.write(`surety: ${seen(sentence, false)}\n`);
      process.exit(exitCode);
    },
  });
  try {
    return await run({ address: running.address, key: running.localKey });
  } finally {
    await running.close();
  }
}

function deskAt({ address, key }: Found, as: string, isRunning: boolean): Desk {
  const client = surety({ url: address, key, as, deadlineMs: ANSWER_MS });
  return {
    address,
    isRunning,
    client,
    async read(path) {
      const response = await fetch(`${address}${path}`, {
        headers: { authorization: `Bearer ${key}`, 'surety-as': as },
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      throw new AskError(`${address}${path} was answered with status ${response.status}; the server's log says why`);
    },
  };
}
