/** Runs every test once; arguments go to the test runner. Closes with a line that any machine can read. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, build, install, root } from './ready.js';

install();
build();
const folder = mkdtempSync(join(tmpdir(), 'surety-test-'));
const results = join(folder, 'results.json');
const { status } = spawnSync(
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
} catch {
  console.error('The test runner left no results.');
}
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
