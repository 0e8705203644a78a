/**
 * Runs the product with a sample support desk at work, on the embedded database in surety-data. The first start installs,
 * builds and writes some weeks of sample history; the next finds it again. Ctrl-C stops it cleanly.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, install, root } from './ready.js';

const bin = join(root, 'packages', 'cli', 'bin', 'surety.js');
const data = process.env.SURETY_DATA ?? join(root, 'surety-data');

install();
build();
const desk = spawn(process.execPath, [bin, 'demo', '--data', data, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the desk by itself; what is sent to this process alone is handed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => desk.kill('SIGTERM'));
desk.on('exit', (code) => process.exit(code ?? 1));
