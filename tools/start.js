/**
 * Runs the product on the embedded database. At the first start a guided rehearsal is shown and a sample desk is set up
 * in surety-data: its pact in force, its recorded conversations on the record. Ctrl-C stops it cleanly.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, root, run } from './ready.js';

const cli = join(root, 'packages', 'cli');
const bin = join(cli, 'bin', 'surety.js');
const data = process.env.SURETY_DATA ?? join(root, 'surety-data');

install();
build();
if (!existsSync(join(data, 'ledger.sqlite'))) {
  run(process.execPath, [bin, 'tour']);
  console.log('\nSetting up a sample desk in surety-data …');
  setUp();
}
serve();

/** A command whose answer is read; what it says to people stays unsaid. */
function ask(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, '--data', data], { encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}

/** Author and signer differ, in a sample too. */
function setUp() {
  const pact = join(cli, 'starters', 'support', 'pact.yaml');
  ask('agent', 'add', 'support-agent', '--purpose', 'sample');
  const digest = ask('pact', 'propose', pact);
  ask('pact', 'sign', digest, '--as', 'sample.signer');
  ask('pact', 'publish', digest, '--as', 'sample.signer');
  ask('import', '--pact', pact, join(cli, 'sample', 'conversations.jsonl'));
  console.log('Its agent is support-agent, supervised in every lane: npx surety agent show support-agent');
}

function serve() {
  const server = spawn(process.execPath, [bin, 'start', '--data', data, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // Ctrl-C reaches the server by itself; what is sent to this process alone is handed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  server.on('exit', (code) => process.exit(code ?? 1));
}
