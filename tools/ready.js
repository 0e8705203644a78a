/** Installs and builds what is missing, so that start and test work on a fresh machine. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole, consoleStamp } from './console.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command in the repository, its output shown; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw new Error(`${command} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

export const bin = (name) => join(root, 'node_modules', '.bin', name);

const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Installs exactly what the lockfile says, unless that was done already. */
export function install() {
  const stamp = join(root, 'node_modules', '.surety-lock');
  const digest = lockDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && existsSync(bin('tsc'))) return;
  console.error('Installing what is missing …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, digest);
}

/** The time of the newest file below a folder. */
function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

/** What tsc builds; the console is bundled by vite, after what it imports. */
export const packages = () => readdirSync(join(root, 'packages')).filter((name) => name !== 'console');
const sources = (name) => join(root, 'packages', name, 'src');
const isOlder = (stamp, ...folders) =>
  !existsSync(stamp) || statSync(stamp).mtimeMs < Math.max(...folders.map((folder) => newest(folder)));

/** Builds every package whose sources are newer than its build. */
export function build() {
  const stale = packages().filter((name) =>
    isOlder(join(root, 'packages', name, 'dist', '.tsbuildinfo'), sources(name)),
  );
  if (stale.length > 0) {
    console.error(`Building ${stale.join(', ')} …`);
    run(bin('tsc'), ['-b', ...packages().map((name) => join('packages', name))]);
  }
  if (!isOlder(consoleStamp(root), sources('console'), sources('core'))) return;
  console.error('Building console …');
  buildConsole(root, run);
}
