/** One real browser for all tests of a run: unpacked when the first test asks for it, kept for the next run. */
import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    browserDoor: string;
  }
}

/** How to launch it. */
export interface Browser {
  readonly executablePath?: string;
  readonly channel?: 'chrome' | 'msedge';
  readonly env: Record<string, string>;
}

/** Tests run in processes of their own: this door, on a port of this machine, tells them what to launch, or why nothing. */
export default async function setup(project: TestProject): Promise<() => void> {
  let browser: Promise<Browser> | undefined;
  const door = createServer((_request, answer) => {
    browser ??= find();
    browser.then(
      (found) => answer.end(JSON.stringify(found)),
      (error: unknown) => answer.writeHead(503).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('browserDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  return () => {
    door.close();
    door.closeAllConnections();
  };
}

/** The npm package's own Chromium where it runs, else one that is installed. */
async function find(): Promise<Browser> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { folder, parts } = await packaged();
    const executablePath = join(folder, 'chromium');
    const missing = spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout ?? '';
    const env: Record<string, string> = missing.includes('not found')
      ? { LD_LIBRARY_PATH: join(await unpackTar(parts, folder, 'al2023'), 'lib') }
      : {};
    return { executablePath, env };
  }
  for (const channel of ['chrome', 'msedge'] as const) if (isInstalled(channel)) return { channel, env: {} };
  throw new Error('The browser tests did not run: install Chrome or Edge.');
}

/** Two runs may unpack at once: each writes a file of its own, and the last rename wins. */
async function packaged(): Promise<{ folder: string; parts: string }> {
  const built = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const home = dirname(dirname(dirname(built)));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `surety-browser-${version}-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const parts = join(home, 'bin');
  const place = join(folder, 'chromium');
  if (!existsSync(place)) {
    const half = join(mkdtempSync(join(folder, 'half-')), 'chromium');
    await pipeline(
      createReadStream(join(parts, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(half, { mode: 0o700 }),
    );
    renameSync(half, place);
  }
  return { folder, parts };
}

/** Libraries that the system lacks come in the package too. */
async function unpackTar(parts: string, folder: string, name: string): Promise<string> {
  const place = join(folder, name);
  if (existsSync(place)) return place;
  const half = mkdtempSync(join(folder, 'half-'));
  const tar = join(half, `${name}.tar`);
  await pipeline(createReadStream(join(parts, `${name}.tar.br`)), createBrotliDecompress(), createWriteStream(tar));
  mkdirSync(join(half, name));
  const { status } = spawnSync('tar', ['-xf', tar, '-C', join(half, name)]);
  if (status !== 0) throw new Error('The browser tests did not run: its libraries could not be unpacked with tar.');
  try {
    renameSync(join(half, name), place);
  } catch (error) {
    // Unlike a file, a folder that another run put there meanwhile is not replaced; it is the same.
    if (!existsSync(place)) throw error;
  }
  return place;
}

function isInstalled(channel: 'chrome' | 'msedge'): boolean {
  const places: Record<typeof channel, readonly string[]> = {
    chrome: [
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ],
    msedge: [
      '/usr/bin/microsoft-edge',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  };
  return places[channel].some((path) => existsSync(path));
}
