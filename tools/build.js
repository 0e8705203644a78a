/** Builds everything. */
import { join } from 'node:path';
import { buildConsole } from './console.js';
import { bin, install, packages, root, run } from './ready.js';

install();
run(bin('tsc'), ['-b', ...packages().map((name) => join('packages', name))]);
buildConsole(root, run);
