/** The built command as processes that go on, to be looked at, killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { BIN } from './surety.ts';

export interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

export interface ServerProcess extends Running {
  readonly address: string;
  readonly key: string;
}

type Env = Readonly<Record<string, string>>;

const folders: string[] = [];
const going = new Set<Running>();
/** A test that failed half-way leaves no process behind: it would take the machine from those that follow. */
afterAll(async () => {
  await Promise.all([...going].map(({ end }) => end('SIGKILL')));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the file's tests are done. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'surety-end-'));
  folders.push(folder);
  return folder;
}

/** `first` stands before the command, such as a shell that sets its limits. */
export function run(args: readonly string[], env: Env = {}, first: readonly string[] = []): Running {
  const [program = '', ...rest] = [...first, process.execPath, BIN, ...args];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  const running: Running = {
    child,
    out: () => out,
    err: () => err,
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
  going.add(running);
  void ended.then(() => going.delete(running));
  return running;
}

/** What a command answers that ends by itself. */
export async function answerOf(args: readonly string[], env: Env = {}) {
  const running = run(args, env);
  const code = await running.ended;
  return { code, out: running.out(), err: running.err() };
}

export interface ServerOptions {
  readonly databaseUrl?: string | undefined;
  readonly env?: Env;
  readonly first?: readonly string[];
  /** Any that is free, unless one must be found again. */
  readonly port?: number;
}

/** `surety start`, once it listens. */
export async function startServer(
  folder: string,
  { databaseUrl, env = {}, first = [], port = 0 }: ServerOptions = {},
): Promise<ServerProcess> {
  const url = databaseUrl === undefined ? [] : ['--database-url', databaseUrl];
  const args = ['start', '--data', folder, '--port', String(port), ...url];
  const running = run(args, { SURETY_LOG_LEVEL: 'error', SURETY_RATE_PER_MINUTE: '10000000', ...env }, first);
  const address = await new Promise<string>((resolve, reject) => {
    running.child.stdout?.on('data', () => {
      const found = /listening on (http:\S+)\n/.exec(running.out())?.[1];
      if (found !== undefined) resolve(found);
    });
    void running.ended.then((code) => reject(new Error(`surety start ended with ${code}: ${running.err()}`)));
  });
  const { key } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { key: string };
  return { ...running, address, key };
}
